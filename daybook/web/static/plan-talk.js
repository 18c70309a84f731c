/** Beside the document: who is here, the check-ins of the chosen strategy, and what was proposed. */

import { marked } from "./clash-view.js";
import { t, when } from "./i18n.js";
import { saysItself } from "./if-then.js";
import { act, day, erasing, formHere, initials, nameOf, opener, unsent, word } from "./plan-parts.js";
import { anchor, calledIn, checkInsOf, minesOf, partOf, partsUnder, proposalsOf, wordsOf } from "./plan-view.js";
import { prose } from "./prose.js";
import { unfolded } from "./unfolded.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */
/** @typedef {import("./plan-view.js").Proposal} Proposal */

const LATEST = 4; // check-ins that stand open; earlier ones are folded

/** @param {Sheet} sheet */
export function people(sheet) {
  const here = sheet.people;
  return html`<div class="pane-head"><h2 id="people-title" tabindex="-1">${t("Here now")}</h2></div>
    ${here.length === 0 ? html`<p class="muted small">${t("Nobody is connected.")}</p>` : nothing}
    <ul class="people-list plain">${repeat(here, ({ person }) => person, ({ person, looking_at, typing }) => html`<li>
      <span class="face here"><span class="initials" aria-hidden="true">${initials(nameOf(sheet, person))}</span></span>
      <span class="who-person"><span>${nameOf(sheet, person)}${person === sheet.me ? html` <span class="muted">${t("(you)")}</span>` : nothing}</span>
        <span class="muted small">${where(sheet, looking_at, typing)}</span></span></li>`)}</ul>`;
}

/** @param {Sheet} sheet @param {string | null} place @param {boolean} typing */
function where(sheet, place, typing) {
  const part = place ? partOf(place) : "";
  const there = part in sheet.view;
  const named = there ? [sheet.numbers[part], calledIn(sheet.view, part)].filter(Boolean).join(" ") : "";
  const name = named || ((/** @type {Record<string, string>} */ ({ vision: t("Vision"), "family:en": t("For families"), "family:es": t("For families") }))[place ?? ""] ?? "");
  if (!name) return typing ? t("writing") : t("reading");
  const said = typing ? t("writing in {part}", { part: name }) : t("at {part}", { part: name });
  return there ? html`<a class="quiet" href="#${anchor(part)}">${said}</a>` : said;
}

/** @param {Sheet} sheet */
export function talk(sheet) {
  return html`${checkIns(sheet)}${proposals(sheet)}`;
}

/** @param {Sheet} sheet */
function checkIns(sheet) {
  const part = sheet.chosen ? `strategy:${sheet.chosen}` : null;
  const any = partsUnder(sheet.view, "plan", "priority").some((priority) => partsUnder(sheet.view, priority, "strategy").length > 0);
  const all = part && sheet.chosen ? checkInsOf(sheet.groups.get(part) ?? {}, sheet.chosen) : [];
  const writing = [...sheet.open].some((key) => key.includes("@check-in:"));
  if (!sheet.rights.may.team) return nothing;
  return html`<section class="check-ins" aria-labelledby="check-ins-title"><div class="pane-head"><h2 id="check-ins-title" tabindex="-1">${t("Check-ins")}</h2></div>
    ${part && part in sheet.view
      ? html`<p class="small"><a href="#${anchor(part)}"><span class="code">${sheet.numbers[part] ?? ""}</span> ${calledIn(sheet.view, part)}</a></p>`
      : html`<p class="calm small">${any ? t("Choose a strategy’s check-ins in the plan to read them here.") : t("Check-ins are held on strategies. There is none yet.")}</p>`}
    ${part && all.length === 0 ? html`<p class="muted small">${t("No check-in yet")}</p>` : nothing}
    ${checkInList(sheet, all.slice(0, LATEST))}
    ${all.length > LATEST ? html`<details class="earlier"><summary>${t("Earlier check-ins: {n}", { n: all.length - LATEST })}</summary>${
      unfolded(() => checkInList(sheet, all.slice(LATEST)), writing)}</details>` : nothing}</section>`;
}

/** @param {Sheet} sheet @param {import("./plan-view.js").CheckIn[]} held */
function checkInList(sheet, held) {
  return html`<ol class="plain">${repeat(held, (one) => one.check_in, (one) => html`<li class="check-in" id="check-in-${one.check_in}">
      <p class="small"><span class="status ${one.status}"><span class="status-dot" aria-hidden="true"></span>${word(sheet, one.status)}</span> ${day(one.on)} <span class="muted">${nameOf(sheet, one.by)}</span>${unsent(sheet, one)}</p>
      <div class="prose-text small">${prose(one.note)}</div>
      ${one.barriers ? html`<div class="prose-text small barriers"><p><strong>${t("In the way")}</strong></p>${prose(one.barriers)}</div>` : nothing}
      ${one.note !== null ? erasing(sheet, `check-in:${one.check_in}`, one.on) : nothing}</li>`)}</ol>`;
}

