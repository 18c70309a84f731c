/**
 * The two halves of a strategy, “if …” and “then …”: whoever wrote one may have begun it with that word.
 * `server/if_then.py` has the same rule, and a test compares both.
 */

const BEGINNINGS = { if: /^\s*(?:if|si)(?![\p{L}\p{N}_])/iu, then: /^\s*(?:then|entonces)(?![\p{L}\p{N}_])/iu };

/** Whether half a strategy begins with its own “if” or “then”, in English or Spanish, so that no label has to. @param {string | null | undefined} text @param {keyof typeof BEGINNINGS} half */
export function saysItself(text, half) {
  return BEGINNINGS[half].test(text ?? "");
}
