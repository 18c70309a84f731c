/**
 * The outbox of a device: what one person wrote and the server has not answered, and what it refused.
 *
 * A command is stored before it is sent, and sent until it is answered; its id makes sending again safe. What
 * stands in the store is the truth for every tab and for the service worker: whoever changes it says so, and all
 * others read again. Where the browser stores nothing, commands stand in this page's memory and are sent from there.
 */

import { alone } from "./outbox-alone.js";
import { Store } from "./outbox-store.js";
import { onWake } from "./wake.js";
import { judge, MOST_LINES, request } from "./outbox-wire.js";

/** Most answers are quicker, and a flicker would only worry people. */
export const UNSENT_SHOWS_MS = 1_000;

/**
 * @typedef {import("./outbox-wire.js").Command} Command
 * @typedef {import("./outbox-wire.js").Line} Line
 * @typedef {import("./outbox-wire.js").Reply} Reply
 */

/**
 * How long an answer is waited for, by try. Short at first: a browser holds up to six lines to a server, and after a sleep
 * or a change of network each of them may be dead without anybody knowing. A try that ends in silence buries one.
 */
const ANSWER_MS = [3_000, 3_000, 3_000, 4_000, 4_000, 5_000, 10_000];
const LONGEST_ANSWER_MS = 20_000;
const SLOWEST_LINE = 8; // bytes a millisecond, which a request may take besides
const OPENING_MS = 2_000; // a store that does not open by then must not hold up what is written
const LONGEST_WAIT_MS = 30_000;
const BUSY_MS = 2_000; // somebody else is sending
const CHANNEL = "daybook.outbox";

