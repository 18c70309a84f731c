/**
 * The plan's forms to commands and back. A form is named by its kind and its place, such as
 * `add-action@strategy:readers`; what it asks for is described by the server, and carried by the page.
 */

import { uuid } from "./commands.js";
import { calledIn, partsUnder, planOf, split, wordsOf } from "./plan-view.js";

/**
 * @typedef {import("./form-fields.js").Form} Form
 * @typedef {import("./form-fields.js").Draft} Draft
 * @typedef {Record<string, Form>} Forms
 * @typedef {Record<string, any>} View
 */

// Control and direction characters come along when text is pasted from a PDF; the server takes none.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
export const WHOLE = new Set(["quarter", "amount"]);

/** @param {string} key @returns {[string, string]} the kind of a form and its place */
export function formAt(key) {
  const at = key.indexOf("@");
  return [key.slice(0, at), key.slice(at + 1)];
}

/** The passage whose words a form is for, if it is for any. @param {string} key */
export function passageAt(key) {
  const [kind, passage] = formAt(key);
  return kind === "word-passage" || kind === "word-title" ? passage : null;
}

/** Read the command's fields out of a place: `strategy:{strategy}` and `strategy:readers` give the strategy. @param {string} pattern @param {string} place */
export function fieldsAt(pattern, place) {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const found = new RegExp(`^${pattern.replace(/\{\w+\}/g, pattern.startsWith("{") ? "(.+)" : "([^:]+)")}$`).exec(place);
  return Object.fromEntries(names.map((name, at) => [name, found?.[at + 1] ?? ""]));
}

/** The place that a command is about: the other way round. @param {string} pattern @param {Record<string, any>} data */
function placeAt(pattern, data) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(data[name] ?? ""));
}

/** The passage whose wording a form replaces. @param {string} kind @param {string} place */
function replacedBy(kind, place) {
  return kind === "reflect-on-priority" ? `reflection:${split(place)[1]}` : place;
}

/**
 * The fields of a form that are not asked for.
 *
 * @param {View} view
 * @param {Form} form
 * @param {string} key
 * @returns {Record<string, string>}
 */
export function hiddenOf(view, form, key) {
  const [kind, place] = formAt(key);
  /** @type {Record<string, string>} */
  const hidden = { type: form.type, plan: planOf(view).plan, ...fieldsAt(form.at, place) };
  if (form.replaces) {
    const current = kind === "answer-support" ? view[place]?.answered : wordsOf(view, replacedBy(kind, place))?.wording;
    if (current) hidden["replaces"] = current;
  }
  if (form.sets) hidden["replaces"] = JSON.stringify(valueAt(kind, view[place]));
  if (form.after) {
    const last = lastUnder(view, place);
    if (last) hidden["after"] = kind.startsWith("add-priority") ? split(last)[1] : last;
  }
  return hidden;
}

/**
 * The value that a form sets anew, of a command or of what stands, as a command names it; undefined for a form that sets none.
 *
 * @param {string} kind
 * @param {Record<string, any>} said the command's fields
 */
function valueOf(kind, { owner = null, due = null, status, amount = null, source, baseline, target }) {
  switch (kind) {
    case "assign-part":
    case "assign-support":
      return owner;
    case "schedule-action":
      return due;
    case "report-action":
      return status;
    case "fund-strategy":
      return amount === null ? null : { amount, source };
    case "set-target":
      return { baseline, target };
    default:
      return undefined;
  }
}

/** @param {string} kind @param {Record<string, any> | undefined} entry */
function valueAt(kind, entry = {}) {
  return valueOf(kind, { ...entry, amount: entry["funding"], source: entry["funding_source"] });
}

/** What a command puts there, as the `replaces` of the next one names it; undefined where words come with the value, since each of these are kept. @param {string} kind @param {Record<string, any>} data */
export function madeBy(kind, data) {
  const value = kind === "report-action" ? undefined : valueOf(kind, data);
  return value === undefined ? data["wording"] : JSON.stringify(value);
}

/**
 * What a form takes the place of that is no passage: an answer, or what is set and stands by itself; null for other forms.
 *
 * @param {View} view
 * @param {string} key
 * @returns {{ id: string, by: string | null } | null}
 */
export function stands(view, key) {
  const [kind, place] = formAt(key);
  const entry = view[place];
  if (kind === "answer-support") return { id: entry?.answered ?? "", by: entry?.answered_by ?? null };
  const value = valueAt(kind, entry);
  return value === undefined ? null : { id: JSON.stringify(value), by: kind === "report-action" ? (entry?.reported_by ?? null) : null };
}

/** The last of the parts under another, retired ones among them. @param {View} view @param {string} under @returns {string | null} */
export function lastUnder(view, under) {
  return view[`order:${under}`]?.parts.at(-1) ?? null;
}

/**
 * What stands in a form before anything is typed.
 *
 * @param {View} view
 * @param {string} key
 * @param {string} today
 * @returns {Draft}
 */
