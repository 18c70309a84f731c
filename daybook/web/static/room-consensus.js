/** The facilitator's form: the level the team agreed on, why, on which evidence, and who saw it differently. */

import { t } from "./i18n.js";
import { fault, held, heldList, hidden, levelChoices, nameOf, problem, word } from "./room-parts.js";
import { draftFrom } from "./room-forms.js";
import { excerpt } from "./room-results.js";
import { evidenceOf, membersOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** @param {Room} room @param {import("./room-view.js").Consensus | null} consensus */
export function consensusForm(room, consensus) {
  const code = room.chosen;
  const key = `consensus:${code}`;
  const sending = room.sending.some(({ type, data }) => type === "record-consensus" && data["indicator"] === code);
  if (sending) return html`<p class="calm" id="consensus-form">${t("Recording the consensus on {code}…", { code })}</p>`;
  const body = form(room, consensus);
  if (!consensus) return html`<section id="consensus-form" class="consensus"><h3>${t("Record the consensus on {code}", { code })}</h3>${body}</section>`;
  return html`<details id="consensus-form" class="consensus" ?open=${Boolean(room.drafts.get(key) || room.faults[key])}>
    <summary>${t("Change the consensus on {code}", { code })}</summary>${body}</details>`;
}

/** @param {Room} room @param {import("./room-view.js").Consensus | null} consensus */
function form(room, consensus) {
  const code = room.chosen;
  const key = `consensus:${code}`;
  const draft = room.drafts.get(key) ?? (consensus ? (draftFrom("record-consensus", consensus) ?? undefined) : undefined);
  const items = evidenceOf(room.view, code).filter((item) => !item.withdrawn);
  const cited = heldList(draft, "evidence_cited");
  const wrong = room.faults[key] ?? {};
  return html`${problem(room, key)}
    <form method="post" action="/commands" data-form=${key} data-type="record-consensus">
      ${hidden(room, "record-consensus", { indicator: code })}
      <fieldset class="field ${wrong["level"] ? "wrong" : ""}"><legend>${t("Level agreed")}</legend>
        ${fault(room, key, "level", "level")}${levelChoices(room, { name: "level", chosen: held(draft, "level"), others: false })}</fieldset>
      <div class="field ${wrong["rationale"] ? "wrong" : ""}"><label for="rationale">${t("Why")}</label>
        <p class="hint" id="rationale-hint">${t("What the team saw that makes this the level.")}</p>
        ${fault(room, key, "rationale", "rationale")}
        <textarea id="rationale" name="rationale" rows="4" aria-describedby="rationale-hint${wrong["rationale"] ? " rationale-fault" : ""}"
          aria-invalid=${wrong["rationale"] ? "true" : nothing} .value=${live(held(draft, "rationale"))}></textarea></div>
      <fieldset class="field"><legend>${t("Evidence cited")}</legend>
        ${items.length === 0 ? html`<p class="hint">${t("There is no evidence on {code} yet.", { code })}</p>` : nothing}
        <div class="citable">${items.map(
          (item) => html`<label class="choice"><input type="checkbox" name="evidence_cited" value=${item.evidence} .checked=${live(cited.includes(item.evidence))}>
            <span><span class="muted">${word(item.source)}, ${word(item.stance)}:</span> ${excerpt(item.text)}</span></label>`,
        )}</div></fieldset>
      ${dissents(room, draft)}
      <button class="button" type="submit">${t("Record consensus")}</button>
    </form>`;
}

/** @param {Room} room @param {import("./room-drafts.js").Draft | undefined} draft */
function dissents(room, draft) {
  const texts = heldList(draft, "dissent_text");
  const people = heldList(draft, "dissent_person");
  const rows = texts.length > 0 ? texts : [""];
  return html`<fieldset class="field"><legend>${t("Seen differently")}</legend>
    <p class="hint">${t("A view that the consensus does not carry, by name or anonymously. Leave it empty if there is none.")}</p>
    ${rows.map(
      (text, index) => html`<div class="dissent-row">
        <label><span>${t("What was said")}</span><textarea name="dissent_text" rows="2" .value=${live(text)}></textarea></label>
        <label><span>${t("By")}</span><select name="dissent_person">
          <option value="" .selected=${live(!people[index])}>${t("anonymous")}</option>
          ${membersOf(room.view).map(
            ({ person }) => html`<option value=${person} .selected=${live(people[index] === person)}>${nameOf(room, person)}</option>`,
          )}</select></label></div>`,
    )}
    <button class="button-link" type="button" data-do="add-dissent">${t("Add another")}</button></fieldset>`;
}
