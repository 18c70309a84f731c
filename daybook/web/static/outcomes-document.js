/** The outcomes of the page, one after the other, with the form that proposes another. */

import { grip } from "./drag-handle.js";
import { t, tn } from "./i18n.js";
import { changing } from "./outcomes-meanwhile.js";
import { act, arranging, folded, formHere, glows, late, level, nameOf, opener, schoolYear, unsent } from "./outcomes-parts.js";
import { passage } from "./outcomes-passage.js";
import { amendmentsOf, isDraft, outcomeOf, outcomesOf, pageOf, standsThere, voicesOf } from "./outcomes-view.js";
import { plain } from "./prose-text.js";
import { prose } from "./prose.js";
import { time } from "./room-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/**
 * @typedef {import("./outcomes-parts.js").Sheet} Sheet
 * @typedef {import("./outcomes-view.js").Baseline} Baseline
 */

/** @param {Sheet} sheet */
export function documentOf(sheet) {
  const { beside, may, view } = sheet;
  const ids = outcomesOf(view);
  return html`${ids.length > 0
      ? nothing
      : html`<div class="empty"><h2>${t("No outcome yet")}</h2><p>${may.write
          ? t("Propose the first: what will be true by next June, how the school will know, and what the school and the home office each commit to. Everyone at the school and its home office can comment and endorse.")
          : t("When the school’s leaders and teams propose outcomes, they appear here.")}</p></div>`}
    <ol class="outcome-list plain">${repeat(ids, (id) => id, (id, index) => html`<li>${one(sheet, ids, id, index)}</li>`)}</ol>
    ${carriedForward(sheet)}
    ${carriedByPlan(sheet)}
    <div class="document-foot no-print"><p class="tools">
      ${isDraft(view) && may.write && !sheet.open.has("propose-outcome@page") ? opener(sheet, "propose-outcome@page", t("Propose an outcome"), "", "button") : nothing}
      <a class="act" href=${sheet.besideLink} data-do="beside">${beside ? t("Show one language") : t("Show English and Spanish")}</a></p>
      ${formHere(sheet, "propose-outcome@page")}</div>`;
}

/** What the year before carried forward and this draft has not taken in. @param {Sheet} sheet */
function carriedForward(sheet) {
  const { before, may, view } = sheet;
  const left = before?.carried.filter(({ outcome }) => !outcomeOf(view, outcome)) ?? [];
  if (!before || left.length === 0 || !isDraft(view) || !may.write) return nothing;
  return html`<section class="carried no-print" aria-labelledby="carried-title"><h2 id="carried-title" tabindex="-1">${t("Carried forward from {year}", { year: schoolYear(before.year) })}</h2>
    <p class="muted small">${t("These are not in this draft yet. What goes on comes along with its words, and can be changed here.")}</p>
    <ul class="lines">${repeat(left, ({ outcome }) => outcome, ({ outcome, statement }) => html`<li class="line"><div class="prose-text">${prose(statement)}</div>
      ${statement === null ? nothing : act(sheet, "carry-over-outcome", t("Carry it over"), { seed: before.outcomes, outcome }, { look: "button secondary", said: plain(statement) })}</li>`)}</ul></section>`;
}

/** The priorities that the plan of the year before carries forward, but for those whose June Outcome does so itself. @param {Sheet} sheet */
function carriedByPlan(sheet) {
  const { before, may, plan_before: plan, view } = sheet;
  const told = new Set(before?.carried.map(({ outcome }) => outcome));
  const left = plan?.carried.filter(({ outcome }) => !outcome || (!told.has(outcome) && !outcomeOf(view, outcome))) ?? [];
  if (!plan || left.length === 0 || !isDraft(view) || !may.write) return nothing;
  return html`<section class="carried no-print" aria-labelledby="priorities-title"><h2 id="priorities-title" tabindex="-1">${t("What the plan of {year} carries forward", { year: schoolYear(plan.year) })}</h2>
    <p class="muted small">${t("Its leaders said so when they reflected on the year. Propose an outcome where it is to go on.")}</p>
    <ul class="lines">${left.map(({ indicators, priority, reflected, text }) => html`<li class="line"><div><div class="prose-text">${prose(text)}</div>
      ${reflected ? html`<div class="prose-text small muted">${prose(reflected)}</div>` : nothing}
      <p class="small">${indicators.map((code) => html`<span class="code">${code}</span> `)}<a href="/plans/${plan.plan}#priority-${priority}">${t("In the plan")}<span class="visually-hidden">: ${plain(text ?? "")}</span></a></p></div></li>`)}</ul></section>`;
}

