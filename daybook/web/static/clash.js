/**
 * Two people put the same words of a page otherwise: both texts before the second author, who decides what stands.
 *
 * A draft keeps the wording that it was begun from (`replaces`), with its text (`base`), and, once its author has gone
 * on with another text, what they had written (`mine`).
 */

import { merged } from "./text-merge.js";

/**
 * @typedef {{ wording: string, text: string | null, by: string, sending?: boolean }} Words
 * @typedef {Record<string, string>} Draft
 * @typedef {{ mine: string, base: string | null }} Clash
 * @typedef {"take-both" | "take-mine" | "take-theirs"} Choice
 */

/**
 * Whether somebody else put the passage into other words since this draft was begun.
 *
 * @param {Draft | undefined} draft
 * @param {Words | null} words
 * @returns {Clash | null}
 */
export function clashOf(draft, words) {
  if (!draft || !("replaces" in draft) || !words || words.wording === draft["replaces"]) return null;
  const mine = draft["mine"] ?? draft["text"] ?? "";
  if (words.text !== null && words.text.trim() === mine.trim()) return null; // the same words: nothing to decide
  return { mine, base: words.text === null ? null : (draft["base"] ?? null) }; // what was erased is shown no more
}

/**
 * What a draft becomes when its author chooses one of the texts to go on with.
 *
 * @param {Draft} draft
 * @param {Words} words
 * @param {Choice} choice
 * @returns {Draft}
 */
export function chosen(draft, words, choice) {
  const clash = clashOf(draft, words);
  if (!clash) return draft;
  const theirs = words.text ?? "";
  const both = clash.base === null ? null : merged(clash.mine, clash.base, theirs);
  const text = { "take-both": both ?? clash.mine, "take-mine": clash.mine, "take-theirs": theirs }[choice];
  return { ...draft, mine: clash.mine, text };
}

/**
 * A draft that came back, with both people's changes in it where they do not touch; null when there is nothing to put together.
 *
 * @param {Draft} draft
 * @param {Words} words
 * @returns {Draft | null}
 */
export function together(draft, words) {
  if (!draft["returned"] || draft["mine"] !== undefined || draft["base"] === undefined || !clashOf(draft, words)) return null;
  const both = words.text === null ? null : merged(draft["text"] ?? "", draft["base"], words.text);
  return both === null ? null : { ...draft, mine: draft["text"] ?? "", text: both };
}