/** @param {Sheet} sheet */
function proposals(sheet) {
  const talk = sheet.groups.get("talk") ?? {};
  const { team, act: acts } = sheet.rights.may;
  const all = team ? proposalsOf(talk) : minesOf(talk).map((mine) => ({ person: sheet.me, why: null, replaces: null, ...mine }));
  const waits = (/** @type {Proposal} */ one) => one.outcome === "waiting" || answering(one).some((key) => sheet.open.has(key));
  const waiting = all.filter(waits);
  const answered = all.filter((one) => !waits(one));
  if (!team && !acts && all.length === 0) return nothing;
  return html`<section class="proposals" aria-labelledby="proposals-title"><div class="pane-head"><h2 id="proposals-title" tabindex="-1">${team ? t("Proposals") : t("My proposals")}</h2>
      <span class="muted small">${t("waiting: {n}", { n: all.filter(({ outcome }) => outcome === "waiting").length })}</span></div>
    ${all.length === 0 ? html`<p class="calm small">${t("Nothing is proposed. Whoever may not edit a text can propose a change to it, in the plan.")}</p>` : nothing}
    <ol class="plain">${repeat(waiting, (one) => one.proposal, (one) => html`<li class="proposal" id="proposal-${one.proposal}">${proposal(sheet, one)}</li>`)}</ol>
    ${answered.length > 0
      ? html`<details class="answered" ?open=${!team}><summary>${t("Answered: {n}", { n: answered.length })}</summary>
          <ol class="plain">${repeat(answered, (one) => one.proposal, (one) => html`<li class="proposal" id="proposal-${one.proposal}">${proposal(sheet, one)}</li>`)}</ol></details>`
      : nothing}</section>`;
}

/** @param {Sheet} sheet @param {Proposal} one */
function proposal(sheet, one) {
  const place = one.passage ?? one.under ?? "";
  const part = partOf(place);
  const about = part === "vision" ? t("Vision") : place.startsWith("family") ? t("For families") : calledIn(sheet.view, part);
  const waits = one.outcome === "waiting";
  const kind = one.under?.startsWith("priority:") ? t("New strategy") : one.under ? t("New action step") : t("New words");
  return html`<p class="small"><strong>${nameOf(sheet, one.person)}</strong> <span class="muted">${when(one.at)}</span> ${unsent(sheet, one)}
      ${waits ? nothing : html`<span class="chip ${one.outcome}">${word(sheet, one.outcome)}</span>`}</p>
    <p class="small muted">${kind}: <a href="#${one.passage?.startsWith("family") ? "family" : anchor(part)}"><span class="code">${sheet.numbers[part] ?? ""}</span> ${about}</a></p>
    ${one.passage && waits ? compared(sheet, one) : html`<div class="prose-text small">${prose(one.text)}</div>`}
    ${one.why ? html`<div class="prose-text small why">${whyLabel(one)}${prose(one.why)}</div>` : nothing}
    ${one.reason ? html`<div class="prose-text small"><p><strong>${nameOf(sheet, one.answered_by ?? "")}:</strong></p>${prose(one.reason)}</div>` : nothing}
    ${waits || answering(one).some((key) => sheet.open.has(key)) ? answers(sheet, one, about) : nothing}
    ${one.text !== null ? erasing(sheet, `proposal:${one.proposal}`, about) : nothing}`;
}

/** The forms that answer a proposal; they stay as long as somebody writes in one, whoever answers meanwhile. @param {{ proposal: string }} one */
function answering({ proposal }) {
  return [`accept-proposal@proposal:${proposal}`, `decline-proposal@proposal:${proposal}`];
}

/** What comes before the second text of a proposal: of a new strategy, that is its “then”. @param {Proposal} one */
function whyLabel(one) {
  const strategy = one.under?.startsWith("priority:");
  return strategy && saysItself(one.why, "then") ? nothing : html`<p><strong>${strategy ? t("then…") : t("Why")}</strong></p>`;
}

/** What a proposal changes in the words as they stand; it says so when they changed since it was made. @param {Sheet} sheet @param {Proposal} one */
function compared(sheet, one) {
  const words = wordsOf(sheet.view, one.passage ?? "");
  if (one.text === null) return html`<div class="prose-text small">${prose(null)}</div>`;
  const since = one.replaces !== null && words && words.wording !== one.replaces;
  return html`${since ? html`<p class="small"><strong>${t("The text has changed since this was proposed.")}</strong> ${t("Below is what accepting it changes now.")}</p>` : nothing}
    ${marked(words?.text ?? "", one.text)}`;
}

/** @param {Sheet} sheet @param {Proposal} one @param {string} about */
function answers(sheet, one, about) {
  const { rights } = sheet;
  const mine = one.person === sheet.me;
  const waits = one.outcome === "waiting";
  const [accepting = "", declining = ""] = answering(one);
  const fixed = one.under ? (one.under.startsWith("priority:") ? rights.free : true) : one.passage?.startsWith("action:") || rights.free;
  const words = one.passage ? wordsOf(sheet.view, one.passage) : null;
  if (!rights.open || !rights.may.act) return nothing;
  return html`<div class="button-row no-print">
      ${waits && rights.may.lead && fixed
        ? one.under?.startsWith("priority:")
          ? opener(sheet, accepting, t("Accept"), { look: "button secondary", about })
          : act(sheet, "accept-proposal", t("Accept"), { about: { proposal: one.proposal, ...(words ? { replaces: words.wording } : {}) }, look: "button secondary", said: about })
        : nothing}
      ${waits && rights.may.lead ? opener(sheet, declining, t("Decline"), { about }) : nothing}
      ${waits && mine ? act(sheet, "withdraw-proposal", t("Take it back"), { about: { proposal: one.proposal }, said: about }) : nothing}</div>
    ${waits && rights.may.lead && !fixed ? html`<p class="small muted">${t("It can be accepted while a refinement is open.")}</p>` : nothing}
    ${formHere(sheet, accepting)}${formHere(sheet, declining)}`;
}
