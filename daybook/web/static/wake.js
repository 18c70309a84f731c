/**
 * When to look again at once instead of waiting: the network changed, the page is looked at again, or the device slept.
 *
 * Of a sleep many devices say nothing. It shows in the clock, which went on while no timer ran.
 */

const TICK_MS = 5_000;
const SLEPT_MS = 3 * TICK_MS;

/** @param {() => void} act called at each such moment, once for several at a time */
export function onWake(act) {
  let last = Date.now();
  let soon = false;
  const look = () => {
    if (soon) return;
    soon = true;
    queueMicrotask(() => {
      soon = false;
      act();
    });
  };
  addEventListener("online", look);
  addEventListener("offline", look);
  addEventListener("pageshow", ({ persisted }) => persisted && look());
  document.addEventListener("visibilitychange", () => document.hidden || look());
  document.addEventListener("resume", look);
  setInterval(() => {
    // A page in the background has its timers slowed down, which looks the same; it is woken when it is looked at.
    if (Date.now() - last > SLEPT_MS && !document.hidden) look();
    last = Date.now();
  }, TICK_MS);
}
