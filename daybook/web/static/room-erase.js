/** The facilitator's form that erases words from the record, in an open review and in a closed one. */

import { t } from "./i18n.js";
import { fault, held, hidden } from "./room-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";

/**
 * @param {import("./room-parts.js").Room} room
 * @param {"redact-evidence" | "redact-consensus"} type
 * @param {Record<string, string>} about whose words: the evidence or the indicator of a consensus
 */
export function erasing(room, type, about) {
  if (!room.can.erase) return nothing;
  const [[field, id] = ["", ""]] = Object.entries(about);
  if (room.sending.some((one) => one.type === type && one.data[field] === id)) {
    return html`<p class="muted small">${t("Erasing these words…")}</p>`;
  }
  const key = `${type.replace("redact", "erase")}:${id}`;
  const draft = room.drafts.get(key);
  const wrong = Boolean(room.faults[key]?.["reason"]);
  const open = Boolean(held(draft, "reason") || room.faults[key]);
  return html`<details class="erase small no-print" ?open=${open}><summary>${t("Erase these words…")}</summary>
    <form method="post" action="/commands" data-form=${key} data-type=${type}>
      ${hidden(room, type, about)}
      <p>${t("The words go for good, with every earlier wording; that they were erased, by whom and why, stays on the record.")}</p>
      <div class="field ${wrong ? "wrong" : ""}"><label for="reason-${id}">${t("Why they must go")}</label>
        <p class="hint" id="reason-hint-${id}">${t("Without repeating them, in at most 200 characters.")}</p>
        ${fault(room, key, "reason", `reason-${id}`)}
        <input id="reason-${id}" name="reason" autocomplete="off" maxlength="200" required aria-describedby="reason-hint-${id}${wrong ? ` reason-${id}-fault` : ""}"
          aria-invalid=${wrong ? "true" : nothing} .value=${live(held(draft, "reason"))}></div>
      <button class="button danger" type="submit">${t("Erase for good")}</button>
    </form></details>`;
}
