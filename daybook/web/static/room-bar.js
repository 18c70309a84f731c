/** The facilitator's bar: the next act on the chosen indicator and on the review, each said in full. */

import { t, tn } from "./i18n.js";
import { act, namesOf } from "./room-parts.js";
import { indicatorOf, progressOf, reviewOf, stagesOf, unseenOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** @param {Room} room */
export function bar(room) {
  const member = room.view[`member:${room.me}`];
  const { phase } = reviewOf(room.view);
  if (member?.role !== "facilitator" || phase === "closed") return nothing;
  if (phase === "scheduled") {
    return html`<div class="bar-inner"><p>${t("Open the review when the team is together. From then on it takes evidence and ratings.")}</p>
      ${act(room, "open-review", t("Open the review"))}</div>`;
  }
  return html`<div class="bar-inner">${progress(room)}<div class="bar-acts">${next(room)}${closing(room)}</div></div>`;
}

/** @param {Room} room */
function progress(room) {
  const code = room.chosen;
  const words = {
    blind: () => {
      const { rated, all } = progressOf(room.view, code);
      return t("{n} of {all} have rated", { n: rated, all });
    },
    revealed: () => t("Revealed"),
    consensus: () => t("Agreed"),
  }[indicatorOf(room.view, code).stage]();
  return html`<p><span class="code">${code}</span> <span class="muted">${words}</span></p>`;
}

/** @param {Room} room */
function next(room) {
  const code = room.chosen;
  const { stage } = indicatorOf(room.view, code);
  if (stage === "revealed") return html`<a class="button" href="#consensus-form" data-do="to-consensus">${t("Record consensus")}</a>`;
  if (stage === "consensus") return nothing;
  const { rated, missing } = progressOf(room.view, code);
  const about = { indicator: code };
  const reveal = t("Reveal {code}", { code });
  if (room.sending.some(({ type, data }) => type === "reveal-ratings" && data["indicator"] === code)) {
    return html`<span class="muted">${t("Revealing {code}…", { code })}</span>`;
  }
  if (rated === 0) return html`<button class="button" type="button" aria-disabled="true" data-do="nothing">${reveal}</button>`;
  if (missing.length === 0) return act(room, "reveal-ratings", reveal, { about });
  return html`<details class="confirm" data-confirm><summary class="button">${reveal}</summary>
    <div class="confirm-box"><p><strong>${tn("{n} has not rated:", "{n} have not rated:", missing.length)}</strong> ${namesOf(room, missing)}</p>
      <p class="muted small">${t("A rating that comes later is kept, and left out of the figures.")}</p>
      <div class="button-row">${act(room, "reveal-ratings", t("Reveal anyway"), { about })}${cancel()}</div></div></details>`;
}

/** @param {Room} room */
function closing(room) {
  const unseen = unseenOf(room.view);
  const { consensus } = stagesOf(room.view);
  const open = reviewOf(room.view).focus.length - consensus;
  const blocked = unseen.length > 0;
  return html`<details class="confirm" data-confirm><summary class="button secondary">${t("Close the review")}</summary>
    <div class="confirm-box">${
      blocked
        ? html`<p>${t("Nobody has seen the ratings of {codes} yet. Reveal them before closing.", { codes: unseen.join(", ") })}</p>`
        : html`<p><strong>${open > 0 ? tn("{n} indicator has no consensus.", "{n} indicators have no consensus.", open) : t("Every indicator has a consensus.")}</strong>
            ${t("A closed review takes nothing more and cannot be opened again.")}</p>`}
      <div class="button-row">${blocked ? nothing : act(room, "close-review", t("Close the review for good"))}${cancel()}</div></div></details>`;
}

function cancel() {
  return html`<button class="button secondary" type="button" data-do="fold">${t("Not yet")}</button>`;
}
