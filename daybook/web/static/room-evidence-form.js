/** The form for new evidence, and for putting one's own evidence differently. */

import { number, t, tn } from "./i18n.js";
import { draftFrom, length } from "./room-forms.js";
import { codesOf, fault, held, heldList, hidden, problem, textOf, word } from "./room-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";

/** @typedef {import("./room-parts.js").Room} Room */

const SOURCES = ["observation", "interview", "focus-group", "document", "data", "survey", "self-review"];
const MOST_TEXT = 10_000;

/** @param {Room} room @param {import("./room-view.js").Evidence | null} item null for a new one */
export function evidenceForm(room, item) {
  const type = item ? "revise-evidence" : "add-evidence";
  const key = item ? `evidence:${item.evidence}` : "evidence:new";
  const draft = room.drafts.get(key) ?? (item ? (draftFrom("revise-evidence", item) ?? undefined) : undefined);
  const id = item ? item.evidence : "new";
  const wrong = room.faults[key] ?? {};
  const looks = (/** @type {string} */ field) => `field${wrong[field] ? " wrong" : ""}`;
  const waiting = room.drafts.waiting(key);
  return html`${problem(room, key)}
    <form class="evidence-form" method="post" action="/commands" data-form=${key} data-type=${type}>
      ${hidden(room, type, { evidence: item?.evidence ?? "" })}
      ${waiting > 0 ? html`<p class="calm">${tn("{n} more came back and waits until this form is empty.", "{n} more came back and wait until this form is empty.", waiting)}</p>` : nothing}
      <div class=${looks("text")}><label for="text-${id}">${t("What was seen and said")}</label>
        <p class="hint small" id="text-hint-${id}">${t("Low-inference: no judgment, no names of teachers or students.")}</p>
        ${fault(room, key, "text", `text-${id}`)}
        <textarea id="text-${id}" name="text" rows="4" aria-describedby="text-hint-${id} count-${id}${wrong["text"] ? ` text-${id}-fault` : ""}"
          aria-invalid=${wrong["text"] ? "true" : nothing} .value=${live(held(draft, "text"))}></textarea>
        ${counter(held(draft, "text"), id)}</div>
      <div class="pair">
        <div class=${looks("source")}><label for="source-${id}">${t("Source")}</label>
          ${fault(room, key, "source", `source-${id}`)}
          <select id="source-${id}" name="source" aria-invalid=${wrong["source"] ? "true" : nothing}>
            <option value="" .selected=${live(!held(draft, "source"))}>${t("Choose")}</option>
            ${SOURCES.map((source) => html`<option value=${source} .selected=${live(held(draft, "source") === source)}>${word(source)}</option>`)}
          </select></div>
        <fieldset class=${looks("stance")}><legend>${t("This evidence")}</legend>
          ${fault(room, key, "stance", `stance-${id}`)}
          <div class="stances">${["supports", "challenges"].map(
            (stance) => html`<label class="choice"><input type="radio" name="stance" value=${stance} .checked=${live(held(draft, "stance") === stance)}>
              <span>${word(stance)}</span></label>`,
          )}</div></fieldset>
      </div>
      ${about(room, key, draft, item)}
      <div class=${looks("setting")}><label for="setting-${id}">${t("Where and when")}</label>
        <p class="hint small" id="setting-hint-${id}">${t("By role or grade band, for example “grade 3–5 classrooms, second block”. No names of teachers.")}</p>
        ${fault(room, key, "setting", `setting-${id}`)}
        <input id="setting-${id}" name="setting" autocomplete="off" aria-describedby="setting-hint-${id}" .value=${live(held(draft, "setting"))}></div>
      <div class="button-row"><button class="button" type="submit">${item ? t("Keep the new wording") : t("Add evidence")}</button>
        ${item ? html`<button class="button secondary" type="button" data-do="stop-revising" data-evidence=${item.evidence}>${t("Cancel")}</button>` : nothing}</div>
    </form>`;
}

/** @param {string} text @param {string} id */
function counter(text, id) {
  const count = length(text);
  const over = count > MOST_TEXT;
  return html`<p class="count small ${over ? "over" : "muted"}" id="count-${id}">${
    over
      ? t("{n} characters too many", { n: number(count - MOST_TEXT) })
      : t("{n} of {most} characters", { n: number(count), most: number(MOST_TEXT) })}</p>`;
}

/** Which indicators it is about: the chosen one unless said otherwise. @param {Room} room @param {string} key @param {import("./room-drafts.js").Draft | undefined} draft @param {import("./room-view.js").Evidence | null} item */
function about(room, key, draft, item) {
  const chosen = draft && "indicators" in draft ? heldList(draft, "indicators") : (item?.indicators ?? [room.chosen]);
  const wrong = room.faults[key]?.["indicators"];
  return html`<details class="about" ?open=${Boolean(wrong)}><summary>${t("About")} <span class="code">${chosen.join(", ") || "–"}</span></summary>
    <fieldset class="field ${wrong ? "wrong" : ""}"><legend class="visually-hidden">${t("Indicators")}</legend>
      ${fault(room, key, "indicators", "indicators")}
      <div class="codes">${codesOf(room).map(
        (code) => html`<label class="choice" title=${textOf(room, code).statement}><input type="checkbox" name="indicators" value=${code} .checked=${live(chosen.includes(code))}>
          <span class="code">${code}</span></label>`,
      )}</div></fieldset></details>`;
}
