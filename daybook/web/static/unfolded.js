/**
 * What a `<details>` holds, drawn once it is unfolded and kept up to date from then on.
 *
 * The readings of a year and the menus beside each part are two thirds of the page of a large plan, and hardly anybody
 * looks into more than a few of them.
 */

import { setChildPartValue } from "./vendor/lit-html/directive-helpers.js";
import { Directive, directive } from "./vendor/lit-html/directive.js";
import { nothing } from "./vendor/lit-html/lit-html.js";

class Unfolded extends Directive {
  #unfolded = false;
  #listens = false;
  /** @type {() => unknown} */
  #draw = () => nothing;

  /** @param {() => unknown} draw @param {boolean} [wanted] @returns {unknown} */
  render(draw, wanted = false) {
    return wanted ? draw() : nothing;
  }

  /** @override @param {import("./vendor/lit-html/lit-html.js").ChildPart} part @param {[() => unknown, boolean?]} given */
  update(part, [draw, wanted = false]) {
    this.#draw = draw;
    if (!this.#listens) this.#listen(part);
    return this.render(draw, wanted || this.#unfolded);
  }

  /** @param {import("./vendor/lit-html/lit-html.js").ChildPart} part */
  #listen(part) {
    const details = /** @type {HTMLDetailsElement} */ (part.parentNode);
    this.#listens = true;
    details.addEventListener("toggle", () => {
      if (!details.open || this.#unfolded) return;
      this.#unfolded = true;
      setChildPartValue(part, this.#draw(), this);
    });
  }
}

/** Draw directly within a `<details>`: at once where it is `wanted` folded too, such as for a form that is in it. */
export const unfolded = directive(Unfolded);
