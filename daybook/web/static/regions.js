/** The parts of a page that are drawn from a view's entries, each by the id of the element it is drawn in. */

import { render } from "./vendor/lit-html/lit-html.js";

/** @param {string} id */
export function region(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** Empty what the server drew, so that it can be drawn here. @param {Record<string, unknown>} regions */
export function clear(regions) {
  for (const id of Object.keys(regions)) region(id).replaceChildren();
}

/**
 * Draw regions from what is true now.
 *
 * @template M
 * @param {Record<string, (model: M) => unknown>} regions
 * @param {M} model
 * @param {(id: string) => boolean} [wanted] whether a region may look another way than when it was drawn last
 */
export function draw(regions, model, wanted = () => true) {
  for (const [id, drawn] of Object.entries(regions)) if (wanted(id)) render(drawn(model), region(id));
}
