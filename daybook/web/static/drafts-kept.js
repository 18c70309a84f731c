/**
 * Where drafts are kept on the device: in the tab's own storage and the device's, which can be read at once, and as a
 * copy for each tab in IndexedDB. Browsers write the former down many seconds late, so a crash would take what was typed
 * last; the copies outlast it.
 *
 * A tab holds a lock for as long as it shows a page that is written in. The first new tab after others are gone takes
 * over what they held.
 */

import { t } from "./i18n.js";
import { openDB } from "./vendor/idb/index.js";

/**
 * @typedef {import("./room-drafts.js").Draft} Draft
 * @typedef {import("./room-drafts.js").Returned} Returned
 * @typedef {{ drafts?: Record<string, Draft>, returned?: Returned[], sources?: Record<string, string>, given?: Record<string, string>,
 *   times?: Record<string, number>, at?: number }} Stored `at` is when it was written, `times` when each form was written in
 * @typedef {Required<Omit<Stored, "returned">>} Tab what a tab holds
 * @typedef {Tab & { key: string, tab: string }} Copy
 */

const TAB = "daybook.tab";
const RELOAD_MS = 500; // a page that is loaded anew waits this long for the one before to let go of its tab
const WAIT_MS = 1_500; // a browser that does not answer must not keep a page from opening

/** @param {string} person @param {string} stream */
export function keyOf(person, stream) {
  return `daybook.drafts.${person}.${stream}`;
}

