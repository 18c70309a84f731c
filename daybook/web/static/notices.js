/** What the reader of a live page should know about the connection and about what has not been received. */

import { t } from "./i18n.js";
import { chip } from "./outbox-chip.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {{ status: import("./live.js").Status, signedOut: boolean }} Connected
 */

/** Connection and outbox in words. @param {Connected} page */
export function connection({ status }) {
  const words = {
    "connecting": t("Connecting…"),
    "live": t("Live"),
    "polling": t("Live, a little slower"),
    "waiting": t("Connecting again… what you write is kept"),
    "signed-out": t("Signed out"),
    "forbidden": t("Not open to you"),
    "reload": t("Reload the page"),
  }[status];
  return html`<span class="connection ${status}"><span class="connection-dot" aria-hidden="true"></span>${words}</span>${chip()}`;
}

/** What keeps news from arriving, and what to do about it. @param {Connected} page @param {string} forbidden what is said when it is no longer open to the reader */
export function conversation({ status, signedOut }, forbidden) {
  const back = encodeURIComponent(`${location.pathname}${location.search}`);
  return html`${status === "signed-out" || signedOut
      ? html`<div class="notice"><p>${t("You are signed out. What you wrote is kept on this device.")}</p><a class="button" href="/sign-in?next=${back}">${t("Sign in again")}</a></div>`
      : nothing}
    ${status === "forbidden" ? html`<div class="notice"><p>${forbidden}</p></div>` : nothing}
    ${status === "reload"
      ? html`<div class="notice"><p>${t("Daybook has been renewed. Reload the page to go on; what you wrote is kept.")}</p><a class="button" href=${location.pathname + location.search}>${t("Reload the page")}</a></div>`
      : nothing}`;
}