export function initial(view, key, today) {
  const [kind, place] = formAt(key);
  const entry = view[place];
  switch (kind) {
    case "word-passage":
    case "word-title":
    case "propose-change":
      return { text: wordsOf(view, place)?.text ?? "" };
    case "reflect-on-priority": {
      const id = split(place)[1];
      return { text: wordsOf(view, `reflection:${id}`)?.text ?? "", carries: view[`reflection:${id}`]?.carries ?? "" };
    }
    case "assign-part":
    case "assign-support":
      return { owner: entry?.owner ?? "" };
    case "fund-strategy":
      return { amount: entry?.funding === null || entry?.funding === undefined ? "" : String(entry.funding), source: entry?.funding_source ?? "" };
    case "schedule-action":
      return { due: entry?.due ?? "" };
    case "report-action":
      return { status: entry?.status ?? "", note: "" };
    case "set-target":
      return { baseline: String(entry?.baseline ?? ""), target: String(entry?.target ?? "") };
    case "take-reading":
    case "hold-check-in":
      return { on: today };
    case "answer-support":
      return { answer: entry?.answer ?? "" };
    case "open-refinement":
      return { quarter: String(Math.max(1, planOf(view).quarters.filter((first) => first <= today).length)) };
    default:
      return {};
  }
}

/** Where a part may go: the other priorities, at their end. @param {View} view @param {string} part @param {Record<string, string>} numbers @returns {[string, string][]} */
export function prioritiesFor(view, part, numbers) {
  const here = `priority:${view[part]?.priority}`;
  return partsUnder(view, "plan", "priority")
    .filter((priority) => priority !== here && !view[priority].retired_at)
    .map((priority) => [`${priority}>${lastUnder(view, priority) ?? ""}`, `${numbers[priority]}. ${calledIn(view, priority)}`]);
}

/**
 * The command that a form stands for.
 *
 * @param {Form | null} form null for a button that asks for nothing
 * @param {Record<string, string | string[]>} fields
 * @returns {{ type: string, data: Record<string, unknown> }}
 */
export function commandOf(form, fields) {
  const { id: _, form: __, back: ___, find: ____, type, to, citation, ...rest } = fields;
  /** @type {Record<string, unknown>} */
  const data = {};
  for (const [name, value] of Object.entries(rest)) {
    const kind = form?.fields.find((field) => field.name === name)?.kind;
    const said = Array.isArray(value) ? value : value.replace(UNSEEN, "").trim();
    if (said === "" || kind === "check") continue;
    if (name === "replaces" && form?.sets) data[name] = JSON.parse(String(said));
    else data[name] = kind === "number" || WHOLE.has(name) ? toNumber(String(said)) : said;
  }
  if (form?.fields.some(({ kind }) => kind === "check")) data["lower_is_better"] = rest["lower_is_better"] === "true";
  if (to) {
    const [under = "", after = ""] = String(to).split(">");
    Object.assign(data, { under }, after ? { after } : {});
  }
  if (citation) data["citation"] = toCitation(String(citation));
  if (form?.makes) data[form.makes] ??= `${form.makes.slice(0, 1)}-${uuid()}`;
  return { type: String(type), data };
}

/** A number as people write it, or NaN. @param {string} said */
export function toNumber(said) {
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(said) ? said.replaceAll(",", "") : said.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** @param {string} said such as `consensus:CI.2:maple-2026` */
export function toCitation(said) {
  const [kind = "", item = "", review = ""] = said.split(":");
  return review ? { kind, item, review } : { kind, item };
}

/** @param {{ kind: string, item: string, review?: string | null }} citation */
export function fromCitation({ kind, item, review }) {
  return review ? `${kind}:${item}:${review}` : `${kind}:${item}`;
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
  const kind = kindOf(type, data);
  const form = forms[kind];
  return form ? `${kind}@${placeAt(form.at, data)}` : null;
}

/** @param {string} type @param {Record<string, any>} data */
function kindOf(type, data) {
  switch (type) {
    case "word-passage":
      return String(data["passage"]).endsWith(":title") ? "word-title" : type;
    case "propose-change":
      if (data["passage"]) return type;
      return String(data["under"]).startsWith("priority:") ? "propose-strategy" : "propose-action";
    case "assign-part":
      return String(data["part"]).startsWith("support:") ? "assign-support" : type;
    case "add-priority":
      return data["rubric"] ? "add-priority-of" : type;
    case "accept-proposal":
      return data["title"] ? type : "";
    case "move-part":
      return String(data["part"]).startsWith("strategy:") ? type : "";
    default:
      return type;
  }
}

/** Fill a form again from a refused command. @param {Form} form @param {Record<string, any>} data @returns {Draft} */
export function draftFrom(form, data) {
  /** @type {Draft} */
  const draft = form.makes && form.makes !== "wording" && data[form.makes] ? { makes: String(data[form.makes]) } : {};
  if (form.sets) draft["replaces"] = JSON.stringify(data["replaces"] ?? null);
  for (const { name, kind } of form.fields) {
    const value = name === "citation" && data["citation"] ? fromCitation(data["citation"]) : data[name];
    if (kind === "check") draft[name] = value ? "true" : "";
    else if (Array.isArray(value)) draft[name] = value.map(String);
    else if (value !== undefined && value !== null) draft[name] = String(value);
  }
  return draft;
}
