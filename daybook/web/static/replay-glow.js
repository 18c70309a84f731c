/**
 * What a step changed, marked where it is drawn: it glows once, and keeps a mark until the next step.
 *
 * Renderers say with `data-entry` which entries an element shows; several are separated by spaces.
 */

export class Glow {
  /** @type {Element[]} */
  #lit = [];
  #turn = false;

  /**
   * @param {Element} root
   * @param {Iterable<string>} places names that may stand in a `data-entry`
   * @returns {Element[]} those that glow, in the order of the page
   */
  show(root, places) {
    for (const one of this.#lit) one.classList.remove("changed", "changed-too");
    const wanted = [...places].map((place) => `[data-entry~="${CSS.escape(place)}"]`);
    this.#lit = wanted.length > 0 ? [...root.querySelectorAll(wanted.join())] : [];
    // An animation begins anew under another name; with one name it would need the page to be laid out in between.
    this.#turn = !this.#turn;
    for (const one of this.#lit) one.classList.add(this.#turn ? "changed" : "changed-too");
    return this.#lit;
  }
}
