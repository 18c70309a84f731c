/** Moving parts of a plan by hand. A page loads this once its reader may move any. */

import { draggable } from "./drag.js";
import { t } from "./i18n.js";
import { mayShape } from "./plan-can.js";
import { moveTo, retiredAt, split } from "./plan-view.js";

/**
 * @typedef {import("./plan.js").Desk} Desk
 * @typedef {import("./drag.js").Held} Held
 */

/** @param {Desk} desk */
export function dragParts(desk) {
  const plan = /** @type {HTMLElement} */ (document.getElementById("plan"));
  plan.classList.add("can-drag");
  draggable(/** @type {HTMLElement} */ (document.getElementById("document-body")), {
    held,
    onlift: () => desk.page.hold(), // what others change meanwhile must not move what is below the hand
    ondrop: (item, place) => {
      desk.page.letGo();
      if (place) drop(desk, partOf(item), { under: parentAt(place.list), beside: place.over && partOf(place.over), side: place.side });
    },
  });
}

/** What a handle moves: the part that it stands in, among its kind, and a strategy under any priority that is pursued. @param {HTMLElement} handle @returns {Held | null} */
function held(handle) {
  const part = /** @type {HTMLElement | null} */ (handle.closest("[data-part]"));
  switch (split(part?.dataset["part"] ?? "")[0]) {
    case "priority":
      return within(part, "section.priority");
    case "strategy": {
      const lists = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#document-body > section.priority:has(> .priority-head)"));
      return part && { item: part, lists: [...lists], items: "article.strategy" };
    }
    default:
      return within(part, "li");
  }
}

/** @param {HTMLElement | null} part @param {string} items @returns {Held | null} */
function within(part, items) {
  const item = /** @type {HTMLElement | null | undefined} */ (part?.closest(items));
  return item?.parentElement ? { item, lists: [item.parentElement], items } : null;
}

/** The part of an item of a list. @param {HTMLElement} item */
function partOf(item) {
  const part = item.dataset["part"] ?? /** @type {HTMLElement | null} */ (item.querySelector("[data-part]"))?.dataset["part"];
  return part ?? "";
}

/** What a list stands under: a strategy its steps and measures, a priority its strategies. @param {HTMLElement} list */
function parentAt(list) {
  if (list.matches("section.priority")) return partOf(list);
  return /** @type {HTMLElement | null} */ (list.closest("article.strategy"))?.dataset["part"] ?? "plan";
}

/** @param {Desk} desk @param {string} part @param {Parameters<typeof moveTo>[2]} place */
function drop(desk, part, place) {
  const { rights, view } = desk.sheet();
  const move = part in view && !retiredAt(view, part) && mayShape(rights, split(part)[0]) ? moveTo(view, part, place) : "gone";
  if (move === "gone") desk.fail(t("The plan changed while you held it, so nothing was moved. Try again."));
  else if (move) desk.move(move);
}
