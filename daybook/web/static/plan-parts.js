/** Small pieces that several regions of the plan draw: links to forms, buttons, menus, names, days. */

import { saidAnew } from "./clash-view.js";
import { formFields, madeBefore } from "./form-fields.js";
import { calendarDay, t } from "./i18n.js";
import { mayErase } from "./plan-can.js";
import { citable } from "./plan-citing.js";
import { hiddenOf, initial, prioritiesFor, stands } from "./plan-forms.js";
import { meanwhile } from "./plan-meanwhile.js";
import { lineOf, parentOf, partOf } from "./plan-view.js";
import { unfolded } from "./unfolded.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./plan-view.js").View} View
 * @typedef {{ person: string, name: string }} Named
 *
 * @typedef {object} Sheet all that the regions of a plan draw from; those of a replay have no hands: `rights.may.act` is false
 * @property {View} view with my pending commands on top
 * @property {import("./plan-groups.js").Groups} groups the same, in pieces that stay the same object while nothing in them changes
 * @property {Record<string, string>} numbers of priorities and strategies
 * @property {string} me
 * @property {Record<string, string>} names
 * @property {Record<string, string>} words stored words as people say them
 * @property {{ indicators: Record<string, string>, outcomes: Record<string, string>, works_on: Record<string, string[]>, reviews: Record<string, string> }} texts
 *   `works_on` has the indicators of priorities whose June Outcomes say them; what was added since has its own
 * @property {Named[]} owners who may carry a part
 * @property {Named[]} helpers who may answer for a support request
 * @property {{ label: string, items: { citation: any, words: string }[] }[]} citable of reviews
 * @property {{ rubric: string, systems: { code: string, name: string, indicators: { code: string, statement: string }[] }[] } | null} rubric
 * @property {import("./plan-can.js").Rights} rights
 * @property {string} today
 * @property {import("./plan-forms.js").Forms} forms
 * @property {Set<string>} open the forms that are unfolded
 * @property {import("./room-drafts.js").Drafts | null} drafts
 * @property {Record<string, Record<string, string>>} faults by form and field; "" is the whole form
 * @property {Set<string>} unread the forms in which somebody else's words came up just now, so that nobody can have read them
 * @property {import("./live-state.js").Presence[]} people
 * @property {import("./commands.js").Pending[]} sending
 * @property {import("./live.js").Status} status
 * @property {boolean} signedOut
 * @property {boolean} stale
 * @property {string | null} chosen the strategy whose check-ins stand beside the plan
 * @property {string[]} suggested what changed since the open refinement began, in sentences
 * @property {Set<string>} glow the entries that somebody else has just changed
 */

/** @param {Sheet} sheet */
export function home(sheet) {
  return `/plans/${sheet.view["plan"].plan}`;
}

/** @param {Sheet} sheet @param {string} person */
export function nameOf(sheet, person) {
  return sheet.names[person] ?? person;
}

/** @param {Sheet} sheet @param {string} word */
export function word(sheet, word) {
  return sheet.words[word] ?? word;
}

/** @param {string} name */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]\S*/gu) ?? ["?"];
  return [...new Set([words[0], words.at(-1)])].map((one) => [...(one ?? "")][0]).join("").toUpperCase();
}

/** @param {string} iso a day, such as 2026-03-17 */
export function day(iso) {
  return html`<time datetime=${iso}>${calendarDay(iso)}</time>`;
}

/** An owner by initials and name. @param {Sheet} sheet @param {string | null} owner */
export function owned(sheet, owner) {
  if (!owner) return html`<span class="muted">${t("nobody yet")}</span>`;
  const name = nameOf(sheet, owner);
  return html`<span class="owner"><span class="initials small" aria-hidden="true">${initials(name)}</span>${name}</span>`;
}

/** A link that unfolds a form where it stands; without scripts it loads the page with the form. @param {Sheet} sheet @param {string} key @param {string} label @param {{ look?: string, about?: string }} [more] `about` is said to those who do not see where the link stands */
export function opener(sheet, key, label, { look = "", about = "" } = {}) {
  return html`<a class="act ${look}" id="open-${key}" href="${home(sheet)}?open=${key}#form-${key}" data-do="open" data-form=${key} aria-expanded=${sheet.open.has(key) ? "true" : "false"} role="button">${label}${
    about ? html`<span class="visually-hidden"> ${about}</span>` : nothing}${
    !sheet.open.has(key) && sheet.drafts?.busy(key) ? html` <span class="chip accent">${t("not saved yet")}</span>` : nothing}</a>`;
}

/** Whether a form is unfolded in a part, or in something that stands under it. @param {Sheet} sheet @param {string} part */
export function openWithin(sheet, part) {
  return [...sheet.open].some((key) => {
    let at = partOf(key.slice(key.indexOf("@") + 1));
    if (at.startsWith("reading:")) at = `measure:${at.slice("reading:".length)}`;
    for (; at in sheet.view && at !== "plan"; at = parentOf(sheet.view, at)) if (at === part) return true;
    return false;
  });
}

