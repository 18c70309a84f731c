/** What the reader should know about the connection, what has not been received, and what was refused. */

import { t, tn } from "./i18n.js";
import { conversation } from "./notices.js";
import { problem, word } from "./room-parts.js";
import { joining } from "./room-rating.js";
import { reviewOf, stagesOf } from "./room-view.js";
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
  // Forms that a closed review does not draw, and those that stand with words of an indicator not looked at.
  const unseen = Object.keys(room.faults).filter((form) => form !== "act" && (!open || form.startsWith("erase-")));
  return html`${["act", ...unseen].map((form) => problem(room, form))}
    ${conversation(room, t("You are no longer part of this review, so nothing new arrives here."))}
    ${joining(room)}`;
}
