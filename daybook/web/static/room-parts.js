/** Small pieces that several regions of the room draw: glyphs, names, times, form fields. */

import { t, when } from "./i18n.js";
import { html, nothing, svg } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";

/**
 * @typedef {import("./room-view.js").View} View
 * @typedef {import("./room-view.js").Answer} Answer
 * @typedef {import("./room-drafts.js").Draft} Draft
 * @typedef {import("./vendor/lit-html/lit-html.js").TemplateResult} Drawn
 *
 * @typedef {object} Room all that the regions draw from
 * @property {View} view with my pending commands on top
 * @property {string} me
 * @property {Record<string, string>} names
 * @property {import("./room-view.js").RubricText} rubric
 * @property {string} link the address of an indicator in this room, without its code at the end
 * @property {{ rate: boolean, note: boolean, facilitate: boolean, erase: boolean }} can what I may do here and now
 * @property {boolean} past whether it is an earlier moment, in which nothing is typed and nothing has the focus
 * @property {boolean} team whether I am told of the team's work
 * @property {string} chosen the indicator looked at
 * @property {boolean} all whether evidence of all indicators is shown
 * @property {string[]} revising evidence whose wording I am changing
 * @property {Set<string>} fresh evidence of others that came while I was here
 * @property {Set<string>} held evidence not shown yet, because it would push what I read
 * @property {import("./live-state.js").Presence[]} people
 * @property {import("./commands.js").Pending[]} sending
 * @property {import("./commands.js").Pending[]} refused what came back and is not put aside
 * @property {import("./live.js").Status} status
 * @property {boolean} signedOut
 * @property {boolean} stale whether something has waited long enough to be worth saying
 * @property {boolean} adding whether the form for new evidence is unfolded
 * @property {import("./room-drafts.js").Drafts} drafts
 * @property {Record<string, Record<string, string>>} faults sentences by form and field; "" is the whole form
 */

/** @param {Room} room @param {string} code */
export function textOf(room, code) {
  for (const system of room.rubric.systems) {
    const indicator = system.indicators.find((one) => one.code === code);
    if (indicator) return { ...indicator, system: system.name };
  }
  return { code, statement: "", acts: "", look_fors: [], descriptors: [], system: "" };
}

/** The focus indicators in the order in which the list shows them. @param {Pick<Room, "view" | "rubric">} room @returns {string[]} */
export function codesOf(room) {
  const { focus } = room.view["review"];
  return room.rubric.systems.flatMap((system) => system.indicators.map(({ code }) => code).filter((code) => focus.includes(code)));
}

/** The address of an indicator in this room. @param {Room} room @param {string} code */
export function address(room, code) {
  return `${room.link}${code}`;
}

/** @param {Room} room @param {string} person */
export function nameOf(room, person) {
  return room.names[person] ?? person;
}

/** @param {Room} room @param {string[]} people */
export function namesOf(room, people) {
  return people.map((person) => nameOf(room, person)).join(", ");
}

/** @param {string} name */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]\S*/gu) ?? ["?"];
  return [...new Set([words[0], words.at(-1)])].map((word) => [...(word ?? "")][0]).join("").toUpperCase();
}

/** @param {string} iso */
export function time(iso) {
  return html`<time datetime=${iso}>${when(iso)}</time>`;
}

/** The circle of an answer, filled by a level's share of the scale. @param {Answer} answer @param {number} levels */
export function glyph(answer, levels) {
  const shapes = () => {
    if (answer === "insufficient-evidence") return svg`<circle class="glyph-edge glyph-dashed" cx="10" cy="10" r="8"/>`;
    if (answer === "abstain") return svg`<path class="glyph-edge" d="M3 10h14"/>`;
    const edge = svg`<circle class="glyph-edge" cx="10" cy="10" r="8"/>`;
    if (answer >= levels) return svg`<circle class="glyph-fill" cx="10" cy="10" r="8"/>${edge}`;
    if (answer === 1) return edge;
    return svg`<circle class="glyph-share" cx="10" cy="10" r="4" transform="rotate(-90 10 10)" pathLength=${levels - 1}
      stroke-dasharray="${answer - 1} ${levels}"/>${edge}`;
  };
  const step = typeof answer === "number" ? ` level-${Math.round(1 + (6 * (answer - 1)) / (levels - 1))}` : "";
  return html`<svg class="glyph${step}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes()}</svg>`;
}