/** @param {Sheet} sheet @param {string[]} ids @param {string} id @param {number} index */
function one(sheet, ids, id, index) {
  const { view, words } = sheet;
  const outcome = outcomeOf(view, id);
  const label = t("Outcome {n}", { n: index + 1 });
  const conclusion = view[`conclusion:${id}`];
  return html`<article class="outcome ${glows(sheet, `outcome:${id}`)}" id="outcome-${id}" aria-labelledby="title-${id}">
    <h2 id="title-${id}" tabindex="-1">${label}
      ${outcome.carried_from ? html`<span class="chip">${t("carried over from the year before")}</span>` : nothing}
      ${conclusion ? html`<span class="chip ${conclusion.result === "met" ? "done" : ""}">${words[conclusion.result]}</span>` : nothing}
      ${unsent(sheet, outcome)}</h2>
    ${passage(sheet, id, "statement", label, { lead: true })}
    ${aims(sheet, id, label)}
    <div class="pair">
      <section><h3>${t("The school commits to")}</h3>${passage(sheet, id, "school", t("The school commits to"))}</section>
      <section><h3>${t("The home office commits to")}</h3>${passage(sheet, id, "home-office", t("The home office commits to"))}</section></div>
    <div class="pair">
      <section><h3>${t("How we will know")}</h3>${passage(sheet, id, "measure", t("How we will know"))}</section>
      ${owner(sheet, id, label)}</div>
    ${concluding(sheet, id, label)}
    ${amendments(sheet, id)}
    ${voices(sheet, id, label)}
    ${menu(sheet, ids, id, index, label)}${arranging(sheet) && ids.length > 1 ? grip() : nothing}</article>`;
}

/** @param {Sheet} sheet @param {string} id @param {string} label */
function aims(sheet, id, label) {
  const { may, reviews, rubric, view } = sheet;
  const { baselines, target } = outcomeOf(view, id);
  const { levels } = pageOf(view);
  const statements = new Map(rubric.systems.flatMap(({ indicators }) => indicators.map(({ code, statement }) => [code, statement])));
  const key = changing(sheet, `aim-outcome@${id}`);
  return html`<ul class="aims plain">${baselines.map((baseline) => {
      const stood = stoodAt(reviews, baseline);
      return html`<li><p><span class="code">${baseline.indicator}</span> ${statements.get(baseline.indicator) ?? ""}</p>
        <p class="aim"><span class="aim-from">${stood
            ? html`${stood} <a class="quiet small" href="/reviews/${baseline.review}?indicator=${baseline.indicator}">${t("review of {day}", { day: reviews[baseline.review ?? ""]?.day ?? "" })}</a>`
            : notRated()}</span>
          <span class="aim-to"><span aria-hidden="true">→</span><span class="visually-hidden">${t("to")}</span> ${level(target, levels, rubric.levels[target - 1] ?? "")}</span></p>
        ${overtaken(sheet, baseline)}</li>`;
    })}</ul>
    ${may.steer ? folded(sheet, key, isDraft(view) ? t("Indicators and level") : t("Amend the aim"), label) : nothing}`;
}

/** The level that a baseline says; null where the indicator was not rated. @param {Sheet["reviews"]} reviews @param {Baseline} baseline */
function stoodAt(reviews, { level: n, levels, review }) {
  const stand = review ? reviews[review] : undefined;
  return n && levels && stand ? level(n, levels, stand.levels[n - 1] ?? "") : null;
}

