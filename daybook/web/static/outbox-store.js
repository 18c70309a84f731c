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
 * @typedef {{ person: string, stream: string, epoch: string | null, position: number | null, view: Record<string, any>,
 *   names: Record<string, string>, at: number }} Kept
 *   a view as it was last seen, and when
 * @typedef {{ id: string, last: string, lang: string, at: number, owed?: boolean }} Reader
 *   `id` is empty when nobody is signed in; `last` is who was, unless they signed out; `owed` when they did so without a
 *   connection, and the server has yet to hear of it
 * @typedef {import("./vendor/idb/index.js").IDBPDatabase<any>} Database
 */

/** @type {Reader} */
const NOBODY = { id: "", last: "", lang: "", at: 0 };
const NAME = "daybook";
const VERSION = 1;
const OLD_KEYS = "daybook.command."; // where earlier releases kept commands, in localStorage
const LINGER_MS = 30_000; // what was answered stays this long, for tabs that are a little behind
const UNSEEN_MS = 7 * 24 * 3600_000; // and this long when nobody has looked at its stream since

export class Store {
  /** @type {Promise<Database> | null} null when the connection was lost */
  #connection = null;

  /**
   * Open what is kept, and take over what an earlier release kept. Rejects where the browser keeps nothing, as in
   * some private windows.
   */
  static async open() {
    const store = new Store();
    await store.#takeOver();
    return store;
  }

