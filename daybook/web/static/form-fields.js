/**
 * Forms that the server describes (`server/plan_forms.py`), drawn here from the same description as by
 * `templates/fields.html`. Their fields are the command's own, so that they also work without scripts.
 */

import { FIND, pick } from "./form-pick.js";
import { number, t } from "./i18n.js";
import { length } from "./prose-text.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";

/**
 * @typedef {{ name: string, kind: string, label: string, hint: string, missing: string, most: number,
 *   options: [string, string][] }} Field
 * @typedef {{ type: string, at: string, title: string, button: string, fields: Field[], intro: string, makes: string,
 *   replaces: boolean, after: boolean, sets: boolean, english: boolean, danger: boolean }} Form
 * @typedef {{ label: string, options: [string, string][] }[]} Choices in groups; one without a label stands by itself
 * @typedef {Record<string, string | string[]>} Draft
 *
 * @typedef {object} Drawing what a form is drawn with
 * @property {Form} form
 * @property {string} [about] what the form changes, for those who do not see where it stands
 * @property {string} key the form's name, such as `add-action@strategy:readers`
 * @property {Record<string, string>} hidden
 * @property {Draft} values what stands in the fields
 * @property {Record<string, string>} faults sentences by field; "" is the whole form
 * @property {(field: Field) => Choices} choices
 * @property {number} [waiting] how many refused commands wait until this form is free
 * @property {unknown} [above] what stands between the heading and the fields
 * @property {string} [button] another word on the button
 * @property {unknown} [stuck] why it cannot be saved now; nothing where it can
 * @property {boolean} [rests] whether the button does nothing for a moment
 */

/** What stands in a form, its hidden fields aside. @param {HTMLFormElement} form @returns {Draft} */
export function fieldsOf(form) {
  /** @type {Draft} */
  const fields = {};
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (field.name === "indicators") {
      const list = /** @type {string[]} */ (fields["indicators"] ??= []);
      if (field.checked) list.push(field.value);
    } else if (field.type === "checkbox") {
      fields[field.name] = field.checked ? field.value : "";
    } else if (field.type === "radio") {
      if (field.checked || !(field.name in fields)) fields[field.name] = field.checked ? field.value : "";
    } else {
      fields[field.name] = field.value;
    }
  }
  return fields;
}

/** The id that a refused form had made: sent anew it keeps it, so that what was built upon it still finds it. @param {Form} form @param {Draft | undefined} draft @returns {Record<string, string>} */
export function madeBefore(form, draft) {
  const made = draft?.["makes"];
  return form.makes && typeof made === "string" ? { [form.makes]: made } : {};
}

/** What a form sends without asking for it. @param {HTMLFormElement} form @returns {Record<string, string>} */
export function hiddenIn(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=hidden]"));
  return Object.fromEntries([...fields].map(({ name, value }) => [name, value]));
}

const MOST_ON_SCREEN = 0.9; // of what a field takes: from there on it says how much is left

/** @param {Drawing} drawing */
export function formFields(drawing) {
  const { form, about = "", key, hidden, faults, stuck, waiting = 0 } = drawing;
  return html`<form class="fields" id="form-${key}" method="post" action="/commands" data-form=${key} aria-label=${about ? `${form.title}: ${about}` : form.title}>
    ${faults[""] ? html`<div class="error-summary" role="alert" tabindex="-1"><p>${faults[""]}</p></div>` : summary(drawing)}
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
    ${form.intro ? html`<p class="muted small">${form.intro}</p>` : nothing}
    ${waiting > 0 ? html`<p class="calm">${t("Something else you wrote came back and waits until this form is empty.")}</p>` : nothing}
    ${stuck ? html`<div class="clash" id="stuck-${key}" role="alert" tabindex="-1">${stuck}</div>` : nothing}
    ${drawing.above ?? nothing}
    ${form.fields.map((field) => one(drawing, field))}
    <div class="button-row"><button class="button ${form.danger ? "danger" : ""}" type="submit" aria-disabled=${drawing.rests || stuck ? "true" : nothing}
        aria-describedby=${stuck ? `stuck-${key}` : nothing}>${drawing.button ?? form.button}</button>
      <button class="button secondary" type="button" data-do="close" data-form=${key}>${t("Cancel")}</button></div>
  </form>`;
}

/** What is wrong in a form of several fields, above them all, each with the way there. @param {Drawing} drawing */
function summary({ form, key, faults }) {
  const wrong = form.fields.filter(({ name }) => faults[name]);
  if (form.fields.length === 1 || wrong.length === 0) return nothing;
  return html`<div class="error-summary" role="alert"><p>${t("There is a problem")}</p>
    <ul class="plain">${wrong.map(({ name, label }) => html`<li><a href="#${key}-${name}" data-do="field" data-field="${key}-${name}">${label}: ${faults[name]}</a></li>`)}</ul></div>`;
}

