/** Signing out: whoever has written what is not received yet is told so first, and the device forgets what was read on it. */

import { t, tn } from "./i18n.js";
import { html, render } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */

/** @param {Promise<Outbox>} outbox */
export function watchSignOut(outbox) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[action="/sign-out"]'))) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const own = await outbox;
      const left = own.mine.filter(({ state }) => state !== "answered").length;
      if (left > 0 && !(await agrees(left))) return;
      if (!navigator.serviceWorker?.controller) await forgotten(own); // a service worker sees the request, and does it
      form.submit();
    });
  }
}

/** Ask whether to sign out although this much was not received. @param {number} left @returns {Promise<boolean>} */
function agrees(left) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "ask-title");
  render(html`<form method="dialog">
    <h2 id="ask-title">${tn("{n} thing you wrote is not in Daybook yet", "{n} things you wrote are not in Daybook yet", left)}</h2>
    <p>${t("It stays on this device until you sign in here again. Nobody else who signs in here can read it.")}</p>
    <p><a href="/outbox">${t("See what it is")}</a></p>
    <div class="button-row"><button class="button" value="stay">${t("Stay signed in")}</button>
      <button class="button secondary" value="leave">${t("Sign out")}</button></div></form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => {
    dialog.remove();
    answer(dialog.returnValue === "leave");
  }));
}

/** @param {Outbox} own */
async function forgotten(own) {
  const leave = async () => {
    const store = await own.store;
    await store?.left(false);
    await store?.forget(() => true);
  };
  await Promise.race([leave(), new Promise((done) => setTimeout(done, 1_000))]);
}
