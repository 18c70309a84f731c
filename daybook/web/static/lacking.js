/** What is lacking before something is adopted, as a list for whoever is about to. */

import { t } from "./i18n.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {{ must: string[], could: string[] }} Lacking sentences; without what `must` names nobody can adopt it */

/** @param {Lacking} lacking */
export function lackingOf({ must, could }) {
  const list = (/** @type {string} */ title, /** @type {string[]} */ sentences) =>
    sentences.length > 0 ? html`<p><strong>${title}</strong></p><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>` : nothing;
  return html`<div class="lacking small">${list(t("Before it can be adopted:"), must)}${list(t("Worth a look before it is adopted:"), could)}</div>`;
}