  /**
   * Do one thing with the database. Browsers drop connections, for example of a tablet that was asleep: then it is done
   * once more over another one, which is safe for everything that is done here.
   *
   * @template T
   * @param {(db: Database) => Promise<T>} act
   * @returns {Promise<T>}
   */
  async #with(act) {
    const before = this.#connection;
    try {
      return await act(await this.#connect());
    } catch (error) {
      const lost = error instanceof DOMException && (error.name === "InvalidStateError" || error.name === "UnknownError");
      if (!lost || before === null) throw error;
      if (this.#connection === before) this.#connection = null;
      return act(await this.#connect());
    }
  }

  #connect() {
    this.#connection ??= openDB(NAME, VERSION, {
      upgrade(fresh) {
        const commands = fresh.createObjectStore("commands", { keyPath: "id" });
        commands.createIndex("person", "person");
        commands.createIndex("at", "at");
        fresh.createObjectStore("views", { keyPath: ["person", "stream"] });
        fresh.createObjectStore("facts");
      },
      blocking: (_from, _to, event) => {
        /** @type {IDBDatabase} */ (event.target).close(); // a newer release's page waits for this connection to go
      },
      terminated: () => {
        this.#connection = null;
      },
    });
    this.#connection.catch(() => (this.#connection = null));
    return this.#connection;
  }

  /**
   * One transaction, whole or not at all.
   *
   * @template T
   * @param {string[]} stores
   * @param {"relaxed" | "strict"} durability strict waits for the disk: a command must outlast a power cut
   * @param {(tx: any) => Promise<T>} act
   */
  #write(stores, durability, act) {
    return this.#with(async (db) => {
      const tx = db.transaction(stores, "readwrite", { durability });
      const [result] = await Promise.all([act(tx), tx.done]);
      return result;
    });
  }

  /** Keep a command, after all others in order; one that is kept already stays as it is. @param {Command} command */
  async add(command) {
    await this.#write(["commands"], "strict", async (tx) => {
      const commands = tx.objectStore("commands");
      if (await commands.getKey(command.id)) return;
      const last = await commands.index("at").openCursor(null, "prev");
      // A clock that was set back must not put this before what was written earlier.
      await commands.put({ ...command, at: Math.max(command.at, last ? last.value.at + 1 : 0) });
    });
  }

  /** Everybody's commands, oldest first. @returns {Promise<Command[]>} */
  async commands() {
    return this.#with((db) => db.getAllFromIndex("commands", "at"));
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
    await this.#write(["commands"], "strict", (tx) => Promise.all(ids.map((id) => tx.objectStore("commands").delete(id))));
  }

  /** Let go of answered commands that every tab shows by now, and of those nobody will look for. @param {string} person @param {string} stream @param {number} position as far as the stream is seen here */
  async sweep(person, stream, position) {
    const now = Date.now();
    await this.#write(["commands"], "relaxed", async (tx) => {
      for (const command of await tx.objectStore("commands").index("person").getAll(person)) {
        if (command.state !== "answered") continue;
        const seen = command.stream === stream && command.received <= position;
        if (command.settled < now - (seen ? LINGER_MS : UNSEEN_MS)) await tx.objectStore("commands").delete(command.id);
      }
    });
  }

  /** @param {string[]} ids @param {(command: any) => object} to */
  async #change(ids, to) {
    await this.#write(["commands"], "strict", async (tx) => {
      for (const id of ids) {
        const command = await tx.objectStore("commands").get(id);
        if (command) await tx.objectStore("commands").put(to(command));
      }
    });
  }

  /** Keep a view as its reader sees it now, unless they have signed out meanwhile. @param {Omit<Kept, "at">} seen */
  async keepView(seen) {
    await this.#write(["views", "facts"], "relaxed", async (tx) => {
      const reader = await tx.objectStore("facts").get("reader");
      if (reader?.id === seen.person) await tx.objectStore("views").put({ ...seen, at: Date.now() });
    });
  }

  /** @param {string} person @param {string} stream @returns {Promise<Kept | undefined>} */
  async view(person, stream) {
    return this.#with((db) => db.get("views", [person, stream]));
  }

  /** Forget what somebody has read here; what they wrote and what nobody received yet stays. @param {(person: string) => boolean} whose */
  async forget(whose) {
    await this.#write(["views", "commands"], "strict", async (tx) => {
      const [views, commands] = [tx.objectStore("views"), tx.objectStore("commands")];
      for (const key of await views.getAllKeys()) if (whose(key[0])) await views.delete(key);
      for (const { id, person, state } of await commands.getAll()) if (state === "answered" && whose(person)) await commands.delete(id);
    });
  }

  /** Who reads on this device, as far as it knows. @returns {Promise<Reader>} */
  async reader() {
    return (await this.#with((db) => db.get("facts", "reader"))) ?? NOBODY;
  }

  /**
   * Note who an answer of the server was for; nobody when it asked to sign in.
   *
   * @param {string} id
   * @param {string} lang
   * @param {number} at when the answer was asked for: one that was overtaken by a sign-out says nothing
   * @returns {Promise<{ before: Reader, after: Reader }>}
   */
  async met(id, lang, at) {
    return this.#note((before) => (before.at > at ? before : { id, last: id || before.last, lang: lang || before.lang, at }));
  }

  /** Note that whoever read here has left. @param {boolean} owed whether the server has yet to be told */
  async left(owed) {
    await this.#note(({ lang }) => ({ id: "", last: "", lang, at: Date.now(), owed }));
  }

  /** @param {(before: Reader) => Reader} to */
  async #note(to) {
    return this.#write(["facts"], "strict", async (tx) => {
      /** @type {Reader} */
      const before = (await tx.objectStore("facts").get("reader")) ?? NOBODY;
      const after = to(before);
      await tx.objectStore("facts").put(after, "reader");
      return { before, after };
    });
  }

  /** Take a named thing for a while, unless somebody else has it. @param {string} name @param {string} mine @param {number} ms @returns {Promise<boolean>} */
  async lease(name, mine, ms) {
    return this.#write(["facts"], "relaxed", async (tx) => {
      const held = await tx.objectStore("facts").get(name);
      const free = !held || held.by === mine || held.until < Date.now();
      if (free) await tx.objectStore("facts").put({ by: mine, until: Date.now() + ms }, name);
      return free;
    });
  }

  /** Keep here, once, what an earlier release left in localStorage. */
  async #takeOver() {
    await this.#connect();
    const found = leftBehind();
    for (const { key, old, person } of found.sort((a, b) => a.old.at - b.old.at)) {
      const { id, stream, type, data, at } = old;
      const rest = { after: null, page: { title: "", href: "" }, received: null, sentence: "", aside: false };
      await this.add({ id, person, stream, type, data, at, state: "waiting", ...rest });
      localStorage.removeItem(key);
    }
  }
}

/** What an earlier release kept; workers have no localStorage, and some browsers let nobody at it. */
function leftBehind() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(OLD_KEYS));
    return keys.flatMap((key) => {
      const old = JSON.parse(localStorage.getItem(key) ?? "null");
      return old?.id ? [{ key, old, person: key.slice(OLD_KEYS.length, -old.id.length - 1) }] : [];
    });
  } catch {
    return [];
  }
}
