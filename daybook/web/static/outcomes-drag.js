/** Putting June Outcomes in order by hand. A page loads this for those who steer the draft. */

import { draggable } from "./drag.js";
import { t } from "./i18n.js";
import { arranging } from "./outcomes-parts.js";
import { moveTo, pageOf } from "./outcomes-view.js";
import { finish } from "./page-acts.js";

/** @param {import("./outcomes.js").Desk} desk */
export function dragOutcomes(desk) {
  const root = /** @type {HTMLElement} */ (document.getElementById("outcomes"));
  root.classList.add("can-drag");
  draggable(/** @type {HTMLElement} */ (document.getElementById("document-body")), {
    held(handle) {
      const item = /** @type {HTMLElement | null} */ (handle.closest("li:has(> article.outcome)"));
      return item?.parentElement ? { item, lists: [item.parentElement], items: "li" } : null;
    },
    onlift: () => desk.page.hold(), // what others change meanwhile must not move what is below the hand
    ondrop: (item, place) => {
      desk.page.letGo();
      if (place?.over) drop(desk, outcomeOf(item), { beside: outcomeOf(place.over), side: place.side });
    },
  });
}

/** @param {HTMLElement} item */
function outcomeOf(item) {
  return item.querySelector("article.outcome")?.id.slice("outcome-".length) ?? "";
}

/** @param {import("./outcomes.js").Desk} desk @param {string} outcome @param {Parameters<typeof moveTo>[2]} place */
function drop(desk, outcome, place) {
  const sheet = desk.sheet();
  const after = arranging(sheet) ? moveTo(sheet.view, outcome, place) : undefined;
  if (after === undefined) desk.fail(t("The page changed while you held it, so nothing was moved. Try again."));
  else if (after !== null) {
    finish(desk, "act", "move-outcome", { outcomes: pageOf(sheet.view).outcomes, outcome, ...(after ? { after } : {}) });
  }
}
