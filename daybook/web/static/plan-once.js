/**
 * What of the document is drawn again, and when: a priority or a strategy is left alone while nothing that its drawing
 * depends on is another one than before.
 */

import { mayShape } from "./plan-can.js";
import { openWithin } from "./plan-parts.js";
import { presenceWithin } from "./plan-present.js";
import { waitingBy } from "./plan-passage.js";
import { partsUnder, retiredAt } from "./plan-view.js";
import { setChildPartValue } from "./vendor/lit-html/directive-helpers.js";
import { Directive, directive } from "./vendor/lit-html/directive.js";
import { guard } from "./vendor/lit-html/directives/guard.js";
import { noChange } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** @type {Map<string, (sheet: Sheet) => void>} how each priority's head and each strategy is drawn again where it stands */
const standing = new Map();

class Once extends Directive {
  /** @type {unknown[]} */
  #reasons = [];

  /** @param {Sheet} sheet @param {string} part @param {(sheet: Sheet, part: string) => unknown} draw @returns {unknown} */
  render(sheet, part, draw) {
    const why = reasons(sheet, part);
    if (why.length === this.#reasons.length && why.every((one, at) => one === this.#reasons[at])) return noChange;
    this.#reasons = why;
    return draw(sheet, part);
  }

  /** @override @param {import("./vendor/lit-html/lit-html.js").ChildPart} place @param {[Sheet, string, (sheet: Sheet, part: string) => unknown]} given */
  update(place, [sheet, part, draw]) {
    standing.set(part, (then) => setChildPartValue(place, this.render(then, part, draw), this));
    return this.render(sheet, part, draw);
  }
}

/** Draw a priority's head or a strategy, again only when something of it is another one than before. */
export const once = directive(Once);

/** Draw strategies again where they stand, and nothing else: for a sheet in which nothing besides differs from the one drawn last. @param {Sheet} sheet @param {string[]} parts */
export function again(sheet, parts) {
  for (const part of parts) standing.get(part)?.(sheet);
}

/**
 * A priority with all that stands under it. What has not changed is left alone at once: of two hundred strategies, a step
 * of a replay looks at those beside the one that it changed.
 *
 * @param {Sheet} sheet
 * @param {string} part
 * @param {(sheet: Sheet, part: string) => unknown} draw
 */
export function whole(sheet, part, draw) {
  const { view, groups, numbers, people, glow, today, texts } = sheet;
  const strategies = partsUnder(view, part, "strategy");
  const chosen = sheet.chosen && strategies.includes(`strategy:${sheet.chosen}`) ? sheet.chosen : null;
  const forms = sheet.open.size === 0 ? null : {}; // one under way is drawn each time
  const shared = [view["order:plan"], groups.get("talk"), people, glow, today, texts, ofAll(sheet), chosen, forms];
  return guard([...shared, ...[part, ...strategies].flatMap((one) => [numbers[one], groups.get(one)])], () => draw(sheet, part));
}

/** All that the drawing of a priority or a strategy depends on. @param {Sheet} sheet @param {string} part */
function reasons(sheet, part) {
  const entry = sheet.view[part];
  return [sheet.groups.get(part), sheet.numbers[part], sheet.chosen === entry?.strategy, sheet.texts.outcomes[entry?.outcome], sheet.texts.works_on[entry?.priority]?.join(), ...around(sheet, part)];
}

/** What that depends on besides its own entries, its number and whose check-ins are read. @param {Sheet} sheet @param {string} part */
export function around(sheet, part) {
  const { groups, view } = sheet;
  const group = groups.get(part);
  const within = (/** @type {string} */ place) => place === part || (group !== undefined && (place in group || `text:${place}` in group));
  return [
    retiredAt(view, part),
    // Neighbours and other priorities say where it can be moved, for those who may move it.
    mayShape(sheet.rights, "strategy") ? view[`order:${part.startsWith("priority:") ? "plan" : `priority:${view[part]?.priority}`}`] : null,
    waitingWithin(sheet, within),
    ofAll(sheet),
    late(group, sheet.today),
    presenceWithin(sheet, part),
    sheet.glow.size === 0 ? "" : [...sheet.glow].filter((key) => group && key in group).join(),
    openWithin(sheet, part) ? {} : null, // a form under way is drawn each time
  ];
}

/** @type {WeakMap<object, string[]>} by group, the days on which steps that are not done are due */
const dues = new WeakMap();

/** How many action steps of a group are overdue: as the days go by, that changes with nothing else. @param {Record<string, any> | undefined} group @param {string} today */
function late(group, today) {
  if (!group) return 0;
  let days = dues.get(group);
  if (!days) {
    days = Object.values(group).flatMap((entry) => (entry.kind === "action" && entry.due && entry.status !== "done" ? [entry.due] : []));
    dues.set(group, days);
  }
  return days.filter((day) => day < today).length;
}

/** @type {WeakMap<Sheet, string>} */
const ofAlls = new WeakMap();

/** What the drawing of each of them depends on, told once for all of two hundred. @param {Sheet} sheet */
function ofAll(sheet) {
  let told = ofAlls.get(sheet);
  if (told === undefined) {
    const { rights, view, names, stale, sending } = sheet;
    const { may, free, open, late, refining, draft } = rights;
    const priorities = partsUnder(view, "plan", "priority").filter((one) => !view[one].retired_at).length;
    const offers = may.act ? [priorities, free, open, late, refining, draft] : []; // who does nothing is offered nothing, whatever the plan takes
    told = [Object.keys(names).length, stale && sending.length > 0, ...offers].join();
    ofAlls.set(sheet, told);
  }
  return told;
}

/** @param {Sheet} sheet @param {(place: string) => boolean} within */
function waitingWithin(sheet, within) {
  const waiting = waitingBy(sheet);
  return waiting.size === 0 ? "" : [...waiting].filter(([place]) => within(place)).join(" ");
}
