/** The plan's course over the year: what is open to change now, its refinements and its frozen versions. */

import { t, tn, when } from "./i18n.js";
import { mayAgree, mayRefine, mayWord } from "./plan-can.js";
import { lackingOf } from "./lacking.js";
import { fromCitation } from "./plan-forms.js";
import { checkInLine, readingKey, readingLine } from "./plan-citing.js";
import { act, erasing, formHere, home, nameOf, opener, word } from "./plan-parts.js";
import { meanwhile } from "./plan-meanwhile.js";
import { missingIn } from "./plan-missing.js";
import { present } from "./plan-present.js";
import { passage } from "./plan-passage.js";
import { planOf, refinementsOf, versionsOf, wordsOf } from "./plan-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */
/** @typedef {import("./plan-view.js").Refinement} Refinement */

/** What can be changed now, and what changes that. @param {Sheet} sheet */
export function course(sheet) {
  const { rights } = sheet;
  const { outcomes, phase, refining, rewording } = planOf(sheet.view);
  const forms = ["open-refinement@plan", "close-plan@plan"].map((key) => formHere(sheet, key));
  const late = [...sheet.open].filter((key) => /^(adopt-plan|close-refinement)@/.test(key) && meanwhile(sheet, key) !== null).map((key) => formHere(sheet, key));
  if (phase === "closed") return html`<div class="notice"><p>${t("This plan is closed: the year is over, and it stays as it was.")}</p>${
    outcomes ? html`<p><a href="/outcomes/${outcomes}">${t("What came of its June Outcomes")}</a></p>` : nothing}</div>${late}`;
  if (phase === "draft") {
    return html`<div class="notice"><p>${t("This plan is a draft. Everybody at the school can read it, and its leaders change it freely.")}</p>
      ${rights.may.lead && rights.may.act ? opener(sheet, "adopt-plan@plan", t("Adopt the plan"), { look: "button" }) : nothing}</div>${formHere(sheet, "adopt-plan@plan", { above: lackingOf(missingIn(sheet.view, sheet.texts.outcomes)) })}${forms}`;
  }
  if (refining) return html`${openOne(sheet, sheet.view[`refinement:${refining}`])}${late}`;
  const said = rewording === "any-time"
    ? t("The plan is adopted. Its text can be changed at any time.")
    : rights.may.lead
      ? t("The plan is adopted. To change its text, open a refinement. Steps, readings, check-ins and answers go on all year.")
      : t("The plan is adopted. Its text changes in the quarterly refinements; until then you can propose changes.");
  const refine = mayRefine(rights);
  return html`<div class="notice"><p>${said}</p><div class="button-row">
      ${refine ? opener(sheet, "open-refinement@plan", t("Open a refinement"), { look: "button secondary" }) : nothing}
      ${refine && rights.late ? opener(sheet, "close-plan@plan", t("Close the year"), { look: "button secondary" }) : nothing}</div></div>${forms}${late}`;
}

