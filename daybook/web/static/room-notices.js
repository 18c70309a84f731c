/** What the reader should know about the connection, what has not been received, and what was refused. */

import { t, tn } from "./i18n.js";
import { conversation } from "./notices.js";
import { actOf, answer } from "./outbox-words.js";
import { draftFrom, formOf } from "./room-forms.js";
import { problem, word } from "./room-parts.js";
import { joining } from "./room-rating.js";
import { indicatorOf, reviewOf, stagesOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** The line under the title. @param {Room} room */
export function progressLine(room) {
  const { phase, focus } = reviewOf(room.view);
  const { consensus, revealed } = stagesOf(room.view);
  return html`<span class="chip phase-${phase}" data-entry="review">${word(phase)}</span>
    <span>${t("{n} of {all} agreed", { n: consensus, all: focus.length })}</span>${
      revealed > 0 && phase === "open" ? html`<span class="muted">· ${tn("{n} in discussion", "{n} in discussion", revealed)}</span>` : nothing}`;
}

/** @param {Room} room */
export function notices(room) {
  const open = reviewOf(room.view).phase === "open";
  const elsewhere = room.refused.filter(({ type, data }) => draftFrom(type, data) !== null && !isDrawn(room, formOf(type, data)));
  const told = new Set(elsewhere.map(({ type, data }) => formOf(type, data)));
  // Forms that a closed review does not draw, and those that stand with words of an indicator not looked at.
  const unseen = Object.keys(room.faults).filter((form) => form !== "act" && !told.has(form) && (!open || form.startsWith("erase-")));
  return html`${["act", ...unseen].map((form) => problem(room, form))} ${elsewhere.length > 0 ? declined(elsewhere) : nothing}
    ${conversation(room, t("You are no longer part of this review, so nothing new arrives here."))}
    ${joining(room)}`;
}

/** Whether a form stands on the page now, with what came back in it. @param {Room} room @param {string} form */
function isDrawn(room, form) {
  const [kind, about = ""] = form.split(":");
  if (kind === "rate") return room.can.rate && about === room.chosen;
  if (kind === "consensus") return room.can.facilitate && about === room.chosen && indicatorOf(room.view, about).stage !== "blind";
  if (kind === "evidence") return room.can.note && (about === "new" || (room.revising.includes(about) && `evidence:${about}` in room.view));
  return false;
}

/** What was refused and has no form to come back into, or none in sight. @param {import("./commands.js").Pending[]} commands */
function declined(commands) {
  return html`<div class="error-summary" role="alert"><ul class="plain">${commands.slice(0, 3).map(
    (command) => html`<li><p>${actOf(command)}${answer(command)} – ${command.sentence}</p></li>`)}</ul>
    <p><a href="/outbox">${t("What you wrote is kept: see it")}</a></p></div>`;
}
