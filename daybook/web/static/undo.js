/** What was just done and can be taken back, told at the foot of the page until something else is done. */

import { t } from "./i18n.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";

export class Undo {
  #place;
  /** @type {{ said: string, label: string, back: () => void } | null} */
  #offered = null;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    document.addEventListener("keydown", (event) => {
      const writes = /** @type {Element} */ (event.target).closest("input, textarea, select"); // where the browser takes back what was typed
      if (!this.#offered || writes || event.shiftKey || event.altKey || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#take();
    });
  }

  /** @param {string} said what was done @param {string} label the word for taking it back @param {() => void} back */
  offer(said, label, back) {
    this.#offered = { said, label, back };
    this.#draw();
  }

  /** Words were let go: offer them, and tell those who listen. @param {(sentence: string) => void} say @param {() => void} back */
  letGo(say, back) {
    this.offer(t("You let go of what you had written."), t("Bring it back"), back);
    say(t("You let go of what you had written. Ctrl+Z brings it back."));
  }

  /** Something else was done. */
  forget() {
    if (!this.#offered) return;
    this.#offered = null;
    this.#draw();
  }

  #take() {
    const back = this.#offered?.back;
    this.forget();
    back?.();
  }

  #draw() {
    const offered = this.#offered;
    render(offered
      ? html`<div class="undo no-print"><p>${offered.said}</p>
          <button class="button secondary" type="button" aria-keyshortcuts="Control+Z Meta+Z" @click=${() => this.#take()}>${offered.label}</button>
          <button class="undo-close" type="button" @click=${() => this.forget()}><span aria-hidden="true">×</span><span class="visually-hidden">${t("Dismiss")}</span></button></div>`
      : nothing, this.#place);
  }
}
