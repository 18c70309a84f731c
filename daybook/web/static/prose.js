/** Long texts on screen; what their marks mean is in `prose-text.js`. */

import { t } from "./i18n.js";
import { htmlOf } from "./prose-text.js";
import { html } from "./vendor/lit-html/lit-html.js";
import { unsafeHTML } from "./vendor/lit-html/directives/unsafe-html.js";

/** A text to read, or a note that it was erased; within an element of class `prose-text`. @param {string | null} text */
export function prose(text) {
  if (text === null) return html`<p><em class="muted">${t("These words were erased.")}</em></p>`;
  return unsafeHTML(htmlOf(text)); // escaped by the reader, whose HTML is off
}
