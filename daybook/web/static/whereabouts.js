/** Where I am in a page that lives, and whether I write there: told to the others who look at it. */

const TYPING_MS = 4_000;
const TOLD = /^[A-Za-z0-9][\w.:-]*$/; // as the server takes it

export class Whereabouts {
  #page;
  #placeOf;
  /** @type {string | null} */
  #place = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;

  /** @param {{ signal: (what: { looking_at: string | null, typing: boolean }) => void }} page @param {(element: Element) => string | null} placeOf the place that something stands in */
  constructor(page, placeOf) {
    this.#page = page;
    this.#placeOf = placeOf;
  }

  /** Something has the focus. @param {Element} element */
  looked(element) {
    const where = this.#placeOf(element);
    if (where && where !== this.#place && TOLD.test(where)) this.tell(where, false);
  }

  /** Somebody writes in a field: told once, and taken back when it has been quiet. @param {Element} field */
  typed(field) {
    if (this.#quiet === undefined) this.tell(this.#placeOf(field), true);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      this.tell(this.#place, false);
    }, TYPING_MS);
  }

  /** @param {string | null} where @param {boolean} typing */
  tell(where, typing) {
    this.#place = where;
    this.#page.signal({ looking_at: where, typing });
  }
}
