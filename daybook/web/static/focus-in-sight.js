/**
 * What has the focus is to be seen. A browser brings it into sight before it lays out the part that it is in, where that
 * was left out while nobody looked at it, and then stands somewhere else.
 */

/** @param {HTMLElement} root */
export function keepFocusInSight(root) {
  root.addEventListener("focusin", (event) => {
    const focused = /** @type {Element} */ (event.target);
    if (!focused.matches(":focus-visible")) return; // a hand that presses something sees it
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const { top, bottom } = focused.getBoundingClientRect();
      if (focused === document.activeElement && (bottom < 0 || top > innerHeight)) focused.scrollIntoView({ block: "center" });
    }));
  });
}
