/** What stands around the outcomes: how far they are, who signed, what was left out, who is here, whether it fits on paper. */

import { number, plainDay, t, tn } from "./i18n.js";
import { lackingOf } from "./lacking.js";
import { formAt } from "./outcomes-forms.js";
import { missingIn } from "./outcomes-missing.js";
import { act, arranging, formHere, glows, home, nameOf, opener, schoolYear } from "./outcomes-parts.js";
import { amendmentsOf, isDraft, outcomeOf, outcomesOf, pageOf, signaturesOf, wordsOf } from "./outcomes-view.js";
import { prose } from "./prose.js";
import { initials } from "./room-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./outcomes-parts.js").Sheet} Sheet */

/** @param {Sheet} sheet */
export function progressLine({ view }) {
  const { adopted_at: adopted, least, most } = pageOf(view);
  const n = outcomesOf(view).length;
  return isDraft(view)
    ? html`<span class="chip">${t("Draft, not adopted")}</span> <span class="muted">${tn("{n} outcome; {least} to {most} are adopted", "{n} outcomes; {least} to {most} are adopted", n, { least, most })}</span>`
    : html`<span class="chip done">${t("Adopted {day}", { day: plainDay(adopted ?? "") })}</span>`;
}

/** @param {Sheet} sheet */
export function signing(sheet) {
  const { may, past, view } = sheet;
  const page = pageOf(view);
  const draft = isDraft(view);
  const some = outcomesOf(view).length > 0;
  return html`<h2 id="signing-title" tabindex="-1">${draft ? t("Signatures of both sides") : t("Signed by both sides")}</h2>
    <div class="pair">${side(sheet, "school", t("For the school"), t("Sign for the school"), may.sign_school)}
      ${side(sheet, "home-office", t("For the home office"), t("Sign for the home office"), may.sign_home)}</div>
    ${amendedSince(sheet)}
    ${draft
      ? html`<div class="adopting no-print">
          ${!past && signaturesOf(view, "school").length + signaturesOf(view, "home-office").length > 0
            ? html`<p class="muted small">${t("A change of the words takes the signatures back.")}</p>`
            : nothing}
          ${may.begin && some ? adopting(sheet) : nothing}</div>`
      : nothing}
    ${past
      ? nothing
      : html`<p class="tools no-print">${t("On paper:")} ${["letter", "a4"].map((paper) => html`<a class="act" href="${home(sheet)}/pdf?lang=${sheet.lang}&paper=${paper}">${paper === "letter" ? t("PDF, Letter") : t("PDF, A4")}</a> `)}</p>`}
    ${!draft && sheet.plan
      ? html`<p class="tools no-print"><a class="act" href=${sheet.plan.href}>${sheet.plan.begun
        ? t("Plan of {year}", { year: schoolYear(page.year) })
        : t("Begin the plan of {year}", { year: schoolYear(page.year) })}</a></p>`
      : nothing}
    ${!draft && sheet.after
      ? html`<p class="tools no-print"><a class="act" href="/outcomes/${sheet.after.outcomes}">${t("June Outcomes {year}", { year: schoolYear(page.year + 1) })}</a></p>`
      : !draft && may.begin
        ? html`<p class="tools no-print"><a class="act" href="/outcomes/new?school=${page.school}&seed=${page.outcomes}">${t("Begin the outcomes of {year}", { year: schoolYear(page.year + 1) })}</a></p>`
        : nothing}
    ${sheet.fit ? html`<p class="fit small no-print ${sheet.fit.fits ? "muted" : "over"}">${sheet.fit.message}</p>` : nothing}
    ${sheet.fitElsewhere && !sheet.fitElsewhere.fits ? html`<p class="fit small no-print over">${tooLong(sheet.lang, sheet.fitElsewhere)}</p>` : nothing}`;
}

/** How much too long the page is in the language that is not shown. @param {"en" | "es"} lang the one that is @param {import("./outcomes-parts.js").Fit} fit */
function tooLong(lang, { over_cm }) {
  const cm = number(over_cm);
  return lang === "en" ? t("In Spanish it is {cm} cm too long for one page.", { cm }) : t("In English it is {cm} cm too long for one page.", { cm });
}