/** @returns {unknown} */
const notRated = () => html`<span class="muted">${t("not rated yet")}</span>`;

/** That a draft begins from where the school stood, and not from where it stands. @param {Sheet} sheet @param {Baseline} baseline */
function overtaken({ past, reviews, standing, view }, baseline) {
  const now = standing[baseline.indicator];
  if (past || !now || standsThere(baseline, now) || !isDraft(view)) return nothing;
  const { day = "", levels = [] } = reviews[now.review] ?? {};
  return html`<p class="older small no-print"><span aria-hidden="true">△</span> ${t("By now the school stands at “{level}” (review of {day}). Whoever sets the aim again begins from there.", { level: levels[now.level - 1] ?? "", day })}</p>`;
}

/** @param {Sheet} sheet @param {string} id @param {string} label */
function owner(sheet, id, label) {
  const { owner } = outcomeOf(sheet.view, id);
  return html`<section><h3>${t("Who carries it")}</h3><p>${owner ? nameOf(sheet, owner) : html`<span class="muted">${t("Nobody yet")}</span>`}</p>
    ${sheet.may.steer ? folded(sheet, `assign-outcome@${id}`, t("Owner"), label) : nothing}</section>`;
}

/** @param {Sheet} sheet @param {string} id @param {string} label */
function concluding(sheet, id, label) {
  const { may, view, words } = sheet;
  const conclusion = view[`conclusion:${id}`];
  const mine = may.steer && !isDraft(view) && late(sheet);
  if (!conclusion && !mine) return nothing;
  return html`<section class="conclusion ${conclusion ? glows(sheet, `conclusion:${id}`) : "no-print"}"><h3>${t("At the year’s end")}</h3>
    ${conclusion
      ? html`<p><strong>${words[conclusion.result]}</strong></p>${passage(sheet, id, "conclusion", t("At the year’s end"))}
        <p class="muted small no-print">${nameOf(sheet, conclusion.by)}, ${time(conclusion.at)}</p>${conclusion.result === "carried-forward" ? goesOn(sheet, id) : nothing}`
      : nothing}
    ${mine ? folded(sheet, `conclude-outcome@${id}`, conclusion ? t("Put it right") : t("Say what came of it"), label) : nothing}</section>`;
}

/** Where an outcome that was carried forward goes on, once the next year has begun. @param {Sheet} sheet @param {string} id */
function goesOn({ after, may, view }, id) {
  if (!after || (after.draft && !after.taken.includes(id) && !may.write)) return nothing;
  const year = schoolYear(pageOf(view).year + 1);
  const at = `/outcomes/${after.outcomes}`;
  return html`<p class="small no-print">${after.taken.includes(id)
    ? html`<a href="${at}#outcome-${id}">${t("It goes on in the June Outcomes {year}", { year })}</a>`
    : after.draft
      ? html`<a href="${at}#carried-title">${t("Carry it over in the draft of the June Outcomes {year}", { year })}</a>`
      : t("The June Outcomes {year} were adopted without it.", { year })}</p>`;
}

/** @param {Sheet} sheet @param {string} id */
function amendments(sheet, id) {
  const { reviews, rubric, texts, view } = sheet;
  const all = amendmentsOf(view, id);
  if (all.length === 0) return nothing;
  const { levels } = pageOf(view);
  return html`<section class="amendments"><h3>${t("Amended")}</h3><ol class="plain">${all.map((amended) => html`<li>
    <p class="small"><strong>${texts[amended.text]}${amended.lang === "es" ? " (Español)" : ""}</strong>, ${nameOf(sheet, amended.by)}, ${time(amended.at)}</p>
    ${amended.text === "aim"
      ? html`<p class="small">${t("Before:")} ${amended.baselines.map((/** @type {Baseline} */ one, /** @type {number} */ n) => html`${n > 0 ? ", " : nothing}<span class="code">${one.indicator}</span> ${stoodAt(reviews, one) ?? notRated()}`)}
          <span aria-hidden="true">→</span><span class="visually-hidden">${t("to")}</span> ${level(amended.target, levels, rubric.levels[amended.target - 1] ?? "")}</p>`
      : html`<div class="before prose-text small"><p class="visually-hidden">${t("Before:")}</p>${prose(amended.before)}</div>`}
    <div class="prose-text small"><p class="visually-hidden">${t("Why")}</p>${prose(amended.reason)}</div></li>`)}</ol></section>`;
}

