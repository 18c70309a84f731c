/**
 * Choosing one of many: a list of radio buttons in groups, and words that say which of them to show.
 *
 * Radio buttons are found by Tab and gone through by arrow keys as everywhere. Without scripts the same is a list
 * to unfold (`templates/fields.html`), by the same groups.
 */

import { found } from "./form-find.js";
import { number, t } from "./i18n.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** What is typed to find something is kept with a form's draft under this name, and is no field of a command. */
export const FIND = "find";

const FEW = 8; // that many are seen at once

/** @typedef {{ value: string, wanted: string, fault: string, hint: string, choices: import("./form-fields.js").Choices }} Picking */

/** @param {string} id @param {import("./form-fields.js").Field} field @param {Picking} picking */
export function pick(id, field, { value, wanted, fault, hint, choices }) {
  const count = choices.reduce((sum, { options }) => sum + options.length, 0);
  const groups = found(choices, wanted, value);
  const left = groups.reduce((sum, { options }) => sum + options.length, 0);
  const about = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ") || nothing;
  const first = groups[0]?.options[0]?.[0];
  const many = count > FEW;
  return html`<fieldset class="field pick ${fault ? "wrong" : ""}" aria-describedby=${about}><legend>${field.label}</legend>
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${fault ? html`<p class="error-message" id="${id}-fault">${fault}</p>` : nothing}
    ${count === 0 ? html`<p class="calm">${t("There is nothing to choose yet.")}</p>` : nothing}
    ${many ? html`<div class="pick-find"><label for=${id}>${t("Show those with these words")}</label>
      <input id=${id} name=${FIND} type="search" autocomplete="off" data-find aria-controls="${id}-list" .value=${live(wanted)}></div>
      <p class="small muted" role="status">${left === 0 ? t("Nothing has all of these words.") : t("{n} of {count} shown", { n: number(left), count: number(count) })}</p>` : nothing}
    <div class="pick-list" id="${id}-list">${repeat(groups, ({ label }) => label, ({ label, options }, at) => html`<div role="group" aria-labelledby="${id}-group-${at}">
      <p class="pick-group" id="${id}-group-${at}">${label}</p>
      ${repeat(options, ([key]) => key, ([key, words]) => html`<label class="choice"><input type="radio" name=${field.name} value=${key} id=${!many && key === first ? id : nothing} .checked=${live(key === value)}>
        <span>${words}</span></label>`)}</div>`)}</div></fieldset>`;
}
