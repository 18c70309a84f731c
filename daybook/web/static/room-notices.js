/** What the reader should know about the connection, what has not been received, and what was refused. */

import { t, tn } from "./i18n.js";
import { problem, word } from "./room-parts.js";
import { joining } from "./room-rating.js";
import { reviewOf, stagesOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** The line under the title. @param {Room} room */
export function progressLine(room) {
  const { phase, focus } = reviewOf(room.view);
  const { consensus, revealed } = stagesOf(room.view);
  return html`<span class="chip phase-${phase}">${word(phase)}</span>
    <span>${t("{n} of {all} agreed", { n: consensus, all: focus.length })}</span>${
      revealed > 0 && phase === "open" ? html`<span class="muted">· ${tn("{n} in discussion", "{n} in discussion", revealed)}</span>` : nothing}`;
}

/** Connection and outbox in words. @param {Room} room */
export function connection(room) {
  const waiting = room.sending.filter(({ received }) => received === null).length;
  const words = {
    "connecting": t("Connecting…"),
    "live": t("Live"),
    "polling": t("Live, a little slower"),
    "waiting": t("Connecting again… what you write is kept"),
    "signed-out": t("Signed out"),
    "forbidden": t("Not open to you"),
    "reload": t("Reload the page"),
  }[room.status];
  return html`<span class="connection ${room.status}"><span class="connection-dot" aria-hidden="true"></span>${words}</span>${
    waiting > 0 && room.stale ? html`<span class="chip">${t("not received yet: {n}", { n: waiting })}</span>` : nothing}`;
}

/** @param {Room} room */
export function notices(room) {
  const back = encodeURIComponent(`${location.pathname}${location.search}`);
  const open = reviewOf(room.view).phase === "open";
  // Forms that a closed review does not draw, and those that stand with words of an indicator not looked at.
  const unseen = Object.keys(room.faults).filter((form) => form !== "act" && (!open || form.startsWith("erase-")));
  return html`${["act", ...unseen].map((form) => problem(room, form))}
    ${room.status === "signed-out" || room.signedOut
      ? html`<div class="notice"><p>${t("You are signed out. What you wrote is kept on this device.")}</p><a class="button" href="/sign-in?next=${back}">${t("Sign in again")}</a></div>`
      : nothing}
    ${room.status === "forbidden"
      ? html`<div class="notice"><p>${t("You are no longer part of this review, so nothing new arrives here.")}</p></div>`
      : nothing}
    ${room.status === "reload"
      ? html`<div class="notice"><p>${t("Daybook has been renewed. Reload the page to go on; what you wrote is kept.")}</p><a class="button" href=${location.pathname + location.search}>${t("Reload the page")}</a></div>`
      : nothing}
    ${joining(room)}`;
}