/** A version 4 UUID; `randomUUID` is missing where a page comes over plain HTTP. */
export function uuid() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Outbox {
  /** Whose commands are sent from here; empty where nobody is signed in. @type {string} */
  person;
  /** True since the server last asked to sign in. */
  signedOut = false;
  /** False once the device could not keep something: then it stands in this page alone. */
  keeps = true;
  /** Settled once what is stored has been read for the first time, or cannot be. @type {Promise<void>} */
  ready;
  /** @type {Promise<Store | null>} */
  #opening;
  /** @type {Promise<Store | null>} the same, as null when it takes too long; later the store after all */
  #store;
  /** @type {Command[]} as read from the store */
  #stored = [];
  /** @type {Map<string, Command>} being stored, or impossible to store */
  #held = new Map();
  /** @type {Set<string>} of the held ones, those that are not sent yet because they are being stored */
  #storing = new Set();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
  #flushing = false;
  #wanted = false;
  #tries = 0;
  #most = MOST_LINES;
  #attempt = new AbortController();
  #askedAt = 0;
  #notBefore = 0;
  #timer = 0;
  #lastAt = 0;
  #lastKept = Promise.resolve();

  /** @param {string} person */
  constructor(person) {
    this.person = person;
    this.#opening = opened();
    this.#store = Promise.race([this.#opening, pause(OPENING_MS).then(() => null)]);
    this.ready = this.#read();
    this.#channel?.addEventListener("message", ({ data }) => void this.#heard(data));
    void this.#store.then((store) => (this.keeps &&= store !== null));
    void this.#opening.then((store) => {
      this.#store = Promise.resolve(store);
      void this.#read();
    });
  }

  /** What this device keeps, or null where it keeps nothing. */
  get store() {
    return this.#store;
  }

  /** Everybody's commands on this device, oldest first; this person's are those that are sent from here. */
  get commands() {
    const held = [...this.#held.values()].filter(({ id }) => !this.#stored.some((command) => command.id === id));
    return [...this.#stored, ...held].sort((a, b) => a.at - b.at);
  }

  /** This person's. */
  get mine() {
    return this.commands.filter(({ person }) => person === this.person);
  }

  /** Whether a command stands in this page's memory alone. @param {string} id */
  isHeld(id) {
    return this.#held.has(id) && !this.#storing.has(id);
  }

  /** @param {() => void} listener called after each change */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /**
   * Keep a command and send it.
   *
   * @param {Pick<Command, "stream" | "type" | "data" | "after" | "page">} what
   * @returns {string} its id, at once
   */
  add(what) {
    this.#lastAt = Math.max(Date.now(), this.#lastAt + 1);
    const rest = { state: /** @type {const} */ ("waiting"), received: null, sentence: "", aside: false };
    const command = { id: uuid(), person: this.person, at: this.#lastAt, ...what, ...rest };
    this.#held.set(command.id, command);
    this.#storing.add(command.id);
    this.#tell();
    this.#lastKept = this.#keep(command);
    return command.id;
  }

  /** Something may have changed: try now what waits for its time, and leave a request behind that has no answer yet. */
  hurry() {
    this.#notBefore = 0;
    if (Date.now() - this.#askedAt > 1_000) this.#attempt.abort();
    void this.flush();
  }

  /**
   * Send what waits, one request after another, until nothing does or something stands in the way.
   *
   * @returns {Promise<boolean>} whether nothing waits any more
   */
  async flush() {
    this.#wanted = true;
    if (this.#flushing || !this.person) return false;
    this.#flushing = true;
    clearTimeout(this.#timer);
    let next = { more: true, wait: /** @type {number | null} */ (null) };
    try {
      while ((next.more || this.#wanted) && next.wait === null) {
        this.#wanted = false;
        const work = async () => void (next = await this.#round());
        if (!(await alone(work, await this.#store))) next = { more: false, wait: BUSY_MS };
      }
    } finally {
      this.#flushing = false;
    }
    if (next.wait !== null) this.#later(next.wait);
    return next.wait === null && this.#waiting.length === 0;
  }

  /** A refused command once more, under its own id: refusals leave no trace. @param {string} id @param {Record<string, any>} [data] as its author mended it */
  async resend(id, data) {
    await this.#write(
      (store) => store.resend(id, data),
      (command) => ({ ...command, state: "waiting", sentence: "", aside: false, data: data ?? command.data }),
      [id],
    );
    void this.flush();
  }

  /** Leave refused commands for later: they stay on the device, and come back into no form by themselves. @param {string[]} ids */
  async putAside(ids) {
    const aside = (/** @type {Command} */ command) => ({ ...command, aside: true });
    await this.#write((store) => Promise.all(ids.map((id) => store.putAside(id))), aside, ids);
  }

  /** Let go of refused commands, once what was added before this is kept. @param {string[]} ids */
  async drop(ids) {
    await this.#lastKept;
    for (const id of ids) this.#held.delete(id);
    await this.#write((store) => store.drop(ids), (command) => command, []);
  }

  /** See `Store.sweep`. @param {string} stream @param {number} position */
  sweep(stream, position) {
    for (const [id, command] of this.#held) {
      if (command.stream === stream && command.state === "answered" && (command.received ?? 0) <= position) this.#held.delete(id);
    }
    if (this.#stored.some(({ state }) => state === "answered")) void this.#store.then((store) => store?.sweep(this.person, stream, position)).catch(unkept);
  }

  close() {
    clearTimeout(this.#timer);
    this.#channel?.close();
  }

  get #waiting() {
    return this.mine.filter(({ id, state }) => state === "waiting" && !this.#storing.has(id));
  }

  /** @param {Command} command */
  async #keep(command) {
    const kept = this.#opening.then(async (store) => {
      if (!store) throw new DOMException("no store", "UnknownError");
      await store.add(command);
    });
    const storing = kept.then(
      async () => {
        await this.#read(); // from the store before the memory lets go of it, so that it never seems gone
        this.#held.delete(command.id);
      },
      (error) => {
        unkept(error);
        this.keeps = false;
      },
    );
    await Promise.race([storing, pause(OPENING_MS)]);
    this.#storing.delete(command.id);
    this.#changed();
    if (Date.now() >= this.#notBefore) void this.flush();
  }

  /** One request under the lock. @returns {Promise<{ more: boolean, wait: number | null }>} */
  async #round() {
    await this.#read();
    const waiting = this.#waiting;
    if (waiting.length === 0) return { more: false, wait: null };
    const lines = request(waiting, this.#most);
    this.#attempt = new AbortController();
    this.#askedAt = Date.now();
    const hurried = this.#attempt.signal;
    const patience = ANSWER_MS[this.#tries] ?? LONGEST_ANSWER_MS;
    const reply = await post(lines, this.person, patience, hurried);
    if (hurried.aborted && reply === null) return { more: true, wait: null };
    const { verdicts, signedOut, again, single } = judge(lines, waiting, reply);
    // Too much for the line, perhaps, or for the server: less at once gets through.
    if (reply === null) this.#most = Math.ceil(this.#most / 4);
    else this.#most = single ? 1 : MOST_LINES;
    this.signedOut = signedOut;
    if (verdicts.size > 0) {
      this.#tries = 0;
      await this.#write((store) => store.settle(verdicts), (c) => ({ ...c, ...verdicts.get(c.id) }), [...verdicts.keys()]);
    }
    if (signedOut) this.#changed();
    if (signedOut) return { more: false, wait: null };
    if (again === null) return { more: true, wait: null };
    if (again > 0) this.#notBefore = Date.now() + again;
    const silent = reply === null && Date.now() - this.#askedAt >= patience; // which was a wait already
    const backoff = Math.min(LONGEST_WAIT_MS, silent ? 200 : 500 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#tries += 1;
    return { more: false, wait: Math.max(again, backoff) };
  }

  /**
   * Change commands where they stand, on the device or in memory.
   *
   * @param {(store: Store) => Promise<unknown>} stored
   * @param {(command: Command) => Command} held
   * @param {string[]} ids
   */
  async #write(stored, held, ids) {
    for (const id of ids) {
      const command = this.#held.get(id);
      if (command) this.#held.set(id, held(command));
    }
    try {
      const store = await this.#store;
      if (store) await stored(store);
    } catch (error) {
      unkept(error);
    }
    await this.#read();
    this.#changed();
  }

  /** Read what is stored. A store that fails keeps what was read before. */
  async #read() {
    try {
      const store = await this.#store;
      if (store) this.#stored = await store.commands();
    } catch (error) {
      unkept(error);
    }
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** Tell this page and the others. */
  #changed() {
    this.#tell();
    this.#channel?.postMessage({ changed: true });
  }

  /** Tell the other tabs who is signed in on this device now. @param {string} person */
  announce(person) {
    this.#channel?.postMessage({ person });
  }

  /** @param {{ changed?: boolean, person?: string }} said */
  async #heard(said) {
    if (said.person !== undefined && this.person) {
      const before = this.signedOut;
      this.signedOut = said.person !== this.person;
      if (before !== this.signedOut) this.#tell();
      if (before && !this.signedOut) this.hurry();
    }
    if (!said.changed) return;
    await this.#read();
    // Whoever wrote it sends it, and may be gone before that.
    if (this.#waiting.length > 0 && !this.#flushing) this.#later(LONGEST_WAIT_MS / 2);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => void this.flush(), ms));
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

/** The store, or null where there is none. */
async function opened() {
  try {
    return await Store.open();
  } catch (error) {
    unkept(error);
    return null;
  }
}

/** Storing failed, as in private windows and on full devices: the page says so, and holds on to what it has. @param {unknown} error */
function unkept(error) {
  console.warn("Daybook cannot use this browser's storage.", error);
}

/** @param {Line[]} lines @param {string} person @param {number} patience @param {AbortSignal} hurried @returns {Promise<Reply | null>} */
async function post(lines, person, patience, hurried) {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  const body = JSON.stringify(lines);
  const timer = setTimeout(stop, patience + body.length / SLOWEST_LINE);
  hurried.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetch("/api/v1/commands", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "daybook-person": person },
      body,
      signal: attempt.signal,
    });
    const said = await response.json().catch(() => null); // a proxy's own pages are not JSON
    return { status: response.status, body: said, retryAfter: 1000 * Number(response.headers.get("retry-after")) || 0 };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    hurried.removeEventListener("abort", stop);
  }
}

/** @type {Outbox | null} */
let own = null;

/** The outbox of this page, where one was opened. */
export function outboxHere() {
  return own;
}

/** The outbox of this page, which every part of the page shares. @param {string} person */
export function outboxOf(person) {
  if (own) return own;
  const outbox = new Outbox(person);
  own = outbox;
  onWake(() => outbox.hurry());
  void outbox.ready.then(() => outbox.flush());
  return outbox;
}
