/** What changes of others mean to the person in front of the plan: a glow, and a sentence for those who listen. */

import { t, tn } from "./i18n.js";
import { lineOf, partOf, split } from "./plan-view.js";

/**
 * @typedef {import("./live-state.js").Change} Change
 * @typedef {import("./plan-view.js").View} View
 */

/** The entries that others changed. @param {Change[]} applied @param {string} me @returns {string[]} */
export function changedByOthers(applied, me) {
  return applied.filter(({ actor }) => actor !== me).flatMap(({ patch }) => Object.keys(patch).filter((key) => patch[key] !== null));
}

/**
 * One sentence for all that others changed in a while.
 *
 * @param {Change[]} applied
 * @param {View} view
 * @param {string} me
 * @param {(person: string) => string} name
 * @returns {string} empty when nobody else did anything
 */
export function sentence(applied, view, me, name) {
  const others = applied.filter(({ actor }) => actor !== me);
  const [first] = others;
  if (!first) return "";
  const people = new Set(others.map(({ actor }) => actor));
  if (people.size > 1) return tn("{n} change by others", "{n} changes by others", others.length);
  const person = name(first.actor);
  if (others.length > 1) return tn("{n} change by {person}", "{n} changes by {person}", others.length, { person });
  switch (first.event) {
    case "plan-adopted":
      return t("{person} adopted the plan.", { person });
    case "refinement-opened":
      return t("{person} opened a refinement.", { person });
    case "refinement-closed":
      return t("{person} closed the refinement.", { person });
    case "plan-closed":
      return t("{person} closed the year.", { person });
  }
  const part = about(first, view);
  return part ? t("{person} changed: {part}", { person, part }) : t("{person} changed the plan.", { person });
}

/** The line of what a change is about. @param {Change} change @param {View} view */
function about({ patch }, view) {
  for (const key of Object.keys(patch)) {
    const [kind, rest] = split(key);
    const place = kind === "text" ? partOf(rest) : kind === "reading" ? `measure:${rest.split(":")[0]}` : kind === "status" ? `strategy:${rest}` : key;
    const line = lineOf(view, place);
    if (line) return line;
  }
  return "";
}

const PEOPLE = ["by", "owner", "person", "reported_by", "answered_by", "opened_by", "proposed_by"];

/** The people whom a plan mentions. @param {View} view @returns {string[]} */
export function mentioned(view) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const key in view) {
    const entry = view[key];
    for (const field of PEOPLE) if (entry[field]) found.add(entry[field]);
    if (entry.agreed) for (const person of entry.agreed) found.add(person);
  }
  return [...found];
}
