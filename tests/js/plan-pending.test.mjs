import assert from "node:assert/strict";
import { test } from "node:test";
import { withPending } from "../../daybook/web/static/plan-pending.js";

const pending = (type, data, received = null) => ({ id: type, type, data, stream: "plan:p", at: 0, received });
const order = (under, ...parts) => ({ kind: "order", under, parts });
const priority = (id) => ({ kind: "priority", priority: id, outcome: null, rubric: null, indicators: [], retired_at: null, reason: null });
const strategy = (id, under) => ({ kind: "strategy", strategy: id, priority: under, owner: null, retired_at: null, reason: null });
const text = (passage, words) => ({ kind: "text", passage, wording: "w-1", text: words, by: "ruth", at: "", proposal: null, proposed_by: null });
const view = {
  "plan": { kind: "plan", plan: "p", phase: "adopted", refining: null },
  "text:vision": text("vision", "Then."),
  "priority:a": priority("a"),
  "priority:b": priority("b"),
  "order:plan": order("plan", "priority:a", "priority:b"),
  "strategy:s": strategy("s", "a"),
  "strategy:t": strategy("t", "a"),
  "order:priority:a": order("priority:a", "strategy:s", "strategy:t"),
};
const shown = (...commands) => withPending(view, commands, "ana");

test("with nothing pending the view is the confirmed one", () => {
  assert.equal(withPending(view, [], "ana"), view);
});

test("my words stand in the plan at once, marked until they are received", () => {
  const words = { passage: "vision", wording: "w-2", text: "Now.", replaces: "w-1" };
  const sent = shown(pending("word-passage", words))["text:vision"];
  assert.deepEqual([sent.text, sent.by, sent.wording, sent.sending], ["Now.", "ana", "w-2", true]);
  assert.equal(shown(pending("word-passage", words, 7))["text:vision"].sending, false);
});

test("words that the stream brought before the answer are not put over what came after them", () => {
  const brought = { ...view, "text:vision": { ...text("vision", "Now."), wording: "w-2" } };
  const words = pending("word-passage", { passage: "vision", wording: "w-2", text: "Now.", replaces: "w-1" });
  assert.equal(withPending(brought, [words], "ana")["text:vision"], brought["text:vision"]);
});

test("a new part stands after its sibling with its words", () => {
  const added = shown(pending("add-strategy", { strategy: "n", priority: "a", title: "New", if_: "x", then: "y", after: "strategy:s" }));
  assert.deepEqual(added["order:priority:a"].parts, ["strategy:s", "strategy:n", "strategy:t"]);
  assert.equal(added["text:strategy:n:title"].text, "New");
  const step = pending("add-action", { action: "x", strategy: "n", text: "Do it." });
  const both = shown(pending("add-strategy", { strategy: "n", priority: "a", title: "New", if_: "x", then: "y" }), step);
  assert.deepEqual(both["order:strategy:n"].parts, ["action:x"]);
});

test("a part of something that is gone is not shown", () => {
  assert.equal("action:x" in shown(pending("add-action", { action: "x", strategy: "gone", text: "Do it." })), false);
});

test("a move takes the part from one priority to the other", () => {
  const moved = shown(pending("move-part", { part: "strategy:s", under: "priority:b" }));
  assert.deepEqual([moved["order:priority:a"].parts, moved["order:priority:b"].parts], [["strategy:t"], ["strategy:s"]]);
  assert.equal(moved["strategy:s"].priority, "b");
  const up = shown(pending("move-part", { part: "priority:b" }));
  assert.deepEqual(up["order:plan"].parts, ["priority:b", "priority:a"]);
});

test("retired and restored is as before, but for the mark", () => {
  const both = shown(pending("retire-part", { part: "strategy:s", reason: "Done." }), pending("restore-part", { part: "strategy:s" }));
  assert.deepEqual({ ...both["strategy:s"], sending: undefined }, { ...view["strategy:s"], sending: undefined });
});

test("a check-in gives the strategy its status, unless a later one has", () => {
  const held = (on, status) => pending("hold-check-in", { check_in: on, strategy: "s", on, status, note: "n" });
  assert.equal(shown(held("2026-03-02", "on-track"), held("2026-03-01", "off-track"))["status:s"].status, "on-track");
});

test("adoption and the closing of a refinement wait for the server", () => {
  const commands = [pending("adopt-plan", { version: "1" }), pending("open-refinement", { refinement: "r", quarter: 1 }), pending("close-plan", {})];
  assert.deepEqual(withPending(view, commands, "ana"), view);
});

test("what the confirmed view holds is never changed", () => {
  const before = JSON.stringify(view);
  shown(
    pending("move-part", { part: "strategy:s", under: "priority:b" }),
    pending("add-action", { action: "x", strategy: "s", text: "Do it." }),
    pending("retire-part", { part: "strategy:t", reason: "r" }),
    pending("assign-part", { part: "strategy:s", owner: "ana" }),
  );
  assert.equal(JSON.stringify(view), before);
});
