/**
 * Commands on their way: each is kept on the device until the server has answered it.
 *
 * Sending again is always safe, because a command's id is made here and the server answers a known id
 * as it did the first time. Each command has a storage key of its own, so that two tabs of one person
 * never overwrite each other's list.
 */

/**
 * @typedef {{ id: string, type: string, data: Record<string, unknown>, stream: string, at: number,
 *   received: number | null }} Pending
 *   `received` is the last position that the answer named, 0 when nothing had to change
 * @typedef {{ person: string, stream: string, onchange: () => void,
 *   onrefused: (command: Pending, sentence: string) => void }} Options
 */

const PREFIX = "daybook.command";
const ANSWER_MS = 20_000;
const LONGEST_WAIT_MS = 30_000;

/** A version 4 UUID; `randomUUID` is missing where a page comes over plain HTTP. */
export function uuid() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Commands {
  /** @type {Pending[]} oldest first: not answered yet, then answered but not seen in the stream */
  #list = [];
  #seenTo = 0;
  /** @type {Set<string>} streams whose oldest command is being sent or waits to be */
  #busy = new Set();
  /** @type {Map<string, () => void>} by stream, what ends its wait early */
  #waits = new Map();
  #options;
  /** True once the server asked to sign in: nothing is sent until the page is opened again. */
  signedOut = false;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#list = stored(`${PREFIX}.${options.person}.`);
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    for (const { stream } of this.#list) void this.#flush(stream);
  }

  /** What the server has not answered. */
  get pending() {
    return this.#list.filter((command) => command.received === null);
  }

  /** What is not in this stream's view yet, answered or not: shown on top of it. */
  get shown() {
    return this.#list.filter((command) => command.stream === this.#options.stream);
  }

  /**
   * @param {string} type
   * @param {Record<string, unknown>} data
   */
  send(type, data) {
    const { stream } = this.#options;
    const command = { id: uuid(), type, data, stream, at: Date.now(), received: null };
    this.#list.push(command);
    keep(this.#key(command), command);
    this.#options.onchange();
    void this.#flush(stream);
    return command.id;
  }

  /** Forget answered commands that the stream shows by now. @param {number | null} position */
  seen(position) {
    this.#seenTo = position ?? 0;
    this.#list = this.#list.filter((command) => command.received === null || command.received > this.#seenTo);
  }

  /** @param {Pending} command */
  #key(command) {
    return `${PREFIX}.${this.#options.person}.${command.id}`;
  }

  #hurry() {
    for (const wake of this.#waits.values()) wake();
  }

  /** Send a stream's commands one after another, in the order in which they were made. @param {string} stream */
  async #flush(stream) {
    if (this.#busy.has(stream)) return;
    this.#busy.add(stream);
    let tries = 0;
    for (;;) {
      const next = this.#list.find((command) => command.stream === stream && command.received === null);
      if (!next || this.signedOut) break;
      const answer = await post(next);
      if (answer.again !== null) {
        const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries++) * (0.5 + Math.random() / 2);
        await this.#pause(stream, Math.max(wait, answer.again));
        continue;
      }
      tries = 0;
      this.#answered(next, answer);
    }
    this.#busy.delete(stream);
  }

  /** @param {Pending} command @param {Answer} answer */
  #answered(command, answer) {
    if (answer.status === 401) {
      this.signedOut = true;
    } else {
      drop(this.#key(command));
      const accepted = answer.status === 200;
      const mine = command.stream === this.#options.stream;
      if (accepted && mine) command.received = Math.max(0, ...answer.positions);
      else this.#list = this.#list.filter((other) => other !== command);
      this.seen(this.#seenTo);
      if (!accepted) this.#options.onrefused(command, answer.message);
    }
    this.#options.onchange();
  }

  /** @param {string} stream @param {number} ms */
  async #pause(stream, ms) {
    await new Promise((/** @type {(value?: undefined) => void} */ done) => {
      const timer = setTimeout(done, ms);
      this.#waits.set(stream, () => {
        clearTimeout(timer);
        done();
      });
    });
    this.#waits.delete(stream);
  }
}

/**
 * @typedef {{ status: number, positions: number[], message: string, again: number | null }} Answer
 *   `again` is how long to wait, in milliseconds at least, before it is sent once more
 *
 * @param {Pending} command
 * @returns {Promise<Answer>}
 */
async function post({ id, type, data }) {
  const nothing = { status: 0, positions: [], message: "" };
  /** @type {Response} */
  let response;
  try {
    response = await fetch("/api/v1/commands", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ id, type, data }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch {
    return { ...nothing, again: 0 };
  }
  const { status } = response;
  const body = await response.json().catch(() => null); // a proxy's own pages are not JSON
  if (status === 429 || status >= 500 || (status === 200 && body === null)) {
    return { ...nothing, status, again: 1000 * Number(response.headers.get("retry-after")) || 0 };
  }
  return { status, positions: body?.positions ?? [], message: body?.message ?? "", again: null };
}

/** @param {string} prefix @returns {Pending[]} */
function stored(prefix) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    const commands = keys.map((key) => JSON.parse(localStorage.getItem(key) ?? "null")).filter(Boolean);
    return commands.sort((a, b) => a.at - b.at);
  } catch {
    return [];
  }
}

/** @param {string} key @param {Pending} command */
function keep(key, command) {
  try {
    localStorage.setItem(key, JSON.stringify(command));
  } catch {
    // Storage is full or switched off: the command still stands in memory and on screen.
  }
}

/** @param {string} key */
function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above: nothing was kept.
  }
}
