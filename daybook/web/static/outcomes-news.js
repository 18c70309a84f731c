/** What changes of others mean to the person in front of June Outcomes: a glow, and a sentence for those who listen. */

import { t, tn } from "./i18n.js";

/** @typedef {import("./live-state.js").Change} Change */

/** The entries that others changed. @param {Change[]} applied @param {string} me @returns {string[]} */
export function changedByOthers(applied, me) {
  return applied.filter(({ actor }) => actor !== me).flatMap(({ patch }) => Object.keys(patch).filter((key) => patch[key] !== null));
}

/**
 * One sentence for all that others changed in a while.
 *
 * @param {Change[]} applied
 * @param {string} me
 * @param {(person: string) => string} name
 * @returns {string} empty when nobody else did anything
 */
export function sentence(applied, me, name) {
  const others = applied.filter(({ actor }) => actor !== me);
  const [first] = others;
  if (!first) return "";
  if (new Set(others.map(({ actor }) => actor)).size > 1) return tn("{n} change by others", "{n} changes by others", others.length);
  const person = name(first.actor);
  if (others.length > 1) return tn("{n} change by {person}", "{n} changes by {person}", others.length, { person });
  switch (first.event) {
    case "outcome-proposed":
      return t("{person} proposed an outcome.", { person });
    case "outcome-commented":
      return t("{person} commented.", { person });
    case "outcome-endorsed":
      return t("{person} endorsed an outcome.", { person });
    case "outcomes-signed":
      return t("{person} signed.", { person });
    case "outcomes-adopted":
      return t("{person} adopted the outcomes.", { person });
    default:
      return t("{person} changed these outcomes.", { person });
  }
}
