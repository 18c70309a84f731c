/** The bar by which a narrow screen shows one pane at a time; the style sheet shows it by the same address. */

/** Say which pane is shown, now and whenever the address changes. @param {string} [first] the pane that is shown when none was chosen */
export function tabs(first = "#rate") {
  const mark = () => show(first);
  addEventListener("hashchange", mark);
  mark();
}

/** @param {string} first */
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
}
