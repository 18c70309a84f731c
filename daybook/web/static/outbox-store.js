/**
 * What this device keeps, in IndexedDB: commands until their author and the server are done with them, and
 * the views that were last seen, for reading without a network.
 *
 * Pages in several tabs and the service worker write here at once. Each write is one transaction, and whoever
 * wrote tells the others to read again; nobody's memory counts more than what stands here.
 */

import { openDB } from "./vendor/idb/index.js";

/**
 * @typedef {import("./outbox-wire.js").Command} Command
 * @typedef {import("./outbox-wire.js").Verdict} Verdict
 * @typedef {{ person: string, stream: string, epoch: string | null, position: number | null, view: Record<string, any>, at: number }} Kept
 *   a view as it was last seen, and when
 * @typedef {import("./vendor/idb/index.js").IDBPDatabase<any>} Database
 */

const NAME = "daybook";
const VERSION = 1;
const OLD_KEYS = "daybook.command."; // where earlier releases kept commands, in localStorage
/** A command must outlast a power cut, so its writing waits for the disk. @type {{ durability: "strict" }} */
const FOR_GOOD = { durability: "strict" };
const LINGER_MS = 30_000; // what was answered stays this long, for tabs that are a little behind
const UNSEEN_MS = 7 * 24 * 3600_000; // and this long when nobody has looked at its stream since

export class Store {
  /** @type {Database} */
  #db;

  /** @param {Database} db */
  constructor(db) {
    this.#db = db;
  }

  /**
   * Open what is kept, and take over what an earlier release kept. Rejects where the browser keeps nothing, as in
   * some private windows.
   */
  static async open() {
    const db = await openDB(NAME, VERSION, {
      upgrade(fresh) {
        const commands = fresh.createObjectStore("commands", { keyPath: "id" });
        commands.createIndex("person", "person");
        commands.createIndex("at", "at");
        fresh.createObjectStore("views", { keyPath: ["person", "stream"] });
        fresh.createObjectStore("facts");
      },
      blocking(_from, _to, event) {
        /** @type {IDBDatabase} */ (event.target).close(); // a newer release's page waits for this connection to go
      },
    });
    const store = new Store(db);
    await store.#takeOver();
    return store;
  }

  /** Keep a command, after all others in order; one that is kept already stays as it is. @param {Command} command */
  async add(command) {
    const tx = this.#db.transaction("commands", "readwrite", FOR_GOOD);
    if (!(await tx.store.getKey(command.id))) {
      const last = await tx.store.index("at").openCursor(null, "prev");
      // A clock that was set back must not put this before what was written earlier.
      await tx.store.put({ ...command, at: Math.max(command.at, last ? last.value.at + 1 : 0) });
    }
    await tx.done;
  }

  /** Everybody's commands, oldest first. @returns {Promise<Command[]>} */
  async commands() {
    return this.#db.getAllFromIndex("commands", "at");
  }

  /** Note what became of commands. @param {Map<string, Verdict>} verdicts */
  async settle(verdicts) {
    await this.#change([...verdicts.keys()], (command) => ({ ...command, ...verdicts.get(command.id), settled: Date.now() }));
  }

  /** Have a refused command sent once more, with data that its author may have mended. @param {string} id @param {Record<string, any>} [data] */
  async resend(id, data) {
    await this.#change([id], (command) => ({ ...command, state: "waiting", sentence: "", aside: false, data: data ?? command.data }));
  }

  /** Leave a refused command for later. @param {string} id */
  async putAside(id) {
    await this.#change([id], (command) => ({ ...command, aside: true }));
  }

  /** @param {string[]} ids */
  async drop(ids) {
    const tx = this.#db.transaction("commands", "readwrite", FOR_GOOD);
    await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
  }

  /** Let go of answered commands that every tab shows by now, and of those nobody will look for. @param {string} person @param {string} stream @param {number} position as far as the stream is seen here */
  async sweep(person, stream, position) {
    const tx = this.#db.transaction("commands", "readwrite");
    const now = Date.now();
    for (const command of await tx.store.index("person").getAll(person)) {
      if (command.state !== "answered") continue;
      const seen = command.stream === stream && command.received <= position;
      if (command.settled < now - (seen ? LINGER_MS : UNSEEN_MS)) await tx.store.delete(command.id);
    }
    await tx.done;
  }

  /** @param {string[]} ids @param {(command: any) => object} to */
  async #change(ids, to) {
    const tx = this.#db.transaction("commands", "readwrite", FOR_GOOD);
    for (const id of ids) {
      const command = await tx.store.get(id);
      if (command) await tx.store.put(to(command));
    }
    await tx.done;
  }

  /** @param {Omit<Kept, "at">} seen */
  async keepView(seen) {
    await this.#db.put("views", { ...seen, at: Date.now() });
  }

  /** @param {string} person @param {string} stream @returns {Promise<Kept | undefined>} */
  async view(person, stream) {
    return this.#db.get("views", [person, stream]);
  }

  /** Forget what somebody has read here; what they wrote and what nobody received yet stays. @param {(person: string) => boolean} whose */
  async forget(whose) {
    const tx = this.#db.transaction(["views", "commands"], "readwrite");
    for (const key of await tx.objectStore("views").getAllKeys()) {
      if (whose(/** @type {string[]} */ (key)[0] ?? "")) await tx.objectStore("views").delete(key);
    }
    for (const command of await tx.objectStore("commands").getAll()) {
      if (command.state === "answered" && whose(command.person)) await tx.objectStore("commands").delete(command.id);
    }
    await tx.done;
  }

  /** @param {string} name */
  async fact(name) {
    return this.#db.get("facts", name);
  }

  /** @param {string} name @param {any} value */
  async note(name, value) {
    await this.#db.put("facts", value, name);
  }

  /** Take a named thing for a while, unless somebody else has it. @param {string} name @param {string} mine @param {number} ms @returns {Promise<boolean>} */
  async lease(name, mine, ms) {
    const tx = this.#db.transaction("facts", "readwrite");
    const held = await tx.store.get(name);
    const free = !held || held.by === mine || held.until < Date.now();
    if (free) await tx.store.put({ by: mine, until: Date.now() + ms }, name);
    await tx.done;
    return free;
  }

  /** Keep here, once, what an earlier release left in localStorage. Workers have none. */
  async #takeOver() {
    const storage = globalThis.localStorage;
    if (!storage) return;
    const keys = Object.keys(storage).filter((key) => key.startsWith(OLD_KEYS));
    const found = keys.flatMap((key) => {
      const old = JSON.parse(storage.getItem(key) ?? "null");
      return old?.id ? { key, old, person: key.slice(OLD_KEYS.length, -old.id.length - 1) } : [];
    });
    for (const { key, old, person } of found.sort((a, b) => a.old.at - b.old.at)) {
      const { id, stream, type, data, at } = old;
      const rest = { after: null, page: { title: "", href: "" }, received: null, sentence: "", aside: false };
      await this.add({ id, person, stream, type, data, at, state: "waiting", ...rest });
      storage.removeItem(key);
    }
  }
}
