/** What stands under a strategy: action steps, progress measures, and what it asks the home office for. */

import { number, t, tn } from "./i18n.js";
import { chartOf } from "./measure-chart.js";
import { mayAnswer, mayArrange, mayErase, maySchedule, mayShape, mayWork } from "./plan-can.js";
import { handle, moves } from "./plan-moves.js";
import { day, formHere, glows, menu, nameOf, opener, openWithin, owned, unsent, word } from "./plan-parts.js";
import { passage } from "./plan-passage.js";
import { retired } from "./plan-retired.js";
import { anchor, lineOf, partOf, partsUnder, planOf, readings, readingsOf, split } from "./plan-view.js";
import { prose } from "./prose.js";
import { unfolded } from "./unfolded.js";
import { html, nothing, svg } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** @typedef {(part: string) => unknown[]} Whys all that the drawing of a part depends on */

/**
 * A year of readings is not drawn again because a step beside it was reported: what each part under a strategy depends on.
 *
 * @param {[string, any][]} entries of the strategy, by their keys
 * @param {unknown[]} besides what all of them depend on
 * @returns {Whys}
 */
export function rowReasons(entries, besides) {
  /** @type {Map<string, unknown[]>} */
  const rows = new Map();
  for (const [key, entry] of entries) {
    const [kind, place] = split(key);
    const part = kind === "reading" ? `measure:${entry.measure}` : kind === "text" ? partOf(place) : key;
    const row = rows.get(part);
    if (row) row.push(entry);
    else rows.set(part, [...besides, entry]);
  }
  return (part) => rows.get(part) ?? [{}];
}

/**
 * A list of parts with its heading; nothing where there are none.
 *
 * @param {Sheet} sheet
 * @param {string} strategy
 * @param {"action" | "measure" | "support"} kind
 * @param {string} heading
 * @param {Whys} whys
 * @param {(sheet: Sheet, part: string, title: string) => unknown} draw
 */
function list(sheet, strategy, kind, heading, whys, draw) {
  const parts = partsUnder(sheet.view, strategy, kind);
  if (parts.length === 0) return nothing;
  return html`<section class="under ${kind}s"><h4>${heading}</h4>
    <ul class="plain">${repeat(parts, (part) => part, (part) => guard(whys(part), () => {
      const title = lineOf(sheet.view, part);
      const folded = sheet.view[part].retired_at && !openWithin(sheet, part);
      return html`<li>${folded ? retired(sheet, part, title) : draw(sheet, part, title)}</li>`;
    }))}</ul></section>`;
}

/** @param {Sheet} sheet @param {string} part @param {string[]} kinds */
function forms(sheet, part, kinds) {
  return [...kinds, "assign-part", "retire-part", "redact-plan-words"].map((kind) => formHere(sheet, `${kind}@${part}`));
}

/** What every part's menu ends with. @param {Sheet} sheet @param {string} part @param {string} title */
function last(sheet, part, title) {
  const kind = sheet.view[part].kind;
  const shape = mayShape(sheet.rights, kind);
  return [
    ...(shape ? moves(sheet, part, title) : []),
    shape ? opener(sheet, `retire-part@${part}`, t("Retire"), { about: title }) : nothing,
    mayErase(sheet.rights) ? opener(sheet, `redact-plan-words@${part}`, t("Erase these words…"), { about: title }) : nothing,
  ];
}

