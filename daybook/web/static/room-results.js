/** After the reveal: who said what, as stacked units and as the same numbers in words, and the consensus. */

import { number, t, tn } from "./i18n.js";
import { erasing } from "./room-erase.js";
import { answerName, answerShown, glyph, initials, nameOf, namesOf, prose, time, word } from "./room-parts.js";
import { figuresOf, indicatorOf, lateOf, ratingsOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./room-parts.js").Room} Room
 * @typedef {import("./room-view.js").Answer} Answer
 * @typedef {import("./room-view.js").Consensus} Consensus
 */

const FIGURE_SPACE = "\u2007"; // as wide as a letter, and not a gap between words

/** @param {Room} room */
export function results(room) {
  const code = room.chosen;
  const blind = indicatorOf(room.view, code).stage === "blind";
  const { missing } = indicatorOf(room.view, code);
  const figures = figuresOf(room.view, code);
  const late = lateOf(room.view, code);
  const ratings = ratingsOf(room.view, code);
  /** @type {Answer[]} */
  const answers = [...room.rubric.levels.map((_, index) => index + 1), "insufficient-evidence", "abstain"];
  return html`<section class="results" aria-labelledby="results-title">
    <h3 id="results-title">${blind ? t("Given so far, not revealed") : t("What the team said")}</h3>
    <p class="figures" data-entry="figures:${code}">${figures ? summary(room, figures) : nothing}</p>
    <table class="distribution"><caption class="visually-hidden">${t("Ratings of {code}", { code })}</caption>
      <thead class="visually-hidden"><tr><th scope="col">${t("Answer")}</th><th scope="col">${t("Count")}</th><th scope="col">${t("Who")}</th></tr></thead>
      <tbody>${answers.map((answer) => row(room, answer, ratings.filter((one) => one.answer === answer).map(({ person }) => person)))}</tbody>
    </table>
    ${missing.length > 0
      ? html`<p class="small"><span class="muted">${t("Had not rated at the reveal:")}</span> ${namesOf(room, missing)}</p>`
      : nothing}
    ${late.length > 0
      ? html`<p class="small"><span class="chip">${t("Late, not counted")}</span></p>
          <ul class="late-list plain">${late.map((one) => html`<li data-entry="late:${code}:${one.person}">${nameOf(room, one.person)}: ${answerShown(room, one.answer)}</li>`)}</ul>`
      : nothing}
  </section>`;
}

/** @param {Room} room @param {import("./room-view.js").Figures} figures */
function summary(room, { median, spread }) {
  if (!median || spread === null) return t("Nobody gave a level.");
  const [low, high] = median;
  const middle =
    low === high
      ? t("Median: {level}", { level: answerName(room, low) })
      : t("Median: between {low} and {high}", { low: answerName(room, low), high: answerName(room, high) });
  return html`<span>${middle}</span> <span class="muted">· ${
    spread === 0 ? t("all at the same level") : tn("spread of {n} level", "spread of {n} levels", spread)}</span>`;
}

/** @param {Room} room @param {Answer} answer @param {string[]} people */
function row(room, answer, people) {
  const entries = people.map((person) => `rating:${room.chosen}:${person}`).join(" ");
  return html`<tr class=${people.length > 0 ? "" : "none"} data-entry=${entries}>
    <th scope="row"><span class="level">${glyph(answer, room.rubric.levels.length)}<span class="level-name">${answerName(room, answer)}</span></span></th>
    <td class="figure">${number(people.length)}</td>
    <td>${units(room, answer, people)}<span class="who small">${namesOf(room, people)}</span></td></tr>`;
}

/**
 * One dot a person, with initials: one text over a pattern, as a drawing for each person took a third of a step of the replay.
 *
 * @param {Room} room
 * @param {Answer} answer
 * @param {string[]} people
 */
function units(room, answer, people) {
  const levels = room.rubric.levels.length;
  const step = typeof answer === "number" ? `level-${Math.round(1 + (6 * (answer - 1)) / (levels - 1))}` : "";
  const dots = people.map((person) => initials(nameOf(room, person)).padEnd(2, FIGURE_SPACE));
  return html`<span class="units ${step}" aria-hidden="true">${dots.join(" ")}</span>`;
}

/** @param {Room} room @param {Consensus} consensus */
export function agreement(room, consensus) {
  const cited = consensus.evidence.map((id) => room.view[`evidence:${id}`]).filter(Boolean);
  return html`<section class="agreement" aria-labelledby="agreement-title" data-entry="consensus:${consensus.code}">
    <h3 id="agreement-title">${t("Consensus")}</h3>
    <p class="agreement-level">${answerShown(room, consensus.level)}</p>
    <p class="prose">${prose(consensus.rationale)}</p>
    ${consensus.evidence.length === 0
      ? nothing
      : cited.length > 0
        ? html`<h4>${t("Evidence cited")}</h4><ul class="cited">${cited.map((item) => html`<li><span class="muted">${word(item.source)}:</span> ${excerpt(item.text)}</li>`)}</ul>`
        : html`<p class="muted small">${tn("{n} item of evidence cited", "{n} items of evidence cited", consensus.evidence.length)}</p>`}
    ${consensus.dissent.length > 0
      ? html`<h4>${t("Seen differently")}</h4><ul class="dissent plain">${consensus.dissent.map(
          (one) => html`<li><span class="prose">${prose(one.text)}</span> <span class="muted">– ${one.person ? nameOf(room, one.person) : t("anonymous")}</span></li>`)}</ul>`
      : nothing}
    <p class="muted small">${t("Recorded by {name}", { name: nameOf(room, consensus.by) })}, ${time(consensus.at)}</p>
    ${consensus.rationale === null ? nothing : erasing(room, "redact-consensus", { indicator: consensus.code })}
  </section>`;
}

/** The beginning of a text, whole words. @param {string | null} text */
export function excerpt(text) {
  if (text === null) return prose(null);
  return text.length > 140 ? `${text.slice(0, 140).replace(/\s+\S*$/, "")}…` : text;
}
