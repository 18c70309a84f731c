/** What the player of a replay draws: the moment in words, the ruler with its marks, and the buttons. */

import { clock, lang, longDay, number, plainDay, t, tn } from "./i18n.js";
import { shareOf, ticksOf } from "./replay-scale.js";
import { html, nothing, svg } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./replay-state.js").Step} Step
 * @typedef {import("./replay-scale.js").Scale} Scale
 * @typedef {{ index: number, time: number, kind: string, label: string }} Placed a mark on the ruler
 * @typedef {{ from: number, to: number, label: string }} Band a stretch of time with a name, such as a quarter
 */

const SAME_PX = 2; // nearer to each other, marks look like one
const NARROWEST_BAND = 0.03; // of the ruler: less has no room for a name
const TICK_PX = 76; // the room that a tick's words need

/** Milliseconds to a step, from slow to very fast. */
export const SPEEDS = { slow: 1_600, normal: 700, fast: 180, "very-fast": 30 };

/** @param {Step} step @param {number} index @param {number} all @param {string | null} why */
export function now(step, index, all, why) {
  return html`<p class="player-when"><time datetime=${step.at}>${longDay(step.at)}, ${clock(step.at)}</time>
      <span class="muted small">${t("{n} of {all}", { n: number(index), all: number(all) })}</span></p>
    <p class="player-said">${step.sentence}${step.about ? html` <span class="player-about">· ${step.about}</span>` : nothing}</p>
    ${why ? html`<details class="player-why"><summary><span><span class="muted">${t("Why:")}</span> ${why}</span></summary></details>` : nothing}`;
}

/** The buttons; the list of moments has its place among them. @param {{ playing: boolean, speed: keyof typeof SPEEDS, follow: boolean, first: boolean, last: boolean }} state */
export function controls({ playing, speed, follow, first, last }) {
  const button = (/** @type {string} */ act, /** @type {string} */ words, /** @type {string} */ path, /** @type {boolean} */ off) =>
    html`<button class="button secondary icon" type="button" data-replay=${act} aria-label=${words} title=${words} aria-disabled=${off ? "true" : nothing}>
      <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${path}/></svg></button>`;
  const play = playing ? t("Pause") : t("Play");
  return html`<div class="player-buttons">
      ${button("previous-mark", t("Previous moment"), "M4 4h2.5v12H4zM16 4v12L7.5 10z", first)}
      ${button("back", t("One step back"), "M14 4v12L5.5 10z", first)}
      <button class="button player-play" type="button" data-replay="play"><svg viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${
        playing ? "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z" : "M6 4v12l9.5-6z"}/></svg><span>${play}</span></button>
      ${button("forward", t("One step forward"), "M6 4v12l8.5-6z", last)}
      ${button("next-mark", t("Next moment"), "M13.5 4H16v12h-2.5zM4 4v12l8.5-6z", last)}
    </div>
    <div class="player-settings">
      <label class="player-speed"><span>${t("Speed")}</span><select id="player-speed" class="short" data-replay="speed">
        ${[["slow", t("Slow")], ["normal", t("Normal")], ["fast", t("Fast")], ["very-fast", t("Very fast")]].map(
          ([value, words]) => html`<option value=${value ?? ""} ?selected=${value === speed}>${words}</option>`)}</select></label>
      <label class="player-follow"><input type="checkbox" id="player-follow" data-replay="follow" .checked=${follow}><span>${t("Follow along")}</span></label>
      <div id="player-moments"></div>
    </div>`;
}

/**
 * The marks as a list, for those who do not use the ruler. Its lines are there while it is open: there may be hundreds.
 *
 * @param {Placed[]} marks
 * @param {number} index
 * @param {boolean} open
 * @param {(index: number) => string} href
 */
export function moments(marks, index, open, href) {
  if (marks.length === 0) return nothing;
  const days = new Set(marks.map(({ time }) => plainDay(iso(time))));
  const when = (/** @type {number} */ time) => (days.size > 1 ? plainDay(iso(time)) : clock(iso(time)));
  return html`<details class="moments" id="moments"><summary class="button secondary">${tn("{n} moment", "{n} moments", marks.length)}</summary>
    <ol class="plain">${(open ? marks : []).map((mark) => html`<li><a href=${href(mark.index)} data-index=${mark.index} aria-current=${mark.index === index ? "step" : nothing}>
      <svg class="mark mark-${mark.kind}" viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">${shape(mark.kind)}</svg>
      <span>${mark.label}</span> <span class="muted small">${when(mark.time)}</span></a></li>`)}</ol></details>`;
}