/** A form, when it is unfolded. @param {Sheet} sheet @param {string} key @param {{ about?: string, above?: unknown, button?: string, hidden?: Record<string, string> }} [more] `about` names what it changes to those who hear the page */
export function formHere(sheet, key, { about = "", above, button, hidden } = {}) {
  if (!sheet.open.has(key)) return nothing;
  const form = sheet.forms[key.slice(0, key.indexOf("@"))];
  if (!form) return nothing;
  return formFields({
    form: inUnit(form, sheet.view[key.slice(key.indexOf("@") + 1)]?.unit),
    about,
    key,
    hidden: { ...hiddenOf(sheet.view, form, key), ...madeBefore(form, sheet.drafts?.get(key)), ...hidden },
    values: { ...initial(sheet.view, key, sheet.today), ...sheet.drafts?.get(key) },
    faults: sheet.faults[key] ?? {},
    choices: (field) => choices(sheet, field, key),
    waiting: sheet.drafts?.waiting(key) ?? 0,
    stuck: meanwhile(sheet, key),
    above: above ?? anew(sheet, key),
    rests: sheet.unread.has(key),
    ...(button ? { button } : {}),
  });
}

/** What whoever answers or sets something is told of what another did meanwhile. @param {Sheet} sheet @param {string} key */
function anew(sheet, key) {
  const began = sheet.drafts?.get(key)?.["replaces"];
  const now = stands(sheet.view, key);
  if (began === undefined || !now || began === now.id) return nothing;
  return saidAnew(now.by, sheet.me, (person) => nameOf(sheet, person));
}

/** A form that asks for numbers of a measure says what they count. @param {import("./form-fields.js").Form} form @param {string | undefined} unit @returns {import("./form-fields.js").Form} */
function inUnit(form, unit) {
  if (!unit) return form;
  return { ...form, fields: form.fields.map((field) => (field.kind === "number" ? { ...field, hint: t("In {unit}", { unit }) } : field)) };
}

/** @param {Sheet} sheet @param {import("./form-fields.js").Field} field @param {string} key @returns {import("./form-fields.js").Choices} */
function choices(sheet, field, key) {
  const alone = (/** @type {[string, string][]} */ options) => [{ label: "", options }];
  const named = (/** @type {Named[]} */ people) => alone(people.map(({ person, name }) => [person, name]));
  switch (field.kind) {
    case "people":
      return named(sheet.owners);
    case "helpers":
      return named(sheet.helpers);
    case "priorities":
      return alone(prioritiesFor(sheet.view, key.slice(key.indexOf("@") + 1), sheet.numbers));
    case "aims":
      return alone(Object.entries(sheet.texts.outcomes));
    case "indicators":
      return (sheet.rubric?.systems ?? []).map(({ name, indicators }) => ({ label: name, options: indicators.map(({ code, statement }) => [code, statement]) }));
    case "citations":
      return citable(sheet, key.slice(key.indexOf("@") + 1));
    default:
      return alone(field.options);
  }
}

/** One button that sends a command of its own. @param {Sheet} sheet @param {string} type @param {string} label @param {{ about: Record<string, string>, id?: string, look?: string, said?: string }} more `said` is read aloud after the label */
export function act(sheet, type, label, { about, id = "", look = "act", said = "" }) {
  const fields = { type, plan: sheet.view["plan"].plan, ...about };
  return html`<form class="one-act" method="post" action="/commands" data-act=${type}>
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
    <button class=${look} type="submit" id=${id || nothing}>${label}${said ? html`<span class="visually-hidden"> ${said}</span>` : nothing}</button></form>`;
}

/** Acts that are not needed at every look, folded behind three dots. @param {string} about what they are about @param {unknown[]} acts */
export function menu(about, acts) {
  const there = acts.filter((one) => one !== nothing);
  if (there.length === 0) return nothing;
  return html`<details class="menu no-print" data-menu><summary><span aria-hidden="true">⋯</span><span class="visually-hidden">${t("More for {part}", { part: about })}</span></summary>
    ${unfolded(() => html`<ul class="plain">${there.map((one) => html`<li>${one}</li>`)}</ul>`)}</details>`;
}

/** The menu of a place whose words can be erased, and its form. @param {Sheet} sheet @param {string} place @param {string} about */
export function erasing(sheet, place, about) {
  if (!mayErase(sheet.rights)) return nothing;
  const key = `redact-plan-words@${place}`;
  return html`${menu(about, [opener(sheet, key, t("Erase these words…"), { about })])}${formHere(sheet, key)}`;
}

/** That something of mine has not been received yet. @param {Sheet} sheet @param {any} entry */
export function unsent(sheet, entry) {
  return entry?.sending && sheet.stale ? html`<span class="chip unsent">${t("Not received yet")}</span>` : nothing;
}

/** Whether somebody else has just changed one of these entries. @param {Sheet} sheet @param {string[]} keys */
export function glows(sheet, ...keys) {
  return keys.some((key) => sheet.glow.has(key)) ? "glow" : "";
}
