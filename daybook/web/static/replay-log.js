/**
 * The log beside a replay: one line a step, as many as there are; those in sight are drawn, and a few around them.
 *
 * Lines are of one height, so that a year of them needs no measuring. The whole sentence of the current one stands in the player.
 */

import { clock, plainDay } from "./i18n.js";
import { toldOf } from "./replay-state.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./replay-state.js").Step} Step */

const AROUND = 8; // lines drawn above and below those in sight
const BEYOND_PX = 144; // room below the last line of a log that scrolls: at the top of the page, the end of its pane is below the window

export class Log {
  #steps;
  #href;
  #pane = /** @type {HTMLElement} */ (document.getElementById("log-lines"));
  #index = 0;
  #line = 60; // the height of a line in pixels, until it has been measured
  /** Kept, as to ask for them in the middle of a step would have the whole page laid out. */
  #sight = { top: 0, height: 600 };
  #from = -1;
  #moved = false;
  /** @type {Element | null} the link of the current line */
  #current = null;

  /**
   * @param {Step[]} steps
   * @param {(index: number) => string} href the address of the page after so many steps
   */
  constructor(steps, href) {
    this.#steps = steps;
    this.#href = href;
    this.#pane.replaceChildren();
    this.#draw();
    this.#pane.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#measure()).observe(this.#pane);
  }

  /** Mark the line of the step that led here, and bring it into sight. @param {number} index */
  show(index) {
    this.#index = index;
    const line = this.#line;
    const { top, height } = this.#sight;
    const wanted = Math.round(Math.min(Math.max((index - 0.5) * line - 0.4 * height, 0), this.#height() - height));
    this.#sight.top = Math.max(wanted, 0);
    if (this.#first() !== this.#from) this.#draw();
    else this.#mark();
    this.#moved = wanted !== top;
  }

  /** Scroll to where the last moment shown is: after all else is drawn, as the browser lays the page out for it. */
  scroll() {
    if (this.#moved) this.#pane.scrollTop = this.#sight.top;
    this.#moved = false;
  }

  #scrolled() {
    this.#sight.top = this.#pane.scrollTop;
    if (this.#first() !== this.#from) this.#draw();
  }

  /** The height of a line follows the reader's size of letters. */
  #measure() {
    const line = this.#pane.querySelector("li.log-line")?.getBoundingClientRect().height;
    if (line) this.#line = line;
    this.#sight = { top: this.#pane.scrollTop, height: this.#pane.clientHeight };
    this.show(this.#index);
    this.#draw();
    this.scroll();
  }

  /** How high all lines are. */
  #height() {
    const lines = this.#steps.length * this.#line;
    return lines > this.#sight.height ? lines + BEYOND_PX : lines;
  }

  /** The first line to draw; it stays the same for a few lines, so that not every step moves all of them. */
  #first() {
    return Math.max(0, AROUND * (Math.floor(this.#sight.top / this.#line / AROUND) - 1));
  }

  /** Whether the focus is on one of the lines. */
  #holdsFocus() {
    return document.activeElement !== this.#pane && this.#pane.contains(document.activeElement);
  }

  /** Say which line is the current one. By hand, as one of many lines is not worth drawing all of them. */
  #mark(focused = this.#holdsFocus()) {
    this.#current?.removeAttribute("aria-current");
    this.#current?.setAttribute("tabindex", "-1");
    // Before the lines stands what makes room for those that are not drawn.
    this.#current = this.#pane.firstElementChild?.children[this.#index - this.#from]?.firstElementChild ?? null;
    this.#current?.setAttribute("aria-current", "step");
    this.#current?.setAttribute("tabindex", "0");
    // Whoever steps from line to line goes with it; where it is not drawn they are in the log itself.
    if (focused) /** @type {HTMLElement} */ (this.#current ?? this.#pane).focus({ preventScroll: true });
  }

  #draw() {
    const from = this.#first();
    const to = Math.min(this.#steps.length, from + Math.ceil(this.#sight.height / this.#line) + 3 * AROUND);
    const focused = this.#holdsFocus(); // on a line that may be drawn no more
    this.#from = from;
    const lines = this.#steps.slice(from, to).map((step, place) => ({ step, index: from + place + 1 }));
    render(
      html`<ol class="plain">${space(from * this.#line)}${repeat(lines, ({ index }) => index, (one) => this.#drawn(one))}${
        space(this.#height() - to * this.#line)}</ol>`,
      this.#pane,
    );
    // Heights are set by script, as the page allows no styles in its markup.
    for (const one of /** @type {HTMLCollectionOf<HTMLElement>} */ (this.#pane.getElementsByClassName("log-space"))) {
      one.style.height = `${one.dataset["height"]}px`;
    }
    this.#mark(focused);
  }

  /** @param {{ step: Step, index: number }} one */
  #drawn({ step, index }) {
    const before = this.#steps[index - 2];
    const sameDay = before && new Date(before.at).toDateString() === new Date(step.at).toDateString();
    return html`<li class="log-line" aria-setsize=${this.#steps.length} aria-posinset=${index}>
      <a href=${this.#href(index)} data-index=${index} tabindex="-1">
        <span><span class="log-when muted">${sameDay ? nothing : html`${plainDay(step.at)}, `}${clock(step.at)}</span> ${
          step.mark ? html`<b>${toldOf(step)}</b>` : toldOf(step)}</span></a></li>`;
  }
}

/** What stands for lines that are not drawn. @param {number} height */
function space(height) {
  return html`<li class="log-space" aria-hidden="true" data-height=${height}></li>`;
}

