/** The address of a replay: it keeps the moment, and what else the reader looks at, so that it can be kept and sent on. */

const KEEP_MS = 300; // Safari takes an address that changes all the time for an attack

export class Address {
  #steps;
  #query;
  #before;
  #after;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keeping;

  /**
   * @param {import("./replay-state.js").Step[]} steps
   * @param {() => Record<string, string | null>} query what else the reader looks at, by its field
   */
  constructor(steps, query) {
    this.#steps = steps;
    this.#query = query;
    // Every line of the log asks for the address of its moment alone, so that one is made of two pieces.
    const alone = Object.fromEntries(Object.keys(query()).map((field) => [field, null]));
    [this.#before = "", this.#after = ""] = this.of(1, { ...alone, at: "@" }).split("%40");
  }

  /** A moment, with what else the reader looks at or with other fields. @param {number} index @param {Record<string, string | null>} [fields] */
  of(index, fields = this.#query()) {
    const query = new URLSearchParams(location.search);
    query.set("at", String(this.#steps[index - 1]?.position));
    for (const [field, value] of Object.entries(fields)) {
      if (value === null) query.delete(field);
      else query.set(field, value);
    }
    return `${location.pathname}?${query}`;
  }

  /** A moment alone. @param {number} index */
  moment(index) {
    return `${this.#before}${this.#steps[index - 1]?.position}${this.#after}`;
  }

  /** Write a moment into the window's address, soon. @param {number} index */
  keep(index) {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => {
      this.#keeping = undefined;
      history.replaceState(null, "", this.of(index) + location.hash);
    }, KEEP_MS);
  }

  /** Call back with the position of a moment that the reader goes back to by the browser's own button. @param {(position: number) => void} back */
  listen(back) {
    addEventListener("popstate", () => {
      const at = Number(new URLSearchParams(location.search).get("at"));
      // While an address waits to be written, the one that stands there says nothing; a change of pane gets here too.
      if (this.#keeping === undefined && at) back(at);
    });
  }
}
