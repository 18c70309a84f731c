/**
 * A plan's view cut into small ones: one for each priority and strategy, one for what is said, one for the rest.
 *
 * Where nothing of a group changed, the same object comes back as before. So a renderer that is given a group
 * need not look at it again, and one changed entry among twelve thousand costs the drawing of its group alone.
 */

import { partOf, split } from "./plan-view.js";

/**
 * @typedef {Record<string, any>} View
 * @typedef {Map<string, View>} Groups by `plan`, `talk`, or a priority's or strategy's key
 */

/** The kinds of part whose words and readings belong to the group that the part belongs to. */
const CARRIES = new Set(["action", "measure", "support"]);

/**
 * @param {View} view
 * @param {Groups} [before]
 * @returns {Groups}
 */
export function groupsOf(view, before) {
  /** @type {Groups} */
  const groups = new Map();
  for (const key in view) {
    const name = groupOf(view, key);
    const group = groups.get(name);
    if (group) group[key] = view[key];
    else groups.set(name, { [key]: view[key] });
  }
  if (before) {
    for (const [name, group] of groups) {
      const old = before.get(name);
      if (old && same(old, group)) groups.set(name, old);
    }
  }
  return groups;
}

/**
 * The groups after a few entries were put, changed or removed: only what those belong to is looked at.
 *
 * @param {View} view
 * @param {Groups} before
 * @param {Iterable<string>} touched the keys of the entries that may be others than before
 * @returns {Groups}
 */
export function groupsAfter(view, before, touched) {
  /** @type {Groups} */
  const groups = new Map(before);
  const concerned = new Set(["plan"]); // what stands under a part that is gone belongs there
  let moved = false;
  for (const key of touched) {
    const name = key in view ? groupOf(view, key) : null;
    const old = name !== null && key in (groups.get(name) ?? {}) ? name : [...groups.keys()].find((one) => key in (groups.get(one) ?? {}));
    if (old !== undefined && old !== name) put(groups, old, key);
    if (name !== null) put(groups, name, key, view[key]);
    for (const one of [old, name]) if (one) concerned.add(one);
    moved ||= old !== name && CARRIES.has(split(key)[0]);
  }
  const strays = (/** @type {string} */ name) => Object.keys(groups.get(name) ?? {}).some((key) => groupOf(view, key) !== name);
  // A part that moved took with it what stands under it, wherever that is.
  return moved && [...concerned].some(strays) ? groupsOf(view, before) : groups;
}

/** Put an entry into a copy of a group, or take it out where there is none. @param {Groups} groups @param {string} name @param {string} key @param {any} [entry] */
function put(groups, name, key, entry) {
  const group = groups.get(name) ?? {};
  if (entry !== undefined) groups.set(name, key in group && group[key] === entry ? group : { ...group, [key]: entry });
  else {
    const { [key]: _, ...rest } = group;
    if (Object.keys(rest).length > 0) groups.set(name, rest);
    else groups.delete(name);
  }
}

/** The group that an entry belongs to. @param {View} view @param {string} key */
export function groupOf(view, key) {
  const [kind, rest] = split(key);
  switch (kind) {
    case "text":
      return groupOfPlace(view, rest);
    case "order":
      return rest;
    case "priority":
    case "strategy":
    case "action":
    case "measure":
    case "support":
      return groupOfPlace(view, key);
    case "reading":
      return groupOfPlace(view, `measure:${view[key].measure}`);
    case "status":
    case "check-in":
      return `strategy:${view[key].strategy}`;
    case "reflection":
      return `priority:${rest}`;
    case "proposal":
    case "mine":
    case "refinement":
    case "version":
      return "talk";
    default:
      return "plan";
  }
}

/** The group in which a part or a passage is drawn. @param {View} view @param {string} place */
export function groupOfPlace(view, place) {
  const part = partOf(place);
  const [kind] = split(part);
  switch (kind) {
    case "priority":
    case "strategy":
      return part;
    case "action":
    case "measure":
    case "support":
      return view[part] ? `strategy:${view[part].strategy}` : "plan";
    case "reading":
      return groupOfPlace(view, `measure:${place.split(":")[1]}`);
    case "refinement":
    case "proposal":
      return "talk";
    default:
      return "plan";
  }
}

/** Whether two hold the same under the same keys. @param {View} one @param {View} other */
export function same(one, other) {
  let more = 0;
  for (const key in other) {
    if (one[key] !== other[key]) return false;
    more += 1;
  }
  for (const _ in one) more -= 1;
  return more === 0;
}
