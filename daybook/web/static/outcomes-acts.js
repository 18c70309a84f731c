/** What can be pressed on the page of June Outcomes besides its forms. */

import { listen as listenToForms } from "./page-acts.js";

/** @typedef {import("./outcomes.js").Desk} Desk */

/** @param {Desk} desk */
export function listen(desk) {
  const page = /** @type {HTMLElement} */ (document.getElementById("outcomes"));
  listenToForms(page, desk);
  // `toggle` does not bubble, so it is caught on its way down.
  page.addEventListener("toggle", (event) => {
    const { dataset, open } = /** @type {HTMLDetailsElement} */ (event.target);
    const fold = dataset["fold"];
    if (!fold) return;
    if (open) desk.own.open.add(fold);
    else desk.own.open.delete(fold);
  }, true);
}

/** The text that something stands in. @param {Element} element @returns {string | null} */
export function placeAt(element) {
  const text = /** @type {HTMLElement | null} */ (element.closest("[data-place]"));
  return text?.dataset["place"] ?? null;
}
