/** The bar by which a narrow screen shows one pane at a time; the style sheet shows it by the same address. */

/** Say which pane is shown, now and whenever the address changes. @param {string} [first] the pane that is shown when none was chosen */
export function tabs(first = "#rate") {
  let pane = show(first) ?? first;
  let byBar = false;
  document.querySelector(".room-tabs")?.addEventListener("click", () => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    if (middle) left.set(pane, { element: middle, top: middle.getBoundingClientRect().top });
    byBar = true;
  });
  addEventListener("hashchange", () => {
    const asked = show(first);
    pane = asked ?? first;
    enter(asked, byBar);
    byBar = false;
  });
}

/** What stood in the middle of a pane that the reader left by the bar. @type {Map<string, { element: Element, top: number }>} */
const left = new Map();

/** Put the focus on a pane's heading, and the reader to where they were in it, for whoever came by the bar. @param {string | null} pane as in the address @param {boolean} byBar */
function enter(pane, byBar) {
  const at = document.activeElement;
  const before = byBar && pane && left.get(pane)?.element.isConnected ? left.get(pane) : undefined;
  if (pane && (at === document.body || at?.closest(".room-tabs"))) {
    /** @type {HTMLElement | null} */ (document.querySelector(`${pane} h2[tabindex="-1"]`))?.focus({ preventScroll: before !== undefined });
  }
  if (before) {
    putBack(before);
    requestAnimationFrame(() => putBack(before)); // what comes into sight only then may be higher than it was thought to be
  }
}

/** @param {{ element: Element, top: number }} before */
function putBack({ element, top }) {
  scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
}

/** @param {string} first @returns {string | null} the pane that was asked for */
function show(first) {
  const links = [...document.querySelectorAll(".room-tabs a")];
  const asked = links.some((tab) => tab.getAttribute("href") === location.hash);
  const shown = asked ? location.hash : first;
  for (const tab of links) {
    if (tab.getAttribute("href") === shown) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const narrow = matchMedia("(max-width: 47rem)").matches;
  if (narrow && shown === "#people") document.getElementById("who-is-here")?.setAttribute("open", "");
  return asked ? shown : null;
}