/** What stands in a form after a reload. @param {string} key @returns {Required<Omit<Stored, "at">>} */
export function read(key) {
  const [tab, device] = [stored(sessionStorage, key), stored(localStorage, key)];
  const { drafts = {}, sources = {}, given = {}, times = {} } = tab.drafts ? tab : device;
  return { drafts, returned: device.returned ?? [], sources, given, times };
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @returns {Stored}
 */
export function stored(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

/** @type {Map<string, Tab>} what is to be copied, by key: what was typed since takes the place of what was not written yet */
const waiting = new Map();
let writing = false;

/** Copy what this tab holds to where it outlasts a crash. @param {string} key @param {Tab} held */
export function copy(key, held) {
  waiting.set(key, held);
  if (!writing) void write();
}

async function write() {
  writing = true;
  try {
    const [db, tab] = [await copies(), await thisTab()];
    for (let next = waiting.entries().next().value; next; next = waiting.entries().next().value) {
      const [key, held] = next;
      waiting.delete(key);
      if (Object.keys(held.drafts).length > 0) await db.put("copies", { ...held, key, tab });
      else await db.delete("copies", [key, tab]);
    }
  } catch {
    // Some private windows keep nothing: the drafts still stand in memory and on screen.
  } finally {
    writing = false;
  }
}

/**
 * Bring back what a browser had not written down when it ended, before a page's forms are filled.
 *
 * @param {string} person
 * @param {string} stream
 * @param {string[]} words the fields that somebody writes in
 */
export async function recover(person, stream, words) {
  const late = new Promise((done) => setTimeout(done, WAIT_MS));
  await Promise.race([late, bringBack(keyOf(person, stream), words).catch(() => undefined)]); // where nothing can be kept, nothing comes back
}

/** @param {string} key @param {string[]} words */
async function bringBack(key, words) {
  const [db, tab] = [await copies(), await thisTab()];
  /** @type {Copy[]} */
  const all = await db.getAllFromIndex("copies", "key", key);
  const own = all.find((one) => one.tab === tab);
  if (own && own.at > (stored(sessionStorage, key).at ?? 0)) sessionStorage.setItem(key, JSON.stringify(own));
  if (own || sessionStorage.getItem(key) !== null) return;
  const alive = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  const gone = all.filter((one) => !alive.has(lockOf(one.tab)));
  if (gone.length === 0) return;
  const { returned, ...merged } = takenOver(gone, stored(localStorage, key), words);
  localStorage.setItem(key, JSON.stringify({ ...merged, returned }));
  const tx = db.transaction("copies", "readwrite");
  await Promise.all([tx.store.put({ ...merged, key, tab }), ...gone.map((one) => tx.store.delete([key, one.tab])), tx.done]);
}

/**
 * What stands in each form after tabs are gone: the words written last. What another tab held waits for the form to be free.
 *
 * @param {Copy[]} gone
 * @param {Stored} device
 * @param {string[]} words
 * @returns {Required<Stored>}
 */
function takenOver(gone, device, words) {
  const [drafts, sources, given, times] = [{ ...device.drafts }, { ...device.sources }, { ...device.given }, { ...device.times }];
  const returned = [...(device.returned ?? [])];
  for (const form of new Set(gone.flatMap((one) => Object.keys(one.drafts)))) {
    const when = (/** @type {Copy} */ one) => one.times[form] ?? 0;
    const [last, ...others] = gone.filter((one) => one.drafts[form]).sort((one, other) => when(other) - when(one));
    const draft = last?.drafts[form];
    if (!last || !draft) continue;
    [drafts[form], times[form]] = [draft, when(last)];
    if (last.sources[form]) [sources[form], given[form]] = [last.sources[form], last.given[form] ?? ""];
    for (const { drafts: { [form]: other = {} } } of others) {
      const differs = words.some((field) => other[field]?.length && other[field] !== draft[field]);
      if (differs) returned.push({ form, draft: other, sentence: t("You wrote this in another tab.") });
    }
  }
  return { drafts, returned, sources, given, times, at: Date.now() };
}

/**
 * Let go of the words of a refused command where they came back into a form, for a page that has no such form. Words that
 * somebody has gone on writing on stay.
 *
 * @param {{ id: string, person: string, stream: string }} command
 */
export function forget({ id, person, stream }) {
  const key = keyOf(person, stream);
  for (const storage of [sessionStorage, localStorage]) {
    const held = stored(storage, key);
    if (without(held, id)) storage.setItem(key, JSON.stringify(held));
  }
  forgetCopies(key, id).catch(() => undefined); // where nothing can be kept, there are none
}

/** @param {string} key @param {string} id */
async function forgetCopies(key, id) {
  const tx = (await copies()).transaction("copies", "readwrite");
  for (const one of await tx.store.index("key").getAll(key)) if (without(one, id)) void tx.store.put(one);
  await tx.done;
}

/** Take a refused command's words out, in place, and tell whether there were any. @param {Stored} held @param {string} id */
function without({ drafts = {}, sources = {}, given = {} }, id) {
  const forms = Object.keys(sources).filter((form) => sources[form] === id);
  for (const form of forms) {
    if (JSON.stringify(drafts[form]) === given[form]) delete drafts[form];
    delete sources[form];
    delete given[form];
  }
  return forms.length > 0;
}

/** @type {Promise<import("./vendor/idb/index.js").IDBPDatabase<any>> | undefined} */
let opened;

function copies() {
  opened ??= openDB("daybook-drafts", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("copies", { keyPath: ["key", "tab"] }).createIndex("key", "key");
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

/** @type {Promise<string> | undefined} */
let mine;

/** The id of this tab, which outlasts reloads. A tab that was doubled gets one of its own. */
function thisTab() {
  mine ??= (async () => {
    const before = sessionStorage.getItem(TAB);
    if (before && (await hold(before))) return before;
    const id = crypto.randomUUID();
    sessionStorage.setItem(TAB, id);
    await hold(id);
    return id;
  })();
  return mine;
}

/** Hold a tab's lock until the page goes; false where another page holds it. @param {string} tab @returns {Promise<boolean>} */
function hold(tab) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    const until = () => {
      done(true);
      return new Promise(() => {});
    };
    navigator.locks.request(lockOf(tab), { signal: AbortSignal.timeout(RELOAD_MS) }, until).catch(() => done(false));
  });
}

/** @param {string} tab */
function lockOf(tab) {
  return `${TAB}.${tab}`;
}
