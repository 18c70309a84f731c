/** Where I am in a page that lives, whether I write there, and what I have not saved: told to the others who look at it. */

const TYPING_MS = 4_000;
const GONE_MS = 120_000; // without a key, a press or scrolling: whoever is that quiet is not taken to be there
const TOLD = /^[A-Za-z0-9][A-Za-z0-9.:-]{0,127}$/; // as the server takes it
const MOST_UNSAVED = 4; // as the server takes

export class Whereabouts {
  #page;
  #placeOf;
  #unsaved;
  /** @type {string | null} */
  #place = null;
  #typing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #gone;

  /**
   * @param {{ signal: (what: { looking_at: string | null, typing: boolean, unsaved: string[] }) => void }} page
   * @param {(element: Element) => string | null} placeOf the place that something stands in
   * @param {() => string[]} [unsaved] the places where I have written what is not sent yet
   */
  constructor(page, placeOf, unsaved = () => []) {
    this.#page = page;
    this.#placeOf = placeOf;
    this.#unsaved = unsaved;
    for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, () => this.#here(), { capture: true, passive: true });
  }

  /** There is somebody: until it has been quiet for long, when the place is left; and again at their place, when they come back. */
  #here() {
    clearTimeout(this.#gone);
    this.#gone = setTimeout(() => this.tell(null, false), GONE_MS);
    if (this.#place === null && document.activeElement) this.looked(document.activeElement);
  }

  /** Something has the focus. @param {Element} element */
  looked(element) {
    const where = this.#placeOf(element);
    if (where && where !== this.#place && TOLD.test(where)) this.tell(where, false);
  }

  /** Somebody writes in a field: told once for each place, and taken back when it has been quiet. @param {Element} field */
  typed(field) {
    const where = this.#placeOf(field);
    if (!this.#typing || where !== this.#place) this.tell(where, true);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.rested(), TYPING_MS);
  }

  /** Nobody writes now: it has been quiet, or the words were saved or let go of. */
  rested() {
    this.tell(this.#place, false);
  }

  /** @param {string | null} where @param {boolean} typing */
  tell(where, typing) {
    clearTimeout(this.#quiet);
    this.#place = where;
    this.#typing = typing;
    const unsaved = [...new Set(this.#unsaved())].filter((place) => TOLD.test(place)).slice(-MOST_UNSAVED);
    this.#page.signal({ looking_at: where, typing, unsaved });
  }
}
