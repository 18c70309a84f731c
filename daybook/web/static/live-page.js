/**
 * A page that lives: it takes over what the server drew, follows one stream, and draws its regions again.
 *
 * Shown is what the server confirmed plus what I have on its way; nothing else is remembered about the
 * stream. Whoever types keeps focus and caret through every drawing, also when their field moved elsewhere.
 */

import { Commands } from "./commands.js";
import { t } from "./i18n.js";
import { isCurrent, keeper, lastSeen } from "./kept.js";
import { Live } from "./live.js";
import { UNSENT_SHOWS_MS, outboxOf } from "./outbox.js";
import { clear, draw, region } from "./regions.js";

/**
 * @typedef {import("./commands.js").Pending} Pending
 * @typedef {import("./live-state.js").Change} Change
 * @typedef {import("./live-state.js").Presence} Presence
 * @typedef {Record<string, any>} View
 * @typedef {{ stream: string, position: number, epoch: string, view: View }} Known what the page was drawn with
 */

/**
 * @template M
 * @typedef {object} Options
 * @property {string} me
 * @property {Known} known
 * @property {Record<string, string>} names of the people whom the page mentions; completed here
 * @property {() => M} model what the regions are drawn from, made once for each drawing
 * @property {Record<string, (model: M) => unknown>} regions what to draw, by the id of the element it is drawn in
 * @property {(view: View, data: Record<string, any>) => import("./commands.js").Place | null} [placeOf] the part of the page that a command is about, by the confirmed view
 * @property {(command: Pending, sentence: string) => void} onrefused
 * @property {(refused: Pending[]) => void} [onfollow] what is refused and not dealt with may have changed, here or in another tab
 * @property {(before: View, applied: Change[]) => void} onchange the confirmed view is another one
 * @property {(view: View) => string[]} mentioned the people whom the view mentions
 * @property {(focused: Element) => string[]} refocus the ids where focus goes, the first that is there, when what had it is gone
 */

/** @template M */
export class LivePage {
  /** @type {View} what the server confirmed */
  confirmed;
  /** @type {Presence[]} */
  people = [];
  /** @type {import("./live.js").Status} */
  status = "connecting";
  #options;
  #outbox;
  #drawing = false;
  /** @type {Map<string, () => string>} what to say of commands that were sent, once they are received */
  #telling = new Map();
  #held = true; // until the page is taken over: what the server drew is not drawn upon
  #commands;
  /** @type {Live | null} */
  #live = null;

