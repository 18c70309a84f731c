/**
 * What a step changed, marked where it is drawn until the next step. It glows once the reader stays there, as to begin
 * that takes a browser as long as to draw the step, and nobody sees the glow of a step that is gone at once.
 *
 * Where that is, the kind of stream says by selectors.
 */

const STAYS_MS = 90; // longer than a held key takes to repeat

export class Glow {
  /** @type {Element[]} */
  #lit = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  #glowing = false;

  /**
   * Mark what a step changed, and nothing else.
   *
   * @param {Element} root
   * @param {string[]} places selectors
   * @returns {Element[]} those that are marked
   */
  show(root, places) {
    clearTimeout(this.#waiting);
    for (const one of this.#lit) one.classList.remove("changed", "glowing");
    this.#lit = [];
    this.#glowing = false;
    this.#waiting = setTimeout(() => {
      this.#glowing = true;
      for (const one of this.#lit) one.classList.add("glowing");
    }, STAYS_MS);
    return this.add(root, places);
  }

  /** Mark also what was drawn only now. @param {Element} root @param {string[]} places @returns {Element[]} all that are marked */
  add(root, places) {
    // One by one, as the browser finds what begins with an id at once, and a list of selectors by looking at everything.
    const found = places.flatMap((place) => [...root.querySelectorAll(place)]);
    for (const one of found) one.classList.add("changed");
    if (this.#glowing) for (const one of found) one.classList.add("glowing");
    this.#lit = [...new Set([...this.#lit, ...found])];
    return this.#lit;
  }
}
