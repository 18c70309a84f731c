/** Parts that are no longer pursued. */

import { t } from "./i18n.js";
import { mayErase, mayShape } from "./plan-can.js";
import { act, formHere, glows, home, opener, word } from "./plan-parts.js";
import { anchor, retiredAt } from "./plan-view.js";
import { prose } from "./prose.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** A part that is no longer pursued, folded to one line. @param {import("./plan-parts.js").Sheet} sheet @param {string} part @param {string} title */
export function retired(sheet, part, title) {
  const entry = sheet.view[part];
  const kind = entry.kind;
  const above = retiredAt(sheet.view, part);
  return html`<details class="retired ${glows(sheet, part)}" id=${anchor(part)} data-part=${part}><summary><span class="muted">${t("Retired")}:</span> ${title || word(sheet, kind)}</summary>
    ${entry.reason === undefined ? nothing : html`<div class="prose-text">${prose(entry.reason)}</div>`}
    ${kind === "strategy" ? html`<p><a href="${home(sheet)}/why/${entry.strategy}">${t("Why is this here?")}<span class="visually-hidden"> ${title}</span></a></p>` : nothing}
    ${mayShape(sheet.rights, kind) && above === part
      ? act(sheet, "restore-part", t("Restore"), { about: { part }, look: "button secondary", said: title })
      : nothing}
    ${mayErase(sheet.rights) ? html`<p>${opener(sheet, `redact-plan-words@${part}`, t("Erase these words…"), { about: title })}</p>` : nothing}
    ${formHere(sheet, `redact-plan-words@${part}`)}</details>`;
}
