/** The table of contents: priorities and their strategies, with how each goes. */

import { t } from "./i18n.js";
import { word } from "./plan-parts.js";
import { anchor, calledIn, nameOfPart, partsUnder, versionsOf } from "./plan-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** @param {Sheet} sheet */
export function contents(sheet) {
  const pursued = (/** @type {string} */ part) => part in sheet.numbers;
  const priorities = partsUnder(sheet.view, "plan", "priority").filter(pursued);
  return html`<div class="pane-head"><h2 id="contents-title" tabindex="-1">${t("Contents")}</h2><a class="drawer-close" href="#document">${t("Close")}</a></div>
    <ol class="toc plain">
      ${sheet.rights.refining ? html`<li><a href="#refining">${t("Open refinement")}</a></li>` : nothing}
      <li><a href="#vision">${t("Vision")}</a></li>
      ${repeat(priorities, (part) => part, (part) => {
        const strategies = partsUnder(sheet.view, part, "strategy").filter(pursued);
        // What has not changed is left alone at once, which is most of two hundred strategies.
        return guard([part, ...strategies].flatMap((one) => [sheet.numbers[one], sheet.groups.get(one)]), () => html`<li><a href="#${anchor(part)}"><span class="code">${sheet.numbers[part]}</span> ${calledIn(sheet.view, part)}</a>
          <ol class="plain">${repeat(strategies, (one) => one, (one) => entry(sheet, one))}</ol></li>`);
      })}
      <li><a href="#family">${t("For families")}</a></li>
      ${versionsOf(sheet.groups.get("talk") ?? {}).length > 0 ? html`<li><a href="#past">${t("Refinements and versions")}</a></li>` : nothing}</ol>`;
}

/** @param {Sheet} sheet @param {string} part */
function entry(sheet, part) {
  const status = sheet.view[`status:${sheet.view[part].strategy}`]?.status;
  const drawn = () => html`<li><a href="#${anchor(part)}"><span class="code">${sheet.numbers[part]}</span> ${calledIn(sheet.view, part)}${
    status ? html` <span class="status ${status}"><span class="status-dot" aria-hidden="true"></span><span class="visually-hidden">${word(sheet, status)}</span></span>` : nothing}</a></li>`;
  return guard([sheet.numbers[part], sheet.view[`text:${nameOfPart(part)}`], status], drawn);
}