/** @param {Sheet} sheet @param {Refinement} refinement */
function openOne(sheet, refinement) {
  const id = refinement.refinement;
  const part = `refinement:${id}`;
  const agreed = refinement.agreed.includes(sheet.me);
  const worded = mayWord(sheet.rights, sheet.view, `${part}:why`);
  const { lead, act: acts } = sheet.rights.may;
  return html`<section class="refining" id="refining" aria-labelledby="refining-title">
    <h2 id="refining-title" tabindex="-1">${t("Refinement of quarter {n}", { n: refinement.quarter })}</h2>
    <p class="small muted">${t("Opened by {person}", { person: nameOf(sheet, refinement.opened_by) })}, ${when(refinement.opened_at)}
      ${sheet.rights.free && lead ? html`· ${t("The plan’s text can be changed until it is closed.")}` : nothing}</p>
    ${sheet.rights.may.team
      ? html`<div class="two">
          <section><h3>${t("What changed")}</h3>${passage(sheet, `${part}:changed`, { label: t("What changed"), empty: t("Not written yet.") })}
            ${worded && sheet.suggested.length > 0 ? suggested(sheet, `${part}:changed`) : nothing}</section>
          <section><h3>${t("Why")}</h3>${passage(sheet, `${part}:why`, { label: t("Why"), empty: t("Not written yet.") })}</section></div>`
      : html`<p class="muted">${t("What changes and why can be read here once the team has agreed.")}</p>`}
    ${citations(sheet, refinement, worded)}
    ${agreement(sheet, refinement)}
    <div class="button-row no-print">
      ${mayAgree(sheet.rights) && (!agreed || refinement.overtaken.includes(sheet.me)) ? act(sheet, "agree-to-refinement", agreed ? t("Agree again") : t("Agree"), { about: { refinement: id }, look: "button secondary", id: "agreeing" }) : nothing}
      ${mayAgree(sheet.rights) && agreed ? act(sheet, "withdraw-agreement", t("Take my agreement back"), { about: { refinement: id }, look: "button secondary", id: refinement.overtaken.includes(sheet.me) ? "" : "agreeing" }) : nothing}
      ${lead && acts ? opener(sheet, `close-refinement@${part}`, t("Close the refinement"), { look: "button" }) : nothing}${present(sheet, part)}</div>
    ${formHere(sheet, `close-refinement@${part}`, { above: allChanged(sheet) })}</section>`;
}

/** What the plan's own changes say, for whoever closes a refinement to hold against its words. @param {Sheet} sheet */
function allChanged({ suggested }) {
  if (suggested.length === 0) return nothing;
  return html`<div class="small"><p><strong>${tn("{n} change since it was opened", "{n} changes since it was opened", suggested.length)}.</strong>
      ${t("Does “What changed” tell of all that matters in it?")}</p>
    <ul>${suggested.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`;
}

/** What the plan's own changes say, to begin with. @param {Sheet} sheet @param {string} passage */
function suggested(sheet, passage) {
  return html`<details class="small no-print"><summary>${tn("{n} change since it was opened", "{n} changes since it was opened", sheet.suggested.length)}</summary>
    <ul>${sheet.suggested.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    <button class="button secondary" type="button" data-do="suggest" data-passage=${passage}>${t("Begin with these words")}</button></details>`;
}

/** @param {Sheet} sheet @param {Refinement} refinement @param {boolean} may */
function citations(sheet, refinement, may) {
  const part = `refinement:${refinement.refinement}`;
  const key = `cite-evidence@${part}`;
  if (refinement.citations.length === 0 && !may) return nothing;
  return html`<section class="citations">${refinement.closed_at ? html`<h4>${t("What it rests on")}</h4>` : html`<h3>${t("What it rests on")}</h3>`}
    ${refinement.citations.length === 0 ? html`<p class="muted">${t("Nothing cited yet.")}</p>` : nothing}
    <ul>${repeat(refinement.citations, fromCitation, (citation) => {
      const words = cited(sheet, citation);
      return html`<li>${words} ${may ? act(sheet, "remove-citation", t("Remove"), { about: { refinement: refinement.refinement, citation: fromCitation(citation) }, said: words }) : nothing}</li>`;
    })}</ul>
    ${may ? html`<p class="tools no-print">${opener(sheet, key, t("Cite evidence"))}</p>${formHere(sheet, key)}` : nothing}</section>`;
}

/** A citation in words. @param {Sheet} sheet @param {import("./plan-view.js").Citation} citation */
function cited(sheet, citation) {
  const { kind, item } = citation;
  if (kind === "check-in") {
    const entry = sheet.view[`check-in:${item}`];
    return entry ? checkInLine(sheet, entry) : t("A check-in");
  }
  if (kind === "reading") {
    const key = readingKey(sheet.view, item);
    return key ? readingLine(sheet, sheet.view[key]) : t("A reading");
  }
  for (const { label, items } of sheet.citable) {
    const found = items.find((one) => fromCitation(one.citation) === fromCitation(citation));
    if (found) return `${found.words} (${label})`;
  }
  const said = kind === "consensus" ? t("Consensus on {code}", { code: item }) : t("Evidence");
  return `${said} (${sheet.texts.reviews[citation.review ?? ""] ?? ""})`;
}

