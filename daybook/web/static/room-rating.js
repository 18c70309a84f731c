/** The chosen indicator: what it says, my rating of it, and what the room has made of it. */

import { t } from "./i18n.js";
import { act, address, answerShown, codesOf, descriptors, fault, held, hidden, levelChoices, namesOf, problem, textOf, time } from "./room-parts.js";
import { consensusForm } from "./room-consensus.js";
import { agreement, results } from "./room-results.js";
import { consensusOf, indicatorOf, mineOf, progressOf, ratingsOf, reviewOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { keyed } from "./vendor/lit-html/directives/keyed.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** @param {Room} room */
export function rating(room) {
  // Drawn anew for each indicator, so that no form keeps what was chosen in another. The past has no forms.
  return room.past ? chosen(room) : keyed(room.chosen, chosen(room));
}

/** @param {Room} room */
function chosen(room) {
  const codes = codesOf(room);
  const text = textOf(room, room.chosen);
  const place = codes.indexOf(room.chosen);
  const step = (/** @type {string | undefined} */ code, /** @type {string} */ words) =>
    code
      ? html`<a class="step" href="${address(room, code)}#rate" data-code=${code}>${words} <span class="code">${code}</span></a>`
      : nothing;
  return html`<nav class="steps" aria-label=${t("Indicators")}><span class="muted">${text.system}</span>
        ${step(codes[place - 1], t("Previous"))}${step(codes[place + 1], t("Next"))}</nav>
      <h2 id="rate-title" tabindex="-1"><span class="code">${text.code}</span> ${text.statement}</h2>
      <p class="acts"><span class="muted">${t("Who acts:")}</span> ${text.acts}</p>
      <details class="look-fors" open><summary>${t("Look-fors")}</summary>
        <ul>${text.look_fors.map((one) => html`<li>${one}</li>`)}</ul></details>
      ${outcome(room)}`;
}

/** @param {Room} room */
function outcome(room) {
  const code = room.chosen;
  const { phase, closed_at } = reviewOf(room.view);
  const { stage } = indicatorOf(room.view, code);
  if (stage === "blind") {
    const calm = {
      scheduled: t("The review is not open yet. Until then this is for reading."),
      open: "",
      closed: t("The review closed before {code} was revealed.", { code }),
    }[phase];
    // In hindsight a closed review's team is told of answers that nobody had seen.
    const given = !room.can.rate && ratingsOf(room.view, code).length > 0;
    return html`${calm ? html`<p class="calm">${calm}</p>` : blindProgress(room)}
      ${given ? results(room) : nothing}
      ${room.can.rate ? ratingForm(room, false) : levels(room, true)}`;
  }
  const consensus = consensusOf(room.view, code);
  return html`${consensus ? agreement(room, consensus) : nothing}
    ${room.team ? results(room) : consensus ? nothing : html`<p class="calm">${t("Revealed. The team is looking for a consensus.")}</p>`}
    ${room.can.facilitate ? consensusForm(room, consensus) : nothing}
    ${room.can.rate ? lateForm(room) : nothing}
    ${readsLevels(room) ? levels(room, !consensus) : nothing}
    ${phase === "closed" && closed_at ? html`<p class="muted small review-end">${t("This review is closed.")} ${time(closed_at)}</p>` : nothing}`;
}

/** Whether the descriptors stand in no form that is open anyway. @param {Room} room */
function readsLevels(room) {
  return !room.can.facilitate && !(room.can.rate && !mineOf(room.view, room.chosen, room.me));
}

/** @param {Room} room @param {boolean} open */
function levels(room, open) {
  return html`<details class="levels" ?open=${open}><summary>${t("What each level looks like")}</summary>${descriptors(room)}</details>`;
}

/** @param {Room} room */
function blindProgress(room) {
  if (!room.team) return html`<p class="calm">${t("The team is rating. What each person says stays hidden until the reveal.")}</p>`;
  const { rated, all, missing } = progressOf(room.view, room.chosen);
  return html`<p class="progress" data-entry="rated:${room.chosen}"><strong>${t("{n} of {all} have rated", { n: rated, all })}</strong>${
    missing.length > 0 && rated > 0 ? html` <span class="muted">· ${t("not yet: {people}", { people: namesOf(room, missing) })}</span>` : nothing}</p>`;
}

/** @param {Room} room @param {boolean} late */
function ratingForm(room, late) {
  const code = room.chosen;
  const form = `rate:${code}`;
  const mine = mineOf(room.view, code, room.me);
  const given = mine ? String(mine.answer) : "";
  const chosen = held(room.drafts.get(form), "answer") || given;
  const hint = late
    ? t("{code} is revealed. A rating now is kept as late, and left out of the figures.", { code })
    : t("Only you see it until the facilitator reveals {code}.", { code });
  return html`${problem(room, form)}
    <form class="rate" method="post" action="/commands" data-form=${form} data-type="give-rating">
      ${hidden(room, "give-rating", { indicator: code })}
      <fieldset class=${room.faults[form]?.["answer"] ? "field wrong" : "field"}><legend>${t("Your rating of {code}", { code })}</legend>
        <p class="hint">${hint}</p>
        ${fault(room, form, "answer", "answer")}
        ${levelChoices(room, { name: "answer", chosen, others: true })}
      </fieldset>
      <div class="button-row rate-row">
        <button class="button" type="submit">${mine ? t("Change my rating") : t("Rate {code}", { code })}</button>
        ${mine && !late ? html`<button class="button secondary" type="submit" form="withdraw">${t("Withdraw my rating")}</button>` : nothing}
        <span class="given">${mine ? html`${t("You rated:")} ${answerShown(room, mine.answer)}` : t("You have not rated yet.")}</span>
      </div>
    </form>
    ${mine && !late
      ? html`<form id="withdraw" method="post" action="/commands" data-type="withdraw-rating">${hidden(room, "withdraw-rating", { indicator: code })}</form>`
      : nothing}`;
}

/** @param {Room} room */
function lateForm(room) {
  const mine = mineOf(room.view, room.chosen, room.me);
  return html`<details class="late" ?open=${!mine}><summary>${mine ? t("Rate again, late") : t("Rate late")}</summary>${ratingForm(room, true)}</details>`;
}

/** The button to come in, for a member of the team who has not. @param {Room} room */
export function joining(room) {
  const member = room.view[`member:${room.me}`];
  if (!member || member.arrived_at || reviewOf(room.view).phase !== "open") return nothing;
  return html`<div class="notice join"><p>${t("The review is open. Join so that the team sees you are here.")}</p>${act(room, "join-review", t("Join the review"))}</div>`;
}
