/** What keeps a form of the plan from being sent, said where it can be mended. The server's rules say the same of what arrives. */

import { calendarDay, number, t } from "./i18n.js";
import { WHOLE } from "./plan-forms.js";
import { planOf, wordsOf } from "./plan-view.js";
import { length } from "./prose-text.js";

/**
 * @typedef {import("./plan-forms.js").Form} Form
 * @typedef {import("./plan-view.js").View} View
 */

/**
 * The first fault of each field, by its name.
 *
 * @param {Form} form
 * @param {Record<string, any>} data the command that the form stands for
 * @param {View} view
 * @param {string} today where the device is, as 2026-03-17
 * @returns {Record<string, string>}
 */
export function faultsOf(form, data, view, today) {
  /** @type {Record<string, string>} */
  const faults = {};
  for (const field of form.fields) {
    const { name } = field;
    const value = { to: data["under"], citation: data["citation"] }[name] ?? data[name];
    const fault = faultOf(field, value) || (field.kind === "date" && value ? ofDay(name, value, view, today) : "") || ofPlace(form, name, data, view);
    if (fault) faults[name] = fault;
  }
  return faults;
}

/** What is wrong with one field by itself. @param {import("./form-fields.js").Field} field @param {any} value */
function faultOf({ name, kind, missing, most }, value) {
  if (missing && (value === undefined || value === "" || (Array.isArray(value) && value.length === 0))) return missing;
  if (Number.isNaN(value)) return missing || t("Write a number, such as 42.5.");
  if (most && typeof value === "string" && length(value) > most) return t("Shorten this to {n} characters.", { n: number(most) });
  if (WHOLE.has(name) && kind === "number" && value !== undefined && !Number.isInteger(value)) return t("Write a whole number.");
  return "";
}

/** What is wrong with a day: it is of another year, or tells of what has not come. @param {string} name @param {string} on @param {View} view @param {string} today */
function ofDay(name, on, view, today) {
  const { quarters, ends } = planOf(view);
  const [first = ""] = quarters;
  const date = calendarDay(on);
  if (on < first || on > ends) {
    return t("{date} is not a day of this plan's year. Choose one from {first} to {last}.", { date, first: calendarDay(first), last: calendarDay(ends) });
  }
  // Somewhere on Earth it may be tomorrow already.
  const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  return name === "on" && on > tomorrow ? t("{date} has not come yet. Choose a day that has been.", { date }) : "";
}

/** What is wrong with a field beside the others, or with what stands in the plan. @param {Form} form @param {string} name @param {Record<string, any>} data @param {View} view */
function ofPlace({ type }, name, data, view) {
  if (name === "target" && Number.isFinite(data["baseline"]) && Number.isFinite(data["target"])) {
    const lower = data["lower_is_better"] ?? view[`measure:${data["measure"]}`]?.lower_is_better ?? false;
    if (lower && data["target"] > data["baseline"]) return t("The target is above the baseline, though lower is better for this measure. Check both numbers.");
    if (!lower && data["target"] < data["baseline"]) return t("The target is below the baseline, though higher is better for this measure. Check both numbers.");
  }
  if (name === "text" && type === "propose-change" && data["passage"] && wordsOf(view, data["passage"])?.text === data["text"]) {
    return t("These words stand there already. Write what should stand there instead.");
  }
  return "";
}