/** @param {Sheet} sheet @param {string} strategy @param {Whys} whys */
export function actions(sheet, strategy, whys) {
  return list(sheet, strategy, "action", t("Action steps"), whys, (_, part, title) => {
    const entry = sheet.view[part];
    const late = entry.due && entry.due < sheet.today && entry.status !== "done";
    return html`<div class="row action ${entry.status} ${glows(sheet, part)}" id=${anchor(part)} data-part=${part}>
      <p class="row-mark"><span class="step"><span class="step-mark ${entry.status}" aria-hidden="true"></span>${word(sheet, entry.status)}</span></p>
      <div class="row-words">${passage(sheet, part, { label: title })}
        ${entry.note ? html`<div class="prose-text note small">${prose(entry.note)}</div>` : nothing}</div>
      <p class="row-facts small">${owned(sheet, entry.owner)}
        ${entry.due ? html`<span class="due ${late ? "late" : ""}">${late ? html`<strong>${t("Overdue")}</strong> ` : nothing}${day(entry.due)}</span>` : nothing}${unsent(sheet, entry)}
        ${mayWork(sheet.rights, sheet.view, part) ? opener(sheet, `report-action@${part}`, t("Report"), { about: title }) : nothing}</p>
      ${menu(title, [
        mayArrange(sheet.rights, sheet.view, part) ? opener(sheet, `assign-part@${part}`, t("Owner"), { about: title }) : nothing,
        maySchedule(sheet.rights, sheet.view, part) ? opener(sheet, `schedule-action@${part}`, t("Due day"), { about: title }) : nothing,
        ...last(sheet, part, title),
      ])}${mayShape(sheet.rights, entry.kind) ? handle(sheet, part) : nothing}</div>${forms(sheet, part, ["report-action", "schedule-action"])}`;
  });
}

/** @param {Sheet} sheet @param {string} strategy @param {Whys} whys */
export function measures(sheet, strategy, whys) {
  return list(sheet, strategy, "measure", t("Progress measures"), whys, (_, part, title) => {
    const entry = sheet.view[part];
    const taken = readingsOf(sheet.groups.get(strategy) ?? {}, entry.measure);
    const latest = taken.at(-1);
    const work = mayWork(sheet.rights, sheet.view, part);
    return html`<div class="row measure ${glows(sheet, part, ...taken.map(({ reading }) => `reading:${entry.measure}:${reading}`))}" id=${anchor(part)} data-part=${part}>
      ${chart(sheet, entry, taken)}
      <div class="row-words">${passage(sheet, part, { label: title })}
        <p class="small"><strong>${latest ? number(latest.value) : number(entry.baseline)}</strong> ${entry.unit}
          <span class="muted">${latest ? day(latest.on) : t("at the start")}</span></p>
        <p class="small muted">${t("Baseline {baseline}, target {target}", { baseline: number(entry.baseline), target: number(entry.target) })}${
          entry.lower_is_better ? html` · ${t("lower is better")}` : nothing}</p>
        ${numbersTable(sheet, strategy, entry, title, work)}</div>
      <p class="row-facts small">${owned(sheet, entry.owner)}${unsent(sheet, entry)}
        ${work ? opener(sheet, `take-reading@${part}`, t("Take a reading"), { about: title }) : nothing}</p>
      ${menu(title, [
        mayShape(sheet.rights, "measure") ? opener(sheet, `set-target@${part}`, t("Baseline and target"), { about: title }) : nothing,
        mayArrange(sheet.rights, sheet.view, part) ? opener(sheet, `assign-part@${part}`, t("Owner"), { about: title }) : nothing,
        ...last(sheet, part, title),
      ])}${mayShape(sheet.rights, entry.kind) ? handle(sheet, part) : nothing}</div>${forms(sheet, part, ["take-reading", "set-target"])}`;
  });
}

/** @param {Sheet} sheet @param {any} measure @param {import("./plan-view.js").Reading[]} taken */
function chart(sheet, measure, taken) {
  const { quarters, ends } = planOf(sheet.view);
  const { width, height, baseline, target, path, points, quarters: lines } = chartOf(measure, taken, quarters, ends);
  return html`<svg class="measure-chart" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
    ${lines.map((x) => svg`<path class="chart-quarter" d="M${x} 0V${height}"/>`)}
    <path class="chart-baseline" d="M0 ${baseline}H${width}"/><path class="chart-target" d="M0 ${target}H${width}"/>
    <path class="chart-line" d=${path}/><path class="chart-points" d=${points.map(({ x, y }) => `M${x} ${y}h0`).join("")}/></svg>`;
}

