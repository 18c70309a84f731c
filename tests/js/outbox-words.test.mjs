import assert from "node:assert/strict";
import { test } from "node:test";

import { actOf, answer, asJson, asText, textsOf } from "../../daybook/web/static/outbox-words.js";

const note = {
  id: "c-1", person: "ana", stream: "review:maple", type: "add-evidence", after: null, at: Date.UTC(2026, 2, 17, 9, 30),
  data: { review: "maple", evidence: "e-1", source: "interview", stance: "supports", indicators: ["CI.1", "CI.2"], text: "Seen.", setting: "" },
  page: { title: "Maple Street", href: "/reviews/maple" }, state: "waiting", received: null, sentence: "", aside: false,
};

test("a command is told by what it does and what it is about", () => {
  assert.equal(actOf(note), "Add evidence on CI.1, CI.2");
  assert.equal(actOf({ type: "give-rating", data: { indicator: "CI.2" } }), "Rate CI.2");
  assert.equal(actOf({ type: "propose-outcome", data: { indicators: [{ indicator: "CI.1" }] } }), "Propose an outcome");
  assert.equal(actOf({ type: "some-later-command", data: {} }), "Some later command");
});

test("an answer is told by its level, its name or its figure", () => {
  assert.equal(answer({ data: { answer: 3 } }), ": level 3");
  assert.equal(answer({ data: { answer: "abstain" } }), ": Abstain");
  assert.equal(answer({ data: { value: 41.5 } }), ": 41.5");
  assert.equal(answer({ data: { text: "a" } }), "");
});

test("every text that was typed is told, and no id", () => {
  assert.deepEqual(textsOf(note.data), ["Seen."]);
  assert.deepEqual(textsOf({ plan: "maple-plan", passage: "strategy:aloud:if", text: "Mine", wording: "w-1", replaces: "w-0" }), ["Mine"]);
  assert.deepEqual(textsOf({ strategy: "aloud", amount: 900, source: "Title II", replaces: { amount: 800, source: "Title I" } }), ["Title II"]);
  assert.deepEqual(textsOf({ measure: "m", on: "2026-03-17", value: 4 }), ["17 Mar 2026"]);
  assert.deepEqual(textsOf({ level: 2, rationale: "Why.", dissent: [{ text: "No.", person: "ben" }] }), ["Why.", "No."]);
  assert.deepEqual(textsOf({ outcome: "readers", measure: "Records of May", later_field: "Several words" }), ["Records of May", "Several words"]);
});

test("the file for programs has all that is needed to send it again", () => {
  const said = JSON.parse(asJson([note, { ...note, id: "c-2", after: "c-1", state: "refused", sentence: "Closed." }], "2026-03-17T10:00:00.000Z"));
  assert.equal(said.format, "daybook-outbox-1");
  assert.deepEqual(said.commands.map(({ id, type, data, after, state, reason }) => ({ id, type, data, after, state, reason })), [
    { id: "c-1", type: "add-evidence", data: note.data, after: undefined, state: "not-received", reason: undefined },
    { id: "c-2", type: "add-evidence", data: note.data, after: "c-1", state: "not-accepted", reason: "Closed." },
  ]);
});

test("the file for people says what, where, when, why and in which words", () => {
  const text = asText([{ ...note, state: "refused", sentence: "Closed." }], "2026-03-17T10:00:00.000Z");
  for (const part of ["Add evidence on CI.1, CI.2", "Maple Street", "Not accepted: Closed.", "Seen."]) assert.ok(text.includes(part), part);
});