/** @param {Sheet} sheet @param {Refinement} refinement */
function agreement(sheet, { agreed, overtaken }) {
  const people = (/** @type {string[]} */ who) => who.map((person) => nameOf(sheet, person)).join(", ");
  return html`<p class="agreed small">${agreed.length === 0 ? t("Nobody has agreed yet.") : t("Agreed: {people}", { people: people(agreed) })}${
    overtaken.length > 0 ? html`<br>${t("Changed after {people} agreed", { people: people(overtaken) })}` : nothing}</p>`;
}

/** The refinements that are closed, and the versions they froze. @param {Sheet} sheet */
export function past(sheet) {
  const closed = refinementsOf(sheet.groups.get("talk") ?? {}).filter((one) => one.closed_at);
  const versions = versionsOf(sheet.groups.get("talk") ?? {});
  if (closed.length === 0 && versions.length === 0) return nothing;
  return html`<section class="past" id="past" aria-labelledby="past-title"><h2 id="past-title" tabindex="-1">${t("Refinements and versions")}</h2>
    ${repeat(closed, ({ refinement }) => refinement, (refinement) => html`<article class="refinement" id="refinement-${refinement.refinement}">
      <h3>${t("Quarter {n}", { n: refinement.quarter })}: ${refinement.version}</h3>
      <p class="small muted">${nameOf(sheet, refinement.opened_by)}, ${when(refinement.closed_at ?? refinement.opened_at)}</p>
      ${["changed", "why"].map((text) => wordsOf(sheet.view, `refinement:${refinement.refinement}:${text}`)
        ? html`<h4>${text === "why" ? t("Why") : t("What changed")}</h4>${passage(sheet, `refinement:${refinement.refinement}:${text}`, { label: text === "why" ? t("Why") : t("What changed") })}`
        : nothing)}
      ${citations(sheet, refinement, false)}${agreement(sheet, refinement)}
      <p class="tools no-print"><a href="${home(sheet)}/compare?from=${refinement.from_position}&to=${refinement.to_position}">${t("All that it changed")}<span class="visually-hidden">: ${refinement.version}</span></a></p>
      ${erasing(sheet, `refinement:${refinement.refinement}`, refinement.version ?? "")}</article>`)}
    <h3>${t("Frozen versions")}</h3>
    <ul class="lines versions">${repeat(versions, ({ position }) => position, (version) => html`<li class="line"><span><a href="${home(sheet)}/replay?at=${version.position}">${version.name}</a>
      <span class="small muted">${nameOf(sheet, version.by)}, ${when(version.at)}</span></span>
      <span class="tools no-print"><a href="${home(sheet)}/compare?from=${version.position}">${t("Compare with now")}<span class="visually-hidden">: ${version.name}</span></a>
        <a href="${home(sheet)}/print?at=${version.position}">${t("Print")}<span class="visually-hidden">: ${version.name}</span></a></span></li>`)}</ul></section>`;
}

/** The line under the title: phase, and how far strategies are. @param {Sheet} sheet */
export function progressLine(sheet) {
  const { phase } = planOf(sheet.view);
  /** @type {Record<string, number>} */
  const counts = {};
  for (const part of Object.keys(sheet.numbers)) {
    if (!part.startsWith("strategy:")) continue;
    const status = sheet.view[`status:${part.slice("strategy:".length)}`]?.status ?? "";
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return html`<span class="chip plan-${phase}">${word(sheet, phase)}</span>
    ${["on-track", "needs-attention", "off-track", "done"].map((status) => counts[status]
      ? html`<span class="status ${status}"><span class="status-dot" aria-hidden="true"></span>${word(sheet, status)}: ${counts[status]}</span>`
      : nothing)}`;
}
