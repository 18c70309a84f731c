/**
 * One flusher on a device: work that no other tab and no service worker does at the same time.
 *
 * It saves requests and keeps the order; it is not what makes sending safe, which is each command's id. So
 * where somebody holds the lock and is frozen, a tab that is looked at takes it away.
 */

const NAME = "daybook.outbox";
const STUCK_MS = 45_000; // twice as long as an answer is waited for
const mine = crypto.getRandomValues(new Uint32Array(2)).join("-");

/**
 * @param {() => Promise<void>} work
 * @param {import("./outbox-store.js").Store | null} store where Web Locks are missing, as on pages without TLS, a lease kept here stands in
 * @returns {Promise<boolean>} false when somebody else is at it, and it was not done
 */
export async function alone(work, store) {
  const locks = globalThis.navigator?.locks;
  if (locks) return locked(locks, work);
  if (!store) return work().then(() => true);
  if (!(await store.lease(NAME, mine, STUCK_MS))) return false;
  try {
    await work();
  } finally {
    await store.lease(NAME, mine, 0);
  }
  return true;
}

/** @param {LockManager} locks @param {() => Promise<void>} work */
async function locked(locks, work) {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  /** @param {LockOptions} options */
  const ask = async (options) => {
    try {
      await locks.request(NAME, options, begin);
    } catch (error) {
      // Not got in time, or taken away meanwhile, which the work itself does not notice.
      if (!(error instanceof DOMException) || error.name !== "AbortError") throw error;
    }
    return begun;
  };
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), STUCK_MS);
  const got = await ask({ signal: patience.signal });
  clearTimeout(timer);
  const looked = globalThis.document?.hidden === false;
  return got || (looked && ask({ steal: true }));
}
