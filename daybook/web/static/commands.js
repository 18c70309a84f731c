/**
 * A page's own commands: what it sends, what of that is not in its view yet, and what came back refused.
 *
 * A page makes one of these for its stream and draws `shown` on top of the view. The outbox below it is the
 * device's: commands of other pages and tabs are kept and sent there too.
 */

import { UNSENT_SHOWS_MS, outboxOf } from "./outbox.js";

export { uuid } from "./outbox.js";

/**
 * @typedef {import("./outbox-wire.js").Command} Pending
 * @typedef {{ name: string, id: string }} Place a part of the page: its name, and the id of the element that shows it
 * @typedef {{ person: string, stream: string, onchange: () => void, placeOf?: (data: Record<string, any>) => Place | null,
 *   onrefused: (command: Pending, sentence: string) => void, outbox?: import("./outbox.js").Outbox }} Options
 *   `placeOf` names what a command is about, for the list of what was not received.
 *   `onrefused` is called once in the life of a page for each time that a command of its stream was refused, also for those
 *   refused earlier or sent from another tab, once the page is looked at. The command stays on the device until
 *   `settle` is called with its id; `putAside` keeps it for later.
 */

export class Commands {
  #outbox;
  #options;
  #seenTo = 0;
  #late = 0;
  /** @type {Set<string>} refused commands that the page was told of */
  #told = new Set();
  /** Settled once what the device keeps has been read. @type {Promise<void>} */
  ready;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#outbox = options.outbox ?? outboxOf(options.person);
    this.ready = this.#outbox.ready.then(() => this.#tell());
    this.#outbox.listen(() => {
      this.#tell();
      options.onchange();
      // What waits is counted on screen once it has waited a little, wherever it was written.
      clearTimeout(this.#late);
      if (this.pending.length > 0) this.#late = Number(setTimeout(options.onchange, UNSENT_SHOWS_MS + 50));
    });
    document.addEventListener("visibilitychange", () => this.#tell());
  }

  /** True once the server asked to sign in. */
  get signedOut() {
    return this.#outbox.signedOut;
  }

  /** What the server has not answered, of all streams of this person. */
  get pending() {
    return this.#outbox.mine.filter(({ state }) => state === "waiting");
  }

  /** What is not in this stream's view yet, answered or not: shown on top of it. */
  get shown() {
    return this.#of(["waiting", "answered"]).filter(({ received }) => received === null || received > this.#seenTo);
  }

  /** Refused commands of this stream that their author has not dealt with, oldest first. */
  get refused() {
    return this.#of(["refused"]);
  }

  /**
   * Keep a command on the device and send it.
   *
   * @param {string} type
   * @param {Record<string, unknown>} data
   * @param {{ after?: string | null }} [more] `after` is the id of a command without which this one makes no sense
   * @returns {string} its id
   */
  send(type, data, { after = null } = {}) {
    const place = this.#options.placeOf?.(data);
    const title = document.title.replace(/ – Daybook$/, "");
    const address = `${location.pathname}${location.search}`;
    const page = place ? { title: `${place.name} – ${title}`, href: `${address}#${place.id}` } : { title, href: address };
    const id = this.#outbox.add({ stream: this.#options.stream, type, data, after, page });
    const told = JSON.stringify(data);
    // The very same as was refused before: nothing is in that which is not in this.
    this.settle(this.refused.filter((one) => one.type === type && JSON.stringify(one.data) === told).map((one) => one.id));
    return id;
  }

  /** What became of a command; nothing is known any more of one that was answered and has been seen. @param {string} id */
  stateOf(id) {
    return this.#outbox.mine.find((command) => command.id === id)?.state;
  }

  /** Forget answered commands that the stream shows by now. @param {number | null} position */
  seen(position) {
    this.#seenTo = position ?? 0;
    this.#outbox.sweep(this.#options.stream, this.#seenTo);
  }

  /** Refused commands are dealt with: their words were sent anew, or let go of. @param {string[]} ids */
  settle(ids) {
    if (ids.length > 0) void this.#outbox.drop(ids);
  }

  /** Keep refused commands for later, without putting them in front of their author again. @param {string[]} ids */
  putAside(ids) {
    if (ids.length > 0) void this.#outbox.putAside(ids);
  }

  /** @param {Pending["state"][]} states */
  #of(states) {
    return this.#outbox.mine.filter(({ stream, state }) => stream === this.#options.stream && states.includes(state));
  }

  #tell() {
    const refused = this.refused;
    // What was sent once more is told again, should it be refused again; most likely it was sent from another tab, with this one out of sight.
    for (const id of this.#told) if (!refused.some((command) => command.id === id)) this.#told.delete(id);
    if (document.hidden) return;
    for (const command of refused) {
      if (command.aside || this.#told.has(command.id)) continue;
      this.#told.add(command.id);
      this.#options.onrefused(command, command.sentence);
    }
  }
}
