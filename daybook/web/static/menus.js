/** The menus behind three dots: they fold when something else is pressed, and with Escape. */

/** @param {Element} target what is pressed */
export function foldMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
}

/** Fold the menu that something is in, with the focus on what unfolds it. @param {Element} element @returns {boolean} whether it is in an unfolded one */
export function foldMenuAt(element) {
  const menu = element.closest("details.menu[open]");
  menu?.removeAttribute("open");
  /** @type {HTMLElement | null | undefined} */ (menu?.querySelector("summary"))?.focus();
  return Boolean(menu);
}
