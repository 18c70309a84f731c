/**
 * The forms of June Outcomes to commands and back. A form is named by its kind and its place, such as
 * `word-outcome@readers:measure:en`; what it asks for is described by the server, and carried by the page.
 */

import { uuid } from "./commands.js";
import { number, t } from "./i18n.js";
import { outcomeOf, pageOf, wordsOf } from "./outcomes-view.js";
import { length } from "./room-forms.js";

/**
 * @typedef {import("./form-fields.js").Form} Form
 * @typedef {import("./form-fields.js").Draft} Draft
 * @typedef {Record<string, Form>} Forms
 * @typedef {import("./outcomes-view.js").View} View
 * @typedef {Record<string, { review: string, level: number, levels: number, now: string }>} Standing by indicator
 */

// Control and direction characters come along when text is pasted from a PDF; the server takes none.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const WHOLE = new Set(["target", "version"]);
const AIMING = new Set(["aim-outcome", "amend-aim"]);
const WORDING = new Set(["word-outcome", "translate-outcome", "amend-outcome"]);

/** @param {string} key @returns {[string, string]} the kind of a form and its place */
export function formAt(key) {
  const at = key.indexOf("@");
  return [key.slice(0, at), key.slice(at + 1)];
}

/** The passage that a form puts into words; null when it puts none. @param {string} key @returns {string | null} */
export function passageAt(key) {
  const [kind, place] = formAt(key);
  return WORDING.has(kind) ? place : null;
}

/**
 * The fields of a form that are not asked for.
 *
 * @param {View} view
 * @param {Form} form
 * @param {string} key
 * @param {Standing} standing
 * @returns {Record<string, string>}
 */
export function hiddenOf(view, form, key, standing) {
  const [kind, place] = formAt(key);
  /** @type {Record<string, string>} */
  const hidden = { type: form.type, outcomes: pageOf(view).outcomes };
  if (form.at.startsWith("{")) hidden[form.at.slice(1, -1)] = place;
  const current = form.replaces || form.sets ? stands(view, key) : null;
  if (current) hidden["replaces"] = current.id;
  if (kind === "translate-outcome") hidden["of"] = wordsOf(view, place.replace(/:es$/, ":en"))?.wording ?? "";
  if (form.fields.some(({ name }) => name === "indicators")) {
    hidden["standing"] = Object.entries(standing).map(([code, { review }]) => `${code}@${review}`).join(" ");
  }
  return hidden;
}

/**
 * What a form is to take the place of: the wording, aim or owner that stands now, and who put it there where that is known;
 * null where nothing does, as with an aim that the outcome was proposed with.
 *
 * @param {View} view
 * @param {string} key
 * @returns {{ id: string, by: string | null } | null}
 */
export function stands(view, key) {
  const [kind, place] = formAt(key);
  if (AIMING.has(kind)) {
    const outcome = outcomeOf(view, place);
    return outcome?.aim && outcome.aimed_by ? { id: outcome.aim, by: outcome.aimed_by } : null;
  }
  if (kind === "assign-outcome") return { id: valueOf(outcomeOf(view, place)?.owner), by: null };
  const words = wordsOf(view, kind === "conclude-outcome" ? `${place}:conclusion:en` : place);
  return words && { id: words.wording, by: words.by };
}

/** How a form names an owner, or nobody, that it takes the place of. @param {string | null | undefined} owner */
export function valueOf(owner) {
  return JSON.stringify(owner ?? null);
}

/** What stands in a form before anything is typed. @param {View} view @param {string} key @returns {Draft} */
export function initial(view, key) {
  const [kind, place] = formAt(key);
  if (WORDING.has(kind)) return { text: wordsOf(view, place)?.text ?? "" };
  const outcome = outcomeOf(view, place);
  switch (kind) {
    case "aim-outcome":
    case "amend-aim":
      return outcome ? { indicators: outcome.baselines.map(({ indicator }) => indicator), target: String(outcome.target) } : {};
    case "conclude-outcome": {
      const concluded = view[`conclusion:${place}`];
      return concluded ? { result: concluded.result, evidence: wordsOf(view, `${place}:conclusion:en`)?.text ?? "" } : {};
    }
    case "assign-outcome":
      return { owner: outcome?.owner ?? "" };
    default:
      return {};
  }
}

/**
 * The command that a form stands for.
 *
 * @param {Form | null} form null for a button that asks for nothing
 * @param {Record<string, string | string[]>} fields
 * @returns {{ type: string, data: Record<string, any> }}
 */
export function commandOf(form, fields) {
  const { id: _, form: __, back: ___, type, standing = "", ...rest } = fields;
  /** @type {Record<string, any>} */
  const data = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name === "indicators") {
      const reviews = new Map(String(standing).split(" ").map((pair) => /** @type {[string, string]} */ (pair.split("@"))));
      data[name] = [value].flat().map((code) => (reviews.has(code) ? { indicator: code, review: reviews.get(code) } : { indicator: code }));
      continue;
    }
    const said = String(value).replace(UNSEEN, "").trim();
    if (name === "replaces" && form?.sets) data[name] = JSON.parse(said);
    else if (said !== "") data[name] = WHOLE.has(name) ? Number(said) : said;
  }
  if (form?.makes) data[form.makes] ??= `${form.makes.slice(0, 1)}-${uuid()}`;
  return { type: String(type), data };
}

/** What keeps a form from being sent, by field. @param {Form} form @param {Record<string, any>} data @param {Standing} standing @param {{ levels: number, names: string[] }} scale @returns {Record<string, string>} */
export function faultsOf(form, data, standing, { levels, names }) {
  /** @type {Record<string, string>} */
  const faults = {};
  for (const { name, missing, most } of form.fields) {
    const value = data[name];
    if (missing && (value === undefined || value.length === 0)) faults[name] = missing;
    else if (most && typeof value === "string" && length(value) > most) faults[name] = t("Shorten this to {n} characters.", { n: number(most) });
  }
  for (const { indicator } of data["indicators"] ?? []) {
    const stands = standing[indicator];
    if (stands && stands.levels === levels && data["target"] < stands.level) {
      const place = { code: indicator, level: names[stands.level - 1] ?? String(stands.level) };
      faults["target"] ??= t("On {code} the school stands at “{level}”. Aim at that level or higher.", place);
    }
  }
  return faults;
}

/**
 * The form that a refused command goes back to, or null for a button that asked for nothing.
 *
 * @param {Forms} forms
 * @param {string} type
 * @param {Record<string, any>} data
 * @returns {string | null}
 */
export function formOf(forms, type, data) {
  const kind =
    type === "word-outcome" && String(data["passage"]).endsWith(":es") ? "translate-outcome" : type === "aim-outcome" && "reason" in data ? "amend-aim" : type;
  const form = forms[kind];
  if (!form) return null;
  return `${kind}@${form.at.startsWith("{") ? data[form.at.slice(1, -1)] : form.at}`;
}

/** Fill a form again from a refused command. @param {Form} form @param {Record<string, any>} data @returns {Draft} */
export function draftFrom(form, data) {
  /** @type {Draft} */
  const draft = form.makes && form.makes !== "wording" && data[form.makes] ? { makes: String(data[form.makes]) } : {};
  if (form.sets) draft["replaces"] = valueOf(data["replaces"]);
  for (const { name } of form.fields) {
    const value = data[name];
    if (Array.isArray(value)) draft[name] = value.map((one) => one.indicator ?? String(one));
    else if (value !== undefined && value !== null) draft[name] = String(value);
  }
  return draft;
}
