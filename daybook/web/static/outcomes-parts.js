/** Small pieces that several regions of the page of June Outcomes draw: links to forms, buttons, names, levels. */

import { saidAnew } from "./clash-view.js";
import { formFields, madeBefore } from "./form-fields.js";
import { t } from "./i18n.js";
import { hiddenOf, initial, passageAt, stands } from "./outcomes-forms.js";
import { meanwhile } from "./outcomes-meanwhile.js";
import { isDraft, pageOf } from "./outcomes-view.js";
import { glyph, initials } from "./room-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./outcomes-view.js").View} View
 * @typedef {{ begin: boolean, steer: boolean, write: boolean, speak: boolean, sign_school: boolean, sign_home: boolean,
 *   erase: boolean, conclude_from: string }} May
 *
 * @typedef {{ fits: boolean, message: string, over_cm: number }} Fit
 *
 * @typedef {object} Sheet all that the regions draw from
 * @property {View} view with my pending commands on top
 * @property {string} me
 * @property {"en" | "es"} lang
 * @property {Record<string, string>} names
 * @property {Record<string, string>} words stored words as people say them
 * @property {Record<string, string>} texts what the parts of an outcome are called
 * @property {{ levels: string[], systems: { code: string, name: string, indicators: { code: string, statement: string }[] }[] }} rubric
 * @property {import("./outcomes-forms.js").Standing} standing where the school stands now
 * @property {Record<string, { day: string, levels: string[] }>} reviews
 * @property {{ person: string, name: string }[]} owners
 * @property {May} may
 * @property {string} today
 * @property {{ href: string, begun: boolean } | null} plan of the same year: where it is, or where I can begin it
 * @property {{ outcomes: string, year: number, carried: { outcome: string, statement: string | null }[] } | null} before what the year before carried forward, for a draft
 * @property {{ plan: string, year: number, carried: { priority: string, outcome: string | null, indicators: string[], text: string | null, reflected: string | null }[] } | null} plan_before the priorities that the plan of the year before carries forward, for a draft
 * @property {{ outcomes: string, draft: boolean, taken: string[] } | null} after the outcomes of the year after, and which are in it
 * @property {import("./outcomes-forms.js").Forms} forms
 * @property {Set<string>} open the forms and folds that are unfolded
 * @property {boolean} beside whether both languages are shown
 * @property {import("./room-drafts.js").Drafts} drafts
 * @property {Record<string, Record<string, string>>} faults by form and field; "" is the whole form
 * @property {Set<string>} unread the forms in which somebody else's words came up just now, so that nobody can have read them
 * @property {import("./live-state.js").Presence[]} people
 * @property {import("./commands.js").Pending[]} sending
 * @property {import("./live.js").Status} status
 * @property {boolean} signedOut
 * @property {boolean} stale
 * @property {Set<string>} glow the entries that somebody else has just changed
 * @property {string} besideLink where both languages are shown, or one again
 * @property {boolean} past whether this is an earlier moment, at which nothing can be done
 * @property {Fit | null} fit how the page fits on paper, once that is known
 * @property {Fit | null} fitElsewhere the same in the language that is not shown
 */

/** @param {Sheet} sheet */
export function home(sheet) {
  return `/outcomes/${pageOf(sheet.view).outcomes}`;
}

/** @param {Sheet} sheet @param {string} person */
export function nameOf(sheet, person) {
  return sheet.names[person] ?? person;
}

/** @param {number} year in which it begins */
export function schoolYear(year) {
  return `${year}–${String((year + 1) % 100).padStart(2, "0")}`;
}

/** A level by glyph and name. @param {number} n @param {number} levels @param {string} name */
export function level(n, levels, name) {
  return html`<span class="level">${glyph(n, levels)}<span class="level-name">${name}</span></span>`;
}

/** A link that unfolds a form where it stands; without scripts it loads the page with the form. @param {Sheet} sheet @param {string} key @param {string} label @param {string} about said to those who do not see where it stands @param {string} [look] */
export function opener(sheet, key, label, about, look = "") {
  const beside = sheet.beside ? "&beside=1" : "";
  return html`<a class="act ${look}" id="open-${key}" href="${home(sheet)}?open=${key}${beside}#form-${key}" data-do="open" data-form=${key}
    aria-expanded="false" role="button">${label}${about ? html`<span class="visually-hidden"> ${about}</span>` : nothing}${
    !sheet.open.has(key) && sheet.drafts?.busy(key) ? html` <span class="chip accent">${t("not saved yet")}</span>` : nothing}</a>`;
}

/** The link to a form that is folded, and the form when it is not. @param {Sheet} sheet @param {string} key @param {string} label @param {string} about */
export function folded(sheet, key, label, about) {
  return sheet.open.has(key) ? formHere(sheet, key, { about }) : html`<p class="tools no-print">${opener(sheet, key, label, about)}</p>`;
}

