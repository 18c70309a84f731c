/** The bar by which a narrow screen shows one pane at a time; the style sheet shows it by the same address. */

/** Say which pane is shown, now and whenever the address changes. @param {string} [first] the pane that is shown when none was chosen */
export function tabs(first = "#rate") {
  addEventListener("hashchange", () => enter(show(first)));
  show(first);
}

/** Put the focus on a pane's heading, for whoever came by the bar. @param {string | null} pane as in the address */
function enter(pane) {
  const at = document.activeElement;
  if (pane && (at === document.body || at?.closest(".room-tabs"))) /** @type {HTMLElement | null} */ (document.querySelector(`${pane} h2[tabindex="-1"]`))?.focus();
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
