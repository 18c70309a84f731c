/** What the entries of June Outcomes say, read by the page's regions. Nothing here is kept. */

/**
 * @typedef {Record<string, any>} View
 * @typedef {"statement" | "measure" | "school" | "home-office" | "conclusion"} Text
 * @typedef {{ outcomes: string, school: string, year: number, rubric: string, levels: number, least: number, most: number,
 *   phase: "draft" | "adopted", version: number, adopted_at: string | null }} OutcomesPage
 * @typedef {{ indicator: string, level: number | null, levels: number | null, review: string | null }} Baseline
 * @typedef {{ outcome: string, person: string, target: number, owner: string | null, carried_from: string | null, aim: string | null,
 *   aimed_by: string | null, withdrawn: boolean, reason: string | null, sending?: boolean, baselines: Baseline[] }} Outcome
 * @typedef {{ passage: string, wording: string, text: string | null, by: string, at: string, of: string | null, sending?: boolean }} Words
 */

/** @param {View} view @returns {OutcomesPage} */
export function pageOf(view) {
  return view["outcomes"];
}

/** @param {View} view @returns {boolean} */
export function isDraft(view) {
  return pageOf(view).phase === "draft";
}

/** @param {View} view @param {string} id @returns {Outcome} */
export function outcomeOf(view, id) {
  return view[`outcome:${id}`];
}

/** The outcomes that are not left out, in their order; or those that are. @param {View} view @param {{ withdrawn?: boolean }} [which] @returns {string[]} */
export function outcomesOf(view, { withdrawn = false } = {}) {
  return view["order:outcomes"].outcomes.filter((/** @type {string} */ id) => outcomeOf(view, id).withdrawn === withdrawn);
}

/**
 * After which outcome one stands that is put beside another, "" for first.
 *
 * @param {View} view
 * @param {string} outcome
 * @param {{ beside: string, side: "before" | "after" }} place
 * @returns {string | null | undefined} null where it stands there already; undefined where one of the two is no more
 */
export function moveTo(view, outcome, { beside, side }) {
  const ids = outcomesOf(view);
  if (!ids.includes(outcome) || !ids.includes(beside)) return undefined;
  const others = ids.filter((/** @type {string} */ id) => id !== outcome);
  const at = others.indexOf(beside) + (side === "after" ? 1 : 0);
  return ids.indexOf(outcome) === at ? null : (others[at - 1] ?? "");
}

/** Where an outcome stands now, for those who listen. @param {View} view @param {string} outcome */
export function placeOf(view, outcome) {
  const ids = outcomesOf(view);
  return { n: ids.indexOf(outcome) + 1, count: ids.length };
}

/** @param {View} view @param {string} passage @returns {Words | null} */
export function wordsOf(view, passage) {
  return view[`text:${passage}`] ?? null;
}

/** Whether an outcome begins from where the school stands. @param {Outcome["baselines"][number]} baseline @param {{ review: string, level: number }} now */
export function standsThere({ level, review }, now) {
  return review === now.review && level === now.level;
}

/** Whether the Spanish was made from another English wording than the one that stands. @param {View} view @param {string} id @param {Text} text */
export function isOlder(view, id, text) {
  const [english, spanish] = [wordsOf(view, `${id}:${text}:en`), wordsOf(view, `${id}:${text}:es`)];
  return Boolean(english && spanish && spanish.of !== english.wording);
}

/** Whether the Spanish says what was adopted, so that it changes by an amendment alone. @param {View} view @param {string} id @param {Text} text */
export function isAdoptedSpanish(view, id, text) {
  return !isDraft(view) && text !== "conclusion" && wordsOf(view, `${id}:${text}:es`) !== null && !isOlder(view, id, text);
}

/** What of a kind was said about an outcome, oldest first. @param {View} view @param {"comment" | "endorsement"} kind @param {string} id @returns {any[]} */
export function voicesOf(view, kind, id) {
  const found = Object.values(view).filter((entry) => entry.kind === kind && entry.outcome === id);
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** @param {View} view @param {"school" | "home-office"} side @returns {{ person: string, at: string }[]} */
export function signaturesOf(view, side) {
  const found = Object.values(view).filter((entry) => entry.kind === "signature" && entry.side === side);
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Oldest first. @param {View} view @param {string} id @returns {any[]} */
export function amendmentsOf(view, id) {
  const keys = Object.keys(view).filter((key) => key.startsWith(`amendment:${id}:`));
  const position = (/** @type {string} */ key) => Number(key.slice(key.lastIndexOf(":") + 1));
  return keys.sort((a, b) => position(a) - position(b)).map((key) => view[key]);
}

const PEOPLE = ["person", "by", "owner", "aimed_by"];

/** The people whom the page mentions. @param {View} view @returns {string[]} */
export function mentioned(view) {
  const found = Object.values(view).flatMap((entry) => PEOPLE.map((field) => entry[field]).filter(Boolean));
  return [...new Set(found)];
}