/** A form, when it is unfolded. @param {Sheet} sheet @param {string} key @param {{ about?: string, above?: unknown, button?: string, hidden?: Record<string, string> }} [more] `about` names what it changes to those who hear the page */
export function formHere(sheet, key, { about = "", above, button, hidden } = {}) {
  const form = sheet.forms[key.slice(0, key.indexOf("@"))];
  if (!form || !sheet.open.has(key)) return nothing;
  const english = form.english && sheet.lang !== "en" && !key.endsWith(":es")
    ? t("Write it in English, which is what both sides sign. Its Spanish is put beside it by “Translate”.")
    : "";
  return formFields({
    form: { ...form, intro: [form.intro, english].filter(Boolean).join(" ") },
    about,
    key,
    hidden: { ...hiddenOf(sheet.view, form, key, sheet.standing), ...madeBefore(form, sheet.drafts.get(key)), ...hidden },
    values: { ...initial(sheet.view, key), ...sheet.drafts.get(key) },
    faults: sheet.faults[key] ?? {},
    choices: (field) => choices(sheet, field),
    waiting: sheet.drafts.waiting(key),
    stuck: meanwhile(sheet, key),
    above: above ?? anew(sheet, key),
    rests: sheet.unread.has(key),
    ...(button ? { button } : {}),
  });
}

/** What whoever aims or concludes is told of what another said meanwhile; a passage compares both texts instead. @param {Sheet} sheet @param {string} key */
function anew(sheet, key) {
  const began = passageAt(key) === null ? sheet.drafts?.get(key)?.["replaces"] : undefined;
  const now = stands(sheet.view, key);
  return began === undefined || !now || began === now.id ? nothing : saidAnew(now.by, sheet.me, (person) => nameOf(sheet, person));
}

/** @param {Sheet} sheet @param {import("./form-fields.js").Field} field @returns {import("./form-fields.js").Choices} */
function choices(sheet, field) {
  const alone = (/** @type {[string, string][]} */ options) => [{ label: "", options }];
  switch (field.kind) {
    case "people":
      return alone(sheet.owners.map(({ person, name }) => [person, name]));
    case "levels":
      return alone(sheet.rubric.levels.map((name, index) => [String(index + 1), name]));
    case "indicators":
      return sheet.rubric.systems.map(({ name, indicators }) => ({
        label: name,
        options: indicators.map(({ code, statement }) => [code, `${statement} (${sheet.standing[code]?.now ?? t("not rated yet")})`]),
      }));
    default:
      return alone(field.options);
  }
}

/** One button that sends a command of its own. @param {Sheet} sheet @param {string} type @param {string} label @param {Record<string, string>} about @param {{ look?: string, said?: string }} [more] `said` is read aloud after the label */
export function act(sheet, type, label, about, { look = "act", said = "" } = {}) {
  const fields = { type, outcomes: pageOf(sheet.view).outcomes, ...about };
  return html`<form class="one-act" method="post" action="/commands" data-act=${type}>
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
    <button class=${look} type="submit">${label}${said ? html`<span class="visually-hidden"> ${said}</span>` : nothing}</button></form>`;
}

/** Who else looks at a place now, or writes there. @param {Sheet} sheet @param {string} place */
export function present(sheet, place) {
  const there = sheet.people.filter((one) => one.person !== sheet.me && one.looking_at === place);
  if (there.length === 0) return nothing;
  return html`<span class="present">${there.map(({ person, typing }) => {
    const name = nameOf(sheet, person);
    return html`<span class="face here ${typing ? "typing" : ""}"><span class="initials small" aria-hidden="true">${initials(name)}</span>
      <span class="visually-hidden">${typing ? t("{person} is writing here", { person: name }) : t("{person} is here", { person: name })}</span></span>`;
  })}</span>`;
}

/** That something of mine has not been received yet. @param {Sheet} sheet @param {any} entry */
export function unsent(sheet, entry) {
  return entry?.sending && sheet.stale ? html`<span class="chip unsent">${t("Not received yet")}</span>` : nothing;
}

/** Whether somebody else has just changed one of these entries. @param {Sheet} sheet @param {string[]} keys */
export function glows(sheet, ...keys) {
  return keys.some((key) => sheet.glow.has(key)) ? "glow" : "";
}

/** Whether the year's last quarter has begun. @param {Sheet} sheet */
export function late({ today, may }) {
  return today >= may.conclude_from;
}

/** Whether the outcomes may be withdrawn, moved and put in order. @param {Sheet} sheet */
export function arranging({ view, may }) {
  return isDraft(view) && may.steer;
}
