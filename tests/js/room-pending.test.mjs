import assert from "node:assert/strict";
import { test } from "node:test";
import { withPending } from "../../daybook/web/static/room-pending.js";

const pending = (type, data) => ({ id: type, type, data, stream: "review:maple", at: 0, received: null });
const blind = { "indicator:CI.1": { kind: "indicator", code: "CI.1", stage: "blind" } };
const revealed = { "indicator:CI.1": { kind: "indicator", code: "CI.1", stage: "revealed" } };
const words = { evidence: "e-1", source: "interview", stance: "supports", indicators: ["CI.1"], text: "Said.", setting: null };

test("with nothing pending the view is the confirmed one", () => {
  assert.equal(withPending(blind, [], "ana"), blind);
});

test("my rating shows as mine and as given", () => {
  const view = withPending(blind, [pending("give-rating", { indicator: "CI.1", answer: 3 })], "ana");
  assert.equal(view["rating:CI.1:ana"].answer, 3);
  assert.equal(view["rated:CI.1:ana"].kind, "rated");
});

test("after the reveal it shows as late, and not among those that count", () => {
  const view = withPending(revealed, [pending("give-rating", { indicator: "CI.1", answer: 3 })], "ana");
  assert.deepEqual([view["late:CI.1:ana"].answer, "rating:CI.1:ana" in view], [3, false]);
});

test("given and withdrawn leaves nothing", () => {
  const commands = [pending("give-rating", { indicator: "CI.1", answer: 3 }), pending("withdraw-rating", { indicator: "CI.1" })];
  assert.deepEqual(withPending(blind, commands, "ana"), blind);
});

test("a revision shows the old wording once, even when the stream was quicker than the answer", () => {
  const revise = [pending("revise-evidence", { ...words, text: "Said twice." })];
  const item = { kind: "evidence", ...words, person: "ana", at: "", earlier: [], withdrawn: false };
  const shown = withPending({ "evidence:e-1": item }, revise, "ana")["evidence:e-1"];
  assert.deepEqual([shown.text, shown.earlier], ["Said twice.", ["Said."]]);
  assert.deepEqual(withPending({ "evidence:e-1": shown }, revise, "ana")["evidence:e-1"], shown);
});

test("a reveal and a consensus wait for the room", () => {
  const commands = [pending("reveal-ratings", { indicator: "CI.1" }), pending("record-consensus", { indicator: "CI.1", level: 2 })];
  assert.deepEqual(withPending(blind, commands, "ruth"), blind);
});
