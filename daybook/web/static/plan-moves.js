/** Moving a part among its kind, and a strategy to another priority: the buttons, the handle, and what a move means. */

import { grip } from "./drag-handle.js";
import { t } from "./i18n.js";
import { act } from "./plan-parts.js";
import { lineOf, moveOf, parentOf, partsUnder, placesOf, split } from "./plan-view.js";
import { nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {string} part @param {string} title */
export function moves(sheet, part, title) {
  const { up, down } = placesOf(sheet.view, part);
  const about = (/** @type {string} */ after) => /** @type {Record<string, string>} */ (moveOf(part, parentOf(sheet.view, part), after));
  return [
    up === null ? nothing : act(sheet, "move-part", t("Move up"), { about: about(up), said: title }),
    down === null ? nothing : act(sheet, "move-part", t("Move down"), { about: about(down), said: title }),
  ];
}

/** What a hand takes hold of, beside the buttons; there where it can be moved at all. @param {Sheet} sheet @param {string} part */
export function handle({ view }, part) {
  const { up, down } = placesOf(view, part);
  const elsewhere = part.startsWith("strategy:") && partsUnder(view, "plan", "priority").filter((one) => !view[one].retired_at).length > 1;
  return up === null && down === null && !elsewhere ? nothing : grip();
}

/** Where a part stands now, in a sentence for those who listen. @param {Sheet} sheet @param {string} part @param {boolean} elsewhere under another one than before */
export function placed({ view }, part, elsewhere) {
  const under = parentOf(view, part);
  const siblings = partsUnder(view, under, /** @type {any} */ (split(part)[0])).filter((one) => !view[one].retired_at);
  const said = { part: lineOf(view, part), n: siblings.indexOf(part) + 1, count: siblings.length };
  return elsewhere
    ? t("Now {n} of {count} under “{priority}”: {part}", { ...said, priority: lineOf(view, under) })
    : t("Now {n} of {count}: {part}", said);
}