/** @param {Sheet} sheet @param {string} strategy @param {any} measure @param {string} title @param {boolean} work */
function numbersTable(sheet, strategy, measure, title, work) {
  const all = readings(sheet.groups.get(strategy) ?? {}, measure.measure);
  if (all.length === 0) return nothing;
  const count = all.filter(({ withdrawn }) => !withdrawn).length;
  const writing = [...sheet.open].some((key) => key.startsWith(`withdraw-reading@reading:${measure.measure}:`));
  return html`<details class="readings small"><summary>${tn("{n} reading", "{n} readings", count)}<span class="visually-hidden"> ${title}</span></summary>
    ${unfolded(() => html`<table><thead><tr><th scope="col">${t("Day")}</th><th scope="col" class="figure">${measure.unit}</th><th scope="col">${t("Note")}</th></tr></thead>
      <tbody>${repeat(all, ({ reading }) => reading, (reading) => row(sheet, measure, title, work, reading))}</tbody></table>`, writing)}</details>`;
}

/** @param {Sheet} sheet @param {any} measure @param {string} title @param {boolean} work @param {import("./plan-view.js").Reading} reading */
function row(sheet, measure, title, work, reading) {
  const key = `withdraw-reading@reading:${measure.measure}:${reading.reading}`;
  return html`<tr class=${reading.withdrawn ? "withdrawn" : ""}><th scope="row">${day(reading.on)}</th>
    <td class="figure">${reading.withdrawn ? html`<s>${number(reading.value)}</s>` : number(reading.value)}</td>
    <td>${reading.withdrawn ? html`<span class="muted">${t("Withdrawn")}</span>` : nothing}
      ${reading.reason ?? reading.note ?? nothing}
      ${work && !reading.withdrawn ? opener(sheet, key, t("Withdraw"), { about: `${title}, ${reading.on}` }) : nothing}${formHere(sheet, key)}</td></tr>`;
}

/** @param {Sheet} sheet @param {string} strategy @param {Whys} whys */
export function supports(sheet, strategy, whys) {
  return list(sheet, strategy, "support", t("Support from the home office"), whys, (_, part, title) => {
    const entry = sheet.view[part];
    const answer = `answer-support@${part}`;
    return html`<div class="row support ${glows(sheet, part)}" id=${anchor(part)} data-part=${part}>
      <p class="row-mark"><span class="chip">${word(sheet, entry.need)}</span></p>
      <div class="row-words">${passage(sheet, part, { label: title })}
        <p class="small muted">${t("Asked by {person}", { person: nameOf(sheet, entry.by) })}</p>
        ${entry.answer
          ? html`<div class="answer"><p class="small"><strong>${word(sheet, entry.answer)}</strong> <span class="muted">${nameOf(sheet, entry.answered_by)}</span></p>
              <div class="prose-text">${prose(entry.words)}</div></div>`
          : html`<p class="small">${t("No answer yet")}</p>`}</div>
      <p class="row-facts small">${entry.owner || !entry.answer ? owned(sheet, entry.owner) : nothing}${unsent(sheet, entry)}
        ${mayAnswer(sheet.rights, sheet.view, part) ? opener(sheet, answer, entry.answer ? t("Answer again") : t("Answer the request"), { about: title }) : nothing}</p>
      ${menu(title, [
        mayArrange(sheet.rights, sheet.view, part) ? opener(sheet, `assign-support@${part}`, t("Owner"), { about: title }) : nothing,
        ...last(sheet, part, title),
      ])}${mayShape(sheet.rights, entry.kind) ? handle(sheet, part) : nothing}</div>${forms(sheet, part, ["answer-support", "assign-support"])}`;
  });
}