/** Which outcomes are no longer as they were signed. @param {Sheet} sheet */
function amendedSince({ view }) {
  const amended = outcomesOf(view).flatMap((id, at) => {
    const last = amendmentsOf(view, id).at(-1);
    return last ? [html` <a href="#outcome-${id}">${t("Outcome {n}", { n: at + 1 })}</a> (${plainDay(last.at)})`] : [];
  });
  return amended.length > 0 ? html`<p class="amended-since small"><span class="muted">${t("Amended since it was signed:")}</span>${amended}</p>` : nothing;
}

/** @param {Sheet} sheet */
function adopting(sheet) {
  const key = "adopt-outcomes@page";
  return html`${sheet.open.has(key) ? nothing : html`<p class="tools">${opener(sheet, key, t("Adopt the outcomes"), "", "button")}</p>`}
    ${formHere(sheet, key, { above: lackingOf(missingIn(sheet.view, sheet.standing)) })}`;
}

/** @param {Sheet} sheet @param {"school" | "home-office"} side @param {string} heading @param {string} verb @param {boolean} may */
function side(sheet, side, heading, verb, may) {
  const signed = signaturesOf(sheet.view, side);
  const either = [...signaturesOf(sheet.view, "school"), ...signaturesOf(sheet.view, "home-office")];
  const mine = either.some(({ person }) => person === sheet.me); // whoever speaks for both sides signs for one of them
  const { version } = pageOf(sheet.view);
  return html`<section class=${glows(sheet, ...signed.map(({ person }) => `signature:${side}:${person}`))} data-side=${side}><h3>${heading}</h3>
    ${signed.length > 0
      ? html`<ul class="plain">${signed.map(({ person, at }) => html`<li>${nameOf(sheet, person)}, ${plainDay(at)}</li>`)}</ul>`
      : html`<p class="muted">${t("Nobody yet")}</p>`}
    ${isDraft(sheet.view) && may && !mine && outcomesOf(sheet.view).length > 0
      ? html`<div class="tools no-print">${act(sheet, "sign-outcomes", verb, { side, version: String(version) }, { look: "button secondary" })}</div>`
      : nothing}</section>`;
}

/** @param {Sheet} sheet */
export function gone(sheet) {
  const { lang, view } = sheet;
  const ids = outcomesOf(view, { withdrawn: true });
  return html`<h2 id="gone-title" tabindex="-1" ?hidden=${ids.length === 0}>${t("Left out")}</h2>
    ${ids.length === 0 ? nothing : html`<ul class="lines">${ids.map((id) => {
      const words = (lang === "es" ? wordsOf(view, `${id}:statement:es`) : null) ?? wordsOf(view, `${id}:statement:en`);
      const { reason } = outcomeOf(view, id);
      return html`<li class="line" id="outcome-${id}"><div><div class="prose-text">${prose(words?.text ?? null)}</div>
        ${reason ? html`<div class="prose-text small muted">${prose(reason)}</div>` : nothing}</div>
        ${arranging(sheet) ? act(sheet, "restore-outcome", t("Take it in again"), { outcome: id }, { look: "button secondary" }) : nothing}
        ${[...sheet.open].filter((key) => isAbout(key, id)).map((key) => formHere(sheet, key))}</li>`;
    })}</ul>`}`;
}

/** Whether a form is about an outcome, which keeps what is written in it when that is left out meanwhile. @param {string} key @param {string} id */
function isAbout(key, id) {
  return formAt(key)[1].split(":")[0] === id;
}

/** Who has the page open. @param {Sheet} sheet */
export function peopleHere(sheet) {
  const others = sheet.people.filter(({ person }) => person !== sheet.me);
  if (others.length === 0) return nothing;
  const names = others.map(({ person }) => nameOf(sheet, person));
  return html`<span class="muted small">${t("Here now:")}</span> ${names.map((name) => html`<span class="owner"><span class="initials small" aria-hidden="true">${initials(name)}</span> ${name}</span>`)}`;
}
