/** How much has not been received, in a few words that lead to the list of it. */

import { t } from "./i18n.js";
import { UNSENT_SHOWS_MS, outboxHere } from "./outbox.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** For this page's outbox. */
export function chip() {
  const outbox = outboxHere();
  if (!outbox) return nothing;
  const all = outbox.person ? outbox.mine : outbox.commands;
  const late = all.filter(({ state, at }) => state === "waiting" && Date.now() - at >= UNSENT_SHOWS_MS);
  const here = late.filter(({ id }) => outbox.isHeld(id)).length;
  const waiting = late.length - here;
  const refused = all.filter(({ state }) => state === "refused").length;
  if (late.length + refused === 0) return nothing;
  return html`<a class="outbox-chip" href="/outbox">${
    waiting > 0 ? html`<span class="chip">${t("not received yet: {n}", { n: waiting })}</span>` : nothing}${
    here > 0 ? html`<span class="chip refused">${t("not received, and kept on this page alone: {n}", { n: here })}</span>` : nothing}${
    refused > 0 ? html`<span class="chip refused">${t("not accepted: {n}", { n: refused })}</span>` : nothing}</a>`;
}
