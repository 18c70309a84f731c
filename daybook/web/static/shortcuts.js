/**
 * The list of keyboard shortcuts under `?`, and the switch that turns them off on this device: single keys are
 * in the way of those whose speech input or screen reader would press them.
 */

const SWITCH = "daybook.shortcuts";

/**
 * Wire up the page's list of shortcuts.
 *
 * @returns {{ listen: (press: (event: KeyboardEvent) => boolean | void) => void }}
 *   `listen` calls back for each key that is pressed while nothing is typed and shortcuts are on, with no
 *   control, command or option key held; `false` says that the key means nothing here
 */
export function shortcuts() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("shortcuts"));
  const button = /** @type {HTMLElement} */ (document.getElementById("shortcuts-button"));
  const box = /** @type {HTMLInputElement} */ (document.getElementById("shortcuts-on"));
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  box.checked = on();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  return {
    listen(press) {
      document.addEventListener("keydown", (event) => {
        if (event.defaultPrevented || isTyping(event.target) || dialog.open || !box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "?") dialog.showModal();
        else if (press(event) === false) return;
        event.preventDefault();
      });
    },
  };
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest("textarea, select, input:not([type=radio], [type=checkbox], [type=range])");
}

function on() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}
