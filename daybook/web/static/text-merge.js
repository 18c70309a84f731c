/**
 * Two people put the same text into other words: what each changed, and both changes in one text where they do not
 * touch. Texts are compared word by word, each with the space before it, or line by line where that would take too long.
 */

import { diff3Merge, diffComm } from "./vendor/node-diff3/diff3.js";

/**
 * @typedef {{ same: string } | { gone: string, come: string }} Piece of a text: as it was, or taken out and put in
 */

const MOST_PAIRS = 400_000; // equal words of two texts, each with each: the comparison looks at all of them

const WORDS = /\n\s*|[^\S\n]*(?:[\p{L}\p{N}_'’]+|[^\s\p{L}\p{N}_'’]+)/gu;
const LINES = /\n+|[^\n]+/g;

/** What of a text became another, in the order of reading. @param {string} before @param {string} after @returns {Piece[]} */
export function changes(before, after) {
  const lists = cut(before, after);
  if (!lists) return [{ gone: before, come: after }];
  const [one = [], other = []] = lists;
  /** @type {Piece[]} */
  const pieces = [];
  for (const part of /** @type {any[]} */ (diffComm(one, other))) {
    const [gone, come] = part.common ? ["", ""] : [part.buffer1.join(""), part.buffer2.join("")];
    const space = gone && come && gone.match(/^\s*/)[0] === come.match(/^\s*/)[0] ? gone.match(/^\s*/)[0] : "";
    const same = part.common ? part.common.join("") : space;
    const last = pieces.at(-1);
    if (same && last && "same" in last) last.same += same;
    else if (same) pieces.push({ same });
    if (!part.common) pieces.push({ gone: gone.slice(space.length), come: come.slice(space.length) });
  }
  return pieces;
}

/**
 * Put two people's changes of one text together.
 *
 * @param {string} mine
 * @param {string} base what both began from
 * @param {string} theirs
 * @returns {string | null} null where both changed the same words, which somebody has to decide
 */
export function merged(mine, base, theirs) {
  if (mine === theirs) return mine;
  const lists = cut(mine, base, theirs);
  if (!lists) return null;
  const [a = [], o = [], b = []] = lists;
  const parts = diff3Merge(a, o, b, { excludeFalseConflicts: true });
  if (parts.some((/** @type {any} */ part) => part.conflict)) return null;
  return parts.flatMap((/** @type {any} */ part) => part.ok).join("").trim();
}

/** Cut texts into pieces that can be compared; null where even lines are too many. @param {string[]} texts */
function cut(...texts) {
  for (const pieces of [WORDS, LINES]) {
    const lists = texts.map((text) => /** @type {string[]} */ (text.trim().match(pieces) ?? []));
    if (pairs(lists) <= MOST_PAIRS) return lists;
  }
  return null;
}

/** How many pairs of equal pieces the first list makes with each of the others, at most. @param {string[][]} lists */
function pairs(lists) {
  const counts = lists.map((list) => {
    /** @type {Map<string, number>} */
    const count = new Map();
    for (const piece of list) count.set(piece, (count.get(piece) ?? 0) + 1);
    return count;
  });
  let most = 0;
  for (const [at, one] of counts.entries()) {
    for (const other of counts.slice(at + 1)) {
      let sum = 0;
      for (const [piece, n] of one) sum += n * (other.get(piece) ?? 0);
      most = Math.max(most, sum);
    }
  }
  return most;
}
