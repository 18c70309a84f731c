/** Moving a part up and down among its kind. */

import { t } from "./i18n.js";
import { act } from "./plan-parts.js";
import { parentOf, placesOf } from "./plan-view.js";
import { nothing } from "./vendor/lit-html/lit-html.js";

/** @param {import("./plan-parts.js").Sheet} sheet @param {string} part @param {string} title */
export function moves(sheet, part, title) {
  const { up, down } = placesOf(sheet.view, part);
  const under = parentOf(sheet.view, part);
  const about = (/** @type {string} */ after) => ({ part, ...(under === "plan" ? {} : { under }), ...(after ? { after } : {}) });
  return [
    up === null ? nothing : act(sheet, "move-part", t("Move up"), { about: about(up), said: title }),
    down === null ? nothing : act(sheet, "move-part", t("Move down"), { about: about(down), said: title }),
  ];
}