/** @param {Sheet} sheet @param {string} id @param {string} label */
function voices(sheet, id, label) {
  const { may, me, view } = sheet;
  const endorsed = voicesOf(view, "endorsement", id);
  const mine = endorsed.some(({ person }) => person === me);
  const people = endorsed.map(({ person }) => nameOf(sheet, person)).join(", ");
  return html`<div class="voices no-print"><div class="endorsing">
    <p>${endorsed.length > 0 ? t("Endorsed by {n}: {people}", { n: endorsed.length, people }) : html`<span class="muted">${t("Endorsed by nobody yet")}</span>`}</p>
    ${may.speak
      ? mine
        ? act(sheet, "withdraw-endorsement", t("Take my endorsement back"), { outcome: id }, { said: label })
        : act(sheet, "endorse-outcome", t("Endorse"), { outcome: id }, { look: "button secondary", said: label })
      : nothing}</div>
    ${comments(sheet, id, label)}</div>`;
}

/** @param {Sheet} sheet @param {string} id @param {string} label */
function comments(sheet, id, label) {
  const { may, view } = sheet;
  const all = voicesOf(view, "comment", id);
  const key = `comment-on-outcome@${id}`;
  return html`<details class="comments" data-fold="comments@${id}" ?open=${sheet.open.has(`comments@${id}`) || sheet.open.has(key)}>
    <summary>${all.length > 0 ? tn("{n} comment", "{n} comments", all.length) : t("Comment")}<span class="visually-hidden"> ${label}</span></summary>
    ${all.length > 0
      ? html`<ol class="plain comment-list">${repeat(all, ({ comment }) => comment, (said) => html`<li id="comment-${said.comment}" class=${glows(sheet, `comment:${said.comment}`)}>
          <p class="small"><strong>${nameOf(sheet, said.person)}</strong> <span class="muted">${time(said.at)}</span> ${unsent(sheet, said)}</p>
          <div class="prose-text">${prose(said.text)}</div>
          ${may.erase && said.text !== null ? folded(sheet, `redact-outcome-words@comment:${said.comment}`, t("Erase these words…"), nameOf(sheet, said.person)) : nothing}</li>`)}</ol>`
      : nothing}
    ${may.speak ? folded(sheet, key, t("Write a comment"), label) : nothing}</details>`;
}

/** @param {Sheet} sheet @param {string[]} ids @param {string} id @param {number} index @param {string} label */
function menu(sheet, ids, id, index, label) {
  const { may } = sheet;
  const arrange = arranging(sheet);
  const [withdraw, erase] = [`withdraw-outcome@${id}`, `redact-outcome-words@outcome:${id}`];
  if (!arrange && !may.erase) return formHere(sheet, withdraw);
  const next = ids[index + 1];
  const upAfter = ids[index - 2];
  return html`<details class="menu no-print" data-menu><summary><span aria-hidden="true">⋯</span><span class="visually-hidden">${t("More for {part}", { part: label })}</span></summary>
      <ul class="plain">
        ${arrange && index > 0 ? html`<li>${act(sheet, "move-outcome", t("Move up"), { outcome: id, ...(upAfter ? { after: upAfter } : {}) }, { said: label })}</li>` : nothing}
        ${arrange && next ? html`<li>${act(sheet, "move-outcome", t("Move down"), { outcome: id, after: next }, { said: label })}</li>` : nothing}
        ${arrange ? html`<li>${opener(sheet, withdraw, t("Leave it out"), label)}</li>` : nothing}
        ${may.erase ? html`<li>${opener(sheet, erase, t("Erase these words…"), label)}</li>` : nothing}</ul></details>
    ${formHere(sheet, withdraw)}${formHere(sheet, erase)}`;
}
