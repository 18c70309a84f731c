/** A passage of the plan: its words to read, the form that changes them where they stand, and what happens when two change them. */

import { clashOf } from "./clash.js";
import { clashing } from "./clash-view.js";
import { t } from "./i18n.js";
import { mayPropose, mayWord } from "./plan-can.js";
import { formHere, glows, home, nameOf, opener, unsent } from "./plan-parts.js";
import { present } from "./plan-present.js";
import { proposalsOf, wordsOf } from "./plan-view.js";
import { prose } from "./prose.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./plan-parts.js").Sheet} Sheet
 * @typedef {import("./plan-view.js").Words} Words
 */

/**
 * @param {Sheet} sheet
 * @param {string} passage
 * @param {{ label: string, empty?: string, view?: import("./plan-view.js").View, lang?: string }} how `label` names it, also to those
 *   who hear the page; `empty` is said where it has no words yet
 */
export function passage(sheet, passage, { label, empty = "", lang = "" }) {
  const words = wordsOf(sheet.view, passage);
  const key = formKey(passage);
  const proposing = `propose-change@${passage}`;
  const open = sheet.open.has(key);
  const word = mayWord(sheet.rights, sheet.view, passage);
  const tools = [
    (word || sheet.drafts?.busy(key)) && !open ? opener(sheet, key, words ? t("Edit") : t("Write"), { about: label }) : nothing,
    mayPropose(sheet.rights, sheet.view, passage) && words && !open && !sheet.open.has(proposing)
      ? opener(sheet, proposing, t("Propose a change"), { about: label })
      : nothing,
    waitingHere(sheet, passage),
    present(sheet, passage),
    unsent(sheet, words),
  ].filter((one) => one !== nothing);
  return html`<div class="passage ${glows(sheet, `text:${passage}`)}" data-place=${passage}>
    ${open ? editor(sheet, passage, key, label) : shown(passage, words, empty, lang)}
    ${words?.proposed_by ? html`<p class="credit small muted">${t("Proposed by {person}", { person: nameOf(sheet, words.proposed_by) })}</p>` : nothing}
    ${formHere(sheet, proposing, { about: label })}
    ${tools.length > 0 ? html`<p class="tools no-print">${tools}</p>` : nothing}</div>`;
}

/** The form that words a passage; a title is one line. @param {string} passage */
export function formKey(passage) {
  return `${passage.endsWith(":title") ? "word-title" : "word-passage"}@${passage}`;
}

/** @param {string} passage @param {Words | null} words @param {string} empty @param {string} lang */
function shown(passage, words, empty, lang) {
  if (!words) return empty ? html`<p class="muted">${empty}</p>` : nothing;
  if (passage.endsWith(":title")) return words.text === null ? prose(null) : html`<p class="title-text">${words.text}</p>`;
  return html`<div class="prose-text" lang=${lang || nothing}>${prose(words.text)}</div>`;
}

/** How many proposals for a passage wait for an answer. @param {Sheet} sheet @param {string} passage */
function waitingHere(sheet, passage) {
  const count = waitingBy(sheet).get(passage) ?? 0;
  return count > 0 ? html`<a class="chip accent" href="${home(sheet)}#talk">${t("Proposed: {n}", { n: count })}</a>` : nothing;
}

/** @type {WeakMap<object, Map<string, number>>} by the group of what is said, which is another one when a proposal comes */
const counted = new WeakMap();

/** How many proposals wait, by the passage or part they are for. @param {Sheet} sheet */
export function waitingBy({ groups }) {
  const talk = groups.get("talk");
  if (!talk) return new Map();
  let counts = counted.get(talk);
  if (!counts) {
    counts = new Map();
    for (const { outcome, passage, under } of proposalsOf(talk)) {
      const place = passage ?? under ?? "";
      if (outcome === "waiting") counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    counted.set(talk, counts);
  }
  return counts;
}

/** @param {Sheet} sheet @param {string} passage @param {string} key @param {string} label */
function editor(sheet, passage, key, label) {
  const draft = /** @type {Record<string, string> | undefined} */ (sheet.drafts?.get(key));
  const words = wordsOf(sheet.view, passage);
  const clash = clashOf(draft, words);
  const above = clash && words ? clashing({ key, clash, words, name: words.by === sheet.me ? null : nameOf(sheet, words.by), here: t("In the plan now") }) : nothing;
  // Whoever saves while both texts are before them has read the one that their own takes the place of.
  const replaces = (clash ? words?.wording : (draft?.["replaces"] ?? words?.wording)) ?? "";
  return formHere(sheet, key, { about: label, above, hidden: replaces ? { replaces } : {}, ...(clash ? { button: t("Save these words") } : {}) });
}