/** @param {number} time */
function iso(time) {
  return new Date(time).toISOString();
}

/** The ruler, without the place where one is. @param {Scale} scale @param {Placed[]} marks @param {Band[]} bands @param {number} width in pixels */
export function ruler(scale, marks, bands, width) {
  const at = (/** @type {number} */ share) => `${(100 * share).toFixed(3)}%`;
  const { stretches } = scale;
  return svg`
    ${bands.map(({ from, to, label }, place) => {
      const [start, end] = [shareOf(scale, from), shareOf(scale, to)];
      if (end - start < NARROWEST_BAND) return nothing;
      return svg`<rect class="ruler-band ${place % 2 ? "odd" : ""}" x=${at(start)} width=${at(end - start)} y="0" height="70"/>
        <text class="ruler-band-name" x=${at(start)} dx="4" y="10">${label}</text>`;
    })}
    ${stretches.map(({ start, end }, place) => svg`<line class="ruler-line" x1=${at(start)} x2=${at(end)} y1="34" y2="34"/>${
      place === 0 ? nothing : svg`<line class="ruler-break" x1=${at((stretches[place - 1] ?? { end: 0 }).end)} x2=${at(start)} y1="34" y2="34"/>`}`)}
    ${ticksOf(scale, width / TICK_PX).map((tick) => {
      const anchor = tick.share < 0.03 ? "start" : tick.share > 0.97 ? "end" : "middle";
      const words = tickWords(tick);
      return svg`<line class="ruler-tick" x1=${at(tick.share)} x2=${at(tick.share)} y1="38" y2="43"/>
        <text class="ruler-words" x=${at(tick.share)} y="55" text-anchor=${anchor}>${words[0]}</text>${
        tick.first && words[1] ? svg`<text class="ruler-words strong" x=${at(tick.share)} y="69" text-anchor=${anchor}>${words[1]}</text>` : nothing}`;
    })}
    ${distinct(scale, marks, width).map(({ time, kind }) => svg`<svg class="mark mark-${kind}" x=${at(shareOf(scale, time))} y="18" overflow="visible">${shape(kind)}</svg>`)}`;
}

/** Leave out marks of a kind that would lie on top of one another. @param {Scale} scale @param {Placed[]} marks @param {number} width */
function distinct(scale, marks, width) {
  const seen = new Set();
  return marks.filter(({ kind, time }) => {
    const place = `${kind} ${Math.round((shareOf(scale, time) * width) / SAME_PX)}`;
    return !seen.has(place) && seen.add(place);
  });
}

/** Each kind of moment by a shape, as colour alone says nothing. @param {string} kind */
function shape(kind) {
  switch (kind) {
    case "begin":
      return svg`<path d="M-4 -5L5 0L-4 5z"/>`;
    case "end":
    case "conclusion":
      return svg`<rect x="-4.5" y="-4.5" width="9" height="9"/>`;
    case "signature":
      return svg`<path d="M-5 4L0 -5L5 4z"/>`;
    case "agreement":
    case "version":
      return svg`<circle r="5"/>`;
    case "review":
      return svg`<path d="M-1.8 -5h3.6v3.2h3.2v3.6h-3.2v3.2h-3.6v-3.2h-3.2v-3.6h3.2z"/>`;
    case "check-in":
      return svg`<circle r="2.5"/>`;
    default:
      return svg`<path d="M0 -5.5L5.5 0L0 5.5L-5.5 0z"/>`;
  }
}

const hours = new Intl.DateTimeFormat(`${lang}-US`, { hour: "numeric" });
const minutes = new Intl.DateTimeFormat(`${lang}-US`, { hour: "numeric", minute: "2-digit" });
const days = new Intl.DateTimeFormat(`${lang}-US`, { day: "numeric", month: "short" });
const months = new Intl.DateTimeFormat(`${lang}-US`, { month: "short" });

/** A tick in words: its own, and below them the day or the year. @param {import("./replay-scale.js").Tick} tick */
function tickWords({ time, unit }) {
  const year = String(new Date(time).getFullYear());
  switch (unit) {
    case "minute":
      return [minutes.format(time), days.format(time)];
    case "hour":
      return [hours.format(time), days.format(time)];
    case "day":
      return [days.format(time), year];
    case "month":
      return [months.format(time), year];
  }
}