/** @param {Drawing} drawing @param {Field} field */
function one(drawing, field) {
  const id = `${drawing.key}-${field.name}`;
  const fault = drawing.faults[field.name];
  if (field.kind === "check") {
    return html`<div class="field"><label class="choice"><input type="checkbox" name=${field.name} value="true" .checked=${live(held(drawing, field) === "true")}>
      <span>${field.label}</span></label></div>`;
  }
  if (field.kind === "indicators") return indicators(drawing, field);
  if (field.kind === "citations") {
    const wanted = String(drawing.values[FIND] ?? "");
    return pick(id, field, { value: held(drawing, field), wanted, fault: fault ?? "", hint: field.hint, choices: drawing.choices(field) });
  }
  const said = [field.hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  return html`<div class="field ${fault ? "wrong" : ""}"><label for=${id}>${field.label}${field.missing ? nothing : html` <span class="muted">${t("(optional)")}</span>`}</label>
    ${field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : nothing}
    ${fault ? html`<p class="error-message" id="${id}-fault">${fault}</p>` : nothing}
    ${control(drawing, field, id, said, Boolean(fault))}
    ${field.most ? counter(held(drawing, field), field.most) : nothing}</div>`;
}

/** @param {Drawing} drawing @param {Field} field @param {string} id @param {string} said @param {boolean} wrong */
function control(drawing, field, id, said, wrong) {
  const value = held(drawing, field);
  const invalid = wrong ? "true" : nothing;
  const about = said || nothing;
  switch (field.kind) {
    case "prose":
      return html`<textarea id=${id} name=${field.name} rows="4" aria-describedby=${about} aria-invalid=${invalid} .value=${live(value)}></textarea>`;
    case "line":
      return html`<input id=${id} name=${field.name} type="text" autocomplete="off" aria-describedby=${about} aria-invalid=${invalid} .value=${live(value)}>`;
    case "number":
      return html`<input id=${id} name=${field.name} type="text" inputmode="decimal" class="short" autocomplete="off" aria-describedby=${about} aria-invalid=${invalid} .value=${live(value)}>`;
    case "date":
      return html`<input id=${id} name=${field.name} type="date" aria-describedby=${about} aria-invalid=${invalid} .value=${live(value)}>`;
    default: {
      const option = (/** @type {[string, string]} */ [key, word]) => html`<option value=${key} .selected=${live(key === value)}>${word}</option>`;
      return html`<select id=${id} name=${field.name} aria-describedby=${about} aria-invalid=${invalid}>
        <option value="" .selected=${live(value === "")}>${field.missing ? t("Choose") : t("Nobody")}</option>
        ${drawing.choices(field).map(({ label, options }) => (label ? html`<optgroup label=${label}>${options.map(option)}</optgroup>` : options.map(option)))}</select>`;
    }
  }
}

/** Groups in which something was chosen, by form and group: they stand open, and do not close under the hand that takes the last choice back. @type {Set<string>} */
const opened = new Set();

/** @param {Drawing} drawing @param {Field} field */
function indicators(drawing, field) {
  const fault = drawing.faults[field.name];
  const value = drawing.values[field.name];
  const chosen = Array.isArray(value) ? value : value ? [value] : [];
  const groups = drawing.choices(field);
  for (const { label, options } of groups) if (options.some(([key]) => chosen.includes(key))) opened.add(`${drawing.key} ${label}`);
  return html`<fieldset class="field ${fault ? "wrong" : ""}" id="${drawing.key}-${field.name}" tabindex="-1"><legend>${field.label}</legend>
    ${fault ? html`<p class="error-message">${fault}</p>` : nothing}
    ${groups.map(({ label, options }) => html`<details class="choices" ?open=${opened.has(`${drawing.key} ${label}`)}><summary>${label}</summary>${options.map(
      ([key, word]) => html`<label class="choice"><input type="checkbox" name=${field.name} value=${key} .checked=${live(chosen.includes(key))}>
        <span><span class="code">${key}</span> ${word}</span></label>`)}</details>`)}</fieldset>`;
}

/** @param {string} text @param {number} most */
function counter(text, most) {
  const count = length(text);
  if (count < most * MOST_ON_SCREEN) return nothing;
  const over = count > most;
  return html`<p class="count small ${over ? "over" : "muted"}">${
    over
      ? t("{n} characters too many", { n: number(count - most) })
      : t("{n} of {most} characters", { n: number(count), most: number(most) })}</p>`;
}

/** @param {Drawing} drawing @param {Field} field @returns {string} */
function held({ values }, field) {
  const value = values[field.name];
  return typeof value === "string" ? value : "";
}
