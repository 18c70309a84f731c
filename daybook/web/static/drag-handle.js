/** What a hand takes hold of. Shown once `drag.js` is there, and silent: whoever does not see it has the buttons. */

import { t } from "./i18n.js";
import { html, svg } from "./vendor/lit-html/lit-html.js";

const DOTS = [2, 8].flatMap((x) => [2, 8, 14].map((y) => svg`<circle cx=${x} cy=${y} r="1.5"/>`));

export function grip() {
  return html`<span class="drag-handle no-print" aria-hidden="true" title=${t("Drag to move")}><svg viewBox="0 0 10 16" width="10" height="16" focusable="false">${DOTS}</svg></span>`;
}
