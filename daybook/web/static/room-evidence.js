/** The evidence of the chosen indicator, or of the whole review, newest first. */

import { t, tn } from "./i18n.js";
import { erasing } from "./room-erase.js";
import { evidenceForm } from "./room-evidence-form.js";
import { address, hidden, nameOf, prose, time, word } from "./room-parts.js";
import { evidenceOf, reviewOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/**
 * @typedef {import("./room-parts.js").Room} Room
 * @typedef {import("./room-view.js").Evidence} Evidence
 */

/** @param {Room} room */
export function evidence(room) {
  if (!room.team) {
    return html`<div class="pane-head"><h2 id="evidence-title" tabindex="-1">${t("Evidence")}</h2></div>
      <p class="calm">${t("The team’s notes are its own. What it agrees on is shown with each indicator.")}</p>`;
  }
  const mine = evidenceOf(room.view, room.chosen);
  const every = evidenceOf(room.view);
  const items = (room.all ? every : mine).filter((item) => !room.held.has(item.evidence));
  const held = (room.all ? every : mine).filter((item) => room.held.has(item.evidence)).length;
  return html`<div class="pane-head"><h2 id="evidence-title" tabindex="-1">${t("Evidence")}</h2>
      <p class="filter"><a href="${address(room, room.chosen)}#evidence" data-do="evidence-one" aria-current=${room.all ? nothing : "true"}>${room.chosen} (${mine.length})</a>
        <a href="${address(room, room.chosen)}&evidence=all#evidence" data-do="evidence-all" aria-current=${room.all ? "true" : nothing}>${t("All")} (${every.length})</a></p></div>
    ${room.can.note ? adding(room) : nothing}
    ${held > 0 ? html`<button class="chip accent arrivals" type="button" data-do="show-new">${tn("{n} new", "{n} new", held)}</button>` : nothing}
    ${items.length === 0 ? empty(room) : html`<ol class="evidence-list plain">${
          // Keyed, so that what one writes stays with its item. In the past, drawing over is many times quicker.
          room.past ? items.map((item) => card(room, item)) : repeat(items, (item) => item.evidence, (item) => card(room, item))}</ol>`}`;
}

/** @param {Room} room */
function adding(room) {
  return html`<details class="adding" id="add-evidence" ?open=${room.adding} data-fold="adding">
    <summary class="button secondary">${t("Add evidence")}</summary>${evidenceForm(room, null)}</details>`;
}

/** @param {Room} room */
function empty(room) {
  const words = {
    scheduled: t("Evidence is taken once the review is open."),
    open: room.all ? t("No evidence yet.") : t("No evidence on {code} yet.", { code: room.chosen }),
    closed: t("No evidence was noted."),
  }[reviewOf(room.view).phase];
  const teach = room.can.note ? t("Note what was seen and said, in plain words. The rest of the team sees it at once.") : "";
  return html`<p class="calm">${words} ${teach}</p>`;
}

/** @param {Room} room @param {Evidence} item */
function card(room, item) {
  const mine = item.person === room.me;
  const unsent = room.sending.some(({ data, received }) => data["evidence"] === item.evidence && received === null);
  const looks = ["evidence", item.stance, item.withdrawn ? "withdrawn" : "", room.fresh.has(item.evidence) ? "fresh" : ""];
  if (mine && room.revising.includes(item.evidence) && !item.withdrawn) {
    return html`<li class="evidence" id="item-${item.evidence}">${evidenceForm(room, item)}</li>`;
  }
  return html`<li class=${looks.filter(Boolean).join(" ")} id="item-${item.evidence}" data-entry="evidence:${item.evidence}">
    <p class="evidence-head"><span class="source">${word(item.source)}</span><span class="stance">${word(item.stance)}</span>
      <span class="code">${item.indicators.join(", ")}</span>
      ${room.fresh.has(item.evidence) ? html`<span class="chip accent">${t("New")}</span>` : nothing}
      ${item.withdrawn ? html`<span class="chip">${t("Withdrawn")}</span>` : nothing}
      ${unsent && room.stale ? html`<span class="chip">${t("Not received yet")}</span>` : nothing}</p>
    <p class="prose evidence-text">${item.withdrawn && item.text !== null ? html`<s>${prose(item.text)}</s>` : prose(item.text)}</p>
    ${item.setting ? html`<p class="muted small">${item.setting}</p>` : nothing}
    <div class="evidence-foot muted small"><span>${nameOf(room, item.person)}, ${time(item.at)}</span>
      ${mine && room.can.note && !item.withdrawn ? actions(room, item) : nothing}</div>
    ${item.earlier.length > 0
      ? html`<details class="earlier small"><summary>${tn("{n} earlier wording", "{n} earlier wordings", item.earlier.length)}</summary>
          <ol>${item.earlier.map((text) => html`<li class="prose">${prose(text)}</li>`)}</ol></details>`
      : nothing}
    ${item.text === null ? nothing : erasing(room, "redact-evidence", { evidence: item.evidence })}</li>`;
}

/** @param {Room} room @param {Evidence} item */
function actions(room, item) {
  const form = `withdraw-${item.evidence}`;
  return html`<span class="actions"><button class="button-link" type="button" data-do="revise" data-evidence=${item.evidence}>${t("Revise")}</button>
    <button class="button-link" type="submit" form=${form}>${t("Withdraw")}</button></span>
    <form hidden id=${form} method="post" action="/commands" data-type="withdraw-evidence">${hidden(room, "withdraw-evidence", { evidence: item.evidence })}</form>`;
}