/** @param {Room} room @param {Answer} answer */
export function answerName(room, answer) {
  if (answer === "insufficient-evidence") return t("Insufficient evidence");
  if (answer === "abstain") return t("Abstain");
  return room.rubric.levels[answer - 1] ?? String(answer);
}

/** An answer by glyph and name. @param {Room} room @param {Answer} answer */
export function answerShown(room, answer) {
  return html`<span class="level">${glyph(answer, room.rubric.levels.length)}<span class="level-name">${answerName(room, answer)}</span></span>`;
}

/** A stored word, as people say it. @param {string} word */
export function word(word) {
  /** @type {Record<string, string>} */
  const said = {
    "document": t("document"),
    "data": t("data"),
    "observation": t("observation"),
    "interview": t("interview"),
    "focus-group": t("focus group"),
    "survey": t("survey"),
    "self-review": t("self-review"),
    "supports": t("supports"),
    "challenges": t("challenges"),
    "facilitator": t("facilitator"),
    "reviewer": t("reviewer"),
    "observer": t("observer"),
    "scheduled": t("Scheduled"),
    "open": t("Open"),
    "closed": t("Closed"),
  };
  return said[word] ?? word;
}

/** Prose, or a note that it was erased. @param {string | null} text */
export function prose(text) {
  return text === null ? html`<em class="muted">${t("These words were erased.")}</em>` : text;
}

/** A command's form, which also works without scripts. @param {Room} room @param {string} type @param {Record<string, string>} about */
export function hidden(room, type, about = {}) {
  const fields = { type, review: room.view["review"].review, ...about };
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`);
}

/** One button that sends a command of its own. @param {Room} room @param {string} type @param {string} label @param {{ about?: Record<string, string>, look?: string }} [more] */
export function act(room, type, label, { about = {}, look = "button" } = {}) {
  return html`<form method="post" action="/commands" data-type=${type}>
    ${hidden(room, type, about)}<button class=${look} type="submit">${label}</button></form>`;
}

/** The problem with a form as a whole. @param {Room} room @param {string} form */
export function problem(room, form) {
  const sentence = room.faults[form]?.[""];
  return sentence
    ? html`<div class="error-summary" role="alert" tabindex="-1"><p>${sentence}</p></div>`
    : nothing;
}

/** The problem with a field; its id is the field's with `-fault`. @param {Room} room @param {string} form @param {string} field @param {string} id */
export function fault(room, form, field, id) {
  const sentence = room.faults[form]?.[field];
  return sentence ? html`<p class="error-message" id="${id}-fault">${sentence}</p>` : nothing;
}

/** @param {Draft | undefined} draft @param {string} field @returns {string} */
export function held(draft, field) {
  const value = draft?.[field];
  return typeof value === "string" ? value : "";
}

/** @param {Draft | undefined} draft @param {string} field @returns {string[]} */
export function heldList(draft, field) {
  const value = draft?.[field];
  return Array.isArray(value) ? value : [];
}

/**
 * Every level as one big label: a radio button, its glyph, its name and what it looks like.
 *
 * @param {Room} room
 * @param {{ name: string, chosen: string, others: boolean }} options `others` adds the two answers that are no level
 */
export function levelChoices(room, { name, chosen, others }) {
  const { levels } = room.rubric;
  const { descriptors } = textOf(room, room.chosen);
  const choice = (/** @type {Answer} */ answer, /** @type {string} */ words) => html`<label class="option">
    <input type="radio" name=${name} value=${answer} .checked=${live(chosen === String(answer))}>
    ${glyph(answer, levels.length)}
    <span class="option-words"><span class="option-name">${answerName(room, answer)}</span>
    ${words ? html`<span class="option-text">${words}</span>` : nothing}</span></label>`;
  return html`<div class="options">
    ${levels.map((_, index) => choice(index + 1, descriptors[index] ?? ""))}
    ${others
      ? html`<div class="options-beside">${choice("insufficient-evidence", "")}${choice("abstain", "")}</div>`
      : nothing}
  </div>`;
}

/** The levels' descriptors to read, for those who do not choose. @param {Room} room */
export function descriptors(room) {
  const { descriptors } = textOf(room, room.chosen);
  const { levels } = room.rubric;
  return html`<ol class="options plain">${levels.map(
    (name, index) => html`<li class="option reading">${glyph(index + 1, levels.length)}
      <span class="option-words"><span class="option-name">${name}</span>
      <span class="option-text">${descriptors[index] ?? ""}</span></span></li>`,
  )}</ol>`;
}
