/** The list of indicators by system, with the state of each at a glance. */

import { t } from "./i18n.js";
import { address, answerShown } from "./room-parts.js";
import { consensusOf, figuresOf, indicatorOf, mineOf, progressOf, reviewOf, stagesOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** @param {Room} room */
export function indicators(room) {
  const { focus } = reviewOf(room.view);
  const systems = room.rubric.systems
    .map((system) => ({ ...system, indicators: system.indicators.filter(({ code }) => focus.includes(code)) }))
    .filter((system) => system.indicators.length > 0);
  return html`<div class="pane-head"><h2 id="indicators-title">${t("Indicators")}</h2>
    <span class="muted small">${agreed(room)}</span><a class="drawer-close button secondary" href="#rate">${t("Close")}</a></div>
    ${systems.map(
      (system) => html`<h3 class="system">${system.name}</h3>
        <ul class="indicator-list plain">${system.indicators.map(
          ({ code, statement }) => html`<li><a class="indicator-link" href="${address(room, code)}#rate" data-code=${code} data-entry="indicator:${code}"
            aria-current=${code === room.chosen ? "true" : nothing}>
            <span class="code">${code}</span><span class="statement">${statement}</span>${state(room, code)}</a></li>`,
        )}</ul>`,
    )}`;
}

/** @param {Room} room */
function agreed(room) {
  return t("{n} of {all} agreed", { n: stagesOf(room.view).consensus, all: reviewOf(room.view).focus.length });
}

/** @param {Room} room @param {string} code */
function state(room, code) {
  const { stage } = indicatorOf(room.view, code);
  const consensus = consensusOf(room.view, code);
  if (consensus) return html`<span class="state agreed">${answerShown(room, consensus.level)}</span>`;
  if (reviewOf(room.view).phase === "closed") return html`<span class="state"><span>${t("No consensus")}</span></span>`;
  if (stage !== "blind") {
    const spread = figuresOf(room.view, code)?.spread;
    return html`<span class="state revealed"><span>${t("Revealed")}${
      typeof spread === "number" ? html` · ${t("spread {n}", { n: spread })}` : nothing}</span></span>`;
  }
  if (reviewOf(room.view).phase === "scheduled") return nothing;
  if (!room.team) return html`<span class="state"><span>${t("Not revealed yet")}</span></span>`;
  const { rated, all } = progressOf(room.view, code);
  const mine = mineOf(room.view, code, room.me);
  return html`<span class="state">${meter(rated, all)}<span>${t("{n} of {all} have rated", { n: rated, all })}</span>${
    room.can.rate && mine ? html`<span class="mine">${t("You have rated")}</span>` : nothing}</span>`;
}

/** @param {number} part @param {number} all */
function meter(part, all) {
  return html`<svg class="meter" viewBox="0 0 48 6" aria-hidden="true" focusable="false"><rect class="meter-all" width="48"
    height="6" rx="3"/><rect class="meter-part" width=${all ? (48 * part) / all : 0} height="6" rx="3"/></svg>`;
}
