/**
 * What a step changed, marked where it is drawn: it glows once, and keeps a mark until the next step.
 *
 * Where that is, the kind of stream says by selectors.
 */

export class Glow {
  /** @type {Element[]} */
  #lit = [];
  #turn = false;

  /**
   * @param {Element} root
   * @param {string[]} places selectors
   * @returns {Element[]} those that glow
   */
  show(root, places) {
    for (const one of this.#lit) one.classList.remove("changed", "changed-too");
    // One by one, as the browser finds what begins with an id at once, and a list of selectors by looking at everything.
    this.#lit = places.flatMap((place) => [...root.querySelectorAll(place)]);
    // An animation begins anew under another name; with one name it would need the page to be laid out in between.
    this.#turn = !this.#turn;
    for (const one of this.#lit) one.classList.add(this.#turn ? "changed" : "changed-too");
    return this.#lit;
  }
}