  /** @param {Options<M>} options */
  constructor(options) {
    this.#options = options;
    const { me, known, onrefused } = options;
    this.confirmed = known.view;
    this.#outbox = outboxOf(me);
    const onchange = () => {
      options.onfollow?.(this.#commands.refused);
      this.#tell();
      this.update();
    };
    const placeOf = (/** @type {Record<string, any>} */ data) => options.placeOf?.(this.confirmed, data) ?? null;
    this.#commands = new Commands({ person: me, stream: known.stream, onchange, onrefused, placeOf });
  }

  /** My commands that the confirmed view does not show yet. */
  get sending() {
    return this.#commands.shown;
  }

  /** My commands that were refused, and that I have not dealt with. */
  get refused() {
    return this.#commands.refused;
  }

  /** Whether something has waited long enough to be worth saying. */
  get stale() {
    return this.#commands.pending.some(({ at }) => Date.now() - at >= UNSENT_SHOWS_MS);
  }

  get signedOut() {
    return this.#commands.signedOut;
  }

  /** Take over the page as it was drawn, and follow the stream. @param {() => void} before what must have happened before the first drawing */
  async start(before) {
    const { names, onchange } = this.#options;
    await this.#commands.ready; // so that the first drawing has what is on its way
    this.#options.onfollow?.(this.#commands.refused); // what came back before a reload may have been dealt with since
    const known = await lastSeen(this.#outbox, this.#options.known, names); // a page from the device may be older than that
    this.confirmed = known.view;
    const keep = keeper(this.#outbox);
    before();
    const focused = document.activeElement?.id;
    const led = placeLedTo(); // what is drawn anew is not laid out yet, so it may push that place out of sight
    clear(this.#options.regions);
    this.letGo();
    if (led) document.getElementById(led)?.scrollIntoView();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.#live = new Live({
      person: this.#options.me,
      stream: known.stream,
      known,
      onchange: (state, applied) => {
        const before = this.confirmed;
        this.confirmed = state.view;
        keep(state, names);
        this.people = state.people;
        this.#commands.seen(state.position);
        if (before !== state.view) onchange(before, applied);
        void this.learnNames();
        this.update();
      },
      onstatus: (status) => this.#become(status),
    });
    void this.learnNames();
  }

  /** Draw soon, once for all that changed until then. */
  update() {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => this.draw());
  }

  /** Draw every region now. */
  draw() {
    this.#drawing = false;
    if (this.#held) return;
    const focused = document.activeElement;
    const caret = caretOf(focused);
    const otherwise = focused && focused !== document.body ? this.#options.refocus(focused) : [];
    const written = focused?.closest("form") && inSight(focused);
    draw(this.#options.regions, this.#options.model());
    if (focused === document.activeElement && written && !inSight(focused)) focused?.scrollIntoView({ block: "nearest" }); // something came up above what is written
    if (!focused || focused === document.activeElement) return;
    if (focused.isConnected && /** @type {HTMLElement} */ (focused).offsetParent) {
      /** @type {HTMLElement} */ (focused).focus({ preventScroll: true }); // it was moved, which takes the focus from it
      if (caret) /** @type {HTMLTextAreaElement} */ (focused).setSelectionRange(...caret);
      return;
    }
    const [there] = [focused.id, ...otherwise].flatMap((id) => (id && document.getElementById(id)) || []);
    const same = there !== undefined && there.id === focused.id;
    there?.focus({ preventScroll: same || inSight(there) });
    if (same && caret) /** @type {HTMLTextAreaElement} */ (there).setSelectionRange(...caret);
  }

  /** Leave the page as it is drawn until it is let go, while somebody has a piece of it in their hand. */
  hold() {
    this.#held = true;
  }

  letGo() {
    this.#held = false;
    this.draw();
  }

  /** Tell those who listen rather than look. @param {string} sentence */
  say(sentence) {
    region("said").textContent = sentence;
  }

  /** @param {string} type @param {Record<string, unknown>} data @param {() => string} [told] what to say once the server has it */
  send(type, data, told) {
    const id = this.#commands.send(type, data);
    if (!told) return;
    this.#telling.set(id, told);
    if (this.status === "waiting") this.say(t("Kept on this device. It is sent once there is a connection."));
  }

  /** Say of what was sent that it was received; of what was refused, its own place says why. */
  #tell() {
    for (const [id, told] of this.#telling) {
      const state = this.#commands.stateOf(id);
      if (state === "waiting") continue;
      this.#telling.delete(id);
      if (state !== "refused") this.say(told());
    }
  }

  /** Refused commands that were sent anew, or seen and done with. @param {string[]} ids */
  settle(ids) {
    this.#commands.settle(ids);
  }

  /** Refused commands whose words are not wanted in a form now. @param {string[]} ids */
  putAside(ids) {
    this.#commands.putAside(ids);
  }

  /** @param {{ looking_at: string | null, typing: boolean, unsaved?: string[] }} what */
  signal(what) {
    this.#live?.signal(what);
  }

  /** Fetch the names of people whom the page did not know when it was drawn. */
  async learnNames() {
    const { names, mentioned } = this.#options;
    const unknown = [...new Set([...mentioned(this.confirmed), ...this.people.map(({ person }) => person)])].filter((person) => !(person in names));
    if (unknown.length === 0) return;
    for (const person of unknown) names[person] = person; // asked for once
    const response = await fetch(`/api/v1/people?ids=${unknown.map(encodeURIComponent).join(",")}`).catch(() => null);
    if (!response?.ok) {
      for (const person of unknown) delete names[person]; // asked for again with the next change
      return;
    }
    for (const [person, { name }] of Object.entries(await response.json())) names[person] = name;
    this.update();
  }

  /** @param {import("./live.js").Status} status */
  #become(status) {
    if (status === "live" || status === "polling") isCurrent();
    if (status === "waiting" && this.status === "live") this.say(t("The connection is lost. Connecting again… what you write is kept."));
    if (status === "live" && this.status !== "connecting") this.say(t("Connected again."));
    // Until it is back, a lost connection is said to be lost, through each new attempt.
    this.status = status === "connecting" && this.status === "waiting" ? "waiting" : status;
    this.update();
  }
}

/** Whether any of it is to be seen, so that nobody has to be led there. @param {Element | null | undefined} element */
function inSight(element) {
  const { top = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {};
  return top < innerHeight && bottom > 0;
}

/** @param {Element | null} element @returns {[number, number] | null} */
function caretOf(element) {
  const written = element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text");
  return written ? [element.selectionStart ?? 0, element.selectionEnd ?? 0] : null;
}

/** Whether a form holds something else than it was drawn with: typed before the scripts ran. @param {HTMLFormElement} form */
export function touched(form) {
  return [...form.elements].some((element) => {
    if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
    if (element instanceof HTMLSelectElement) return [...element.options].some((one) => one.selected !== one.defaultSelected && one.value);
    if (!(element instanceof HTMLInputElement) || element.type === "hidden") return false;
    return element.value !== element.defaultValue || element.checked !== element.defaultChecked;
  });
}

/** The place that the address leads to, where the reader is still there. @returns {string | null} its id */
function placeLedTo() {
  const id = location.hash.slice(1);
  const place = id ? document.getElementById(id) : null;
  return place && inSight(place) ? id : null;
}
