import assert from "node:assert/strict";
import { test } from "node:test";
import { moveTo } from "../../daybook/web/static/plan-view.js";

const order = (under, ...parts) => ({ kind: "order", under, parts });
const strategy = (id, priority) => ({ kind: "strategy", strategy: id, priority, retired_at: null });
const under = (kind, id) => ({ kind, [kind]: id, strategy: "s", retired_at: null });
const view = {
  "priority:a": { kind: "priority", priority: "a", retired_at: null },
  "priority:b": { kind: "priority", priority: "b", retired_at: null },
  "priority:c": { kind: "priority", priority: "c", retired_at: "then" },
  "order:plan": order("plan", "priority:a", "priority:b", "priority:c"),
  "strategy:s": strategy("s", "a"),
  "strategy:t": strategy("t", "a"),
  "order:priority:a": order("priority:a", "strategy:s", "strategy:t"),
  "action:1": under("action", "1"),
  "measure:m": under("measure", "m"),
  "action:2": under("action", "2"),
  "action:3": under("action", "3"),
  "order:strategy:s": order("strategy:s", "action:1", "measure:m", "action:2", "action:3"),
};
const put = (part, parent, beside, side = "before") => moveTo(view, part, { under: parent, beside, side });

test("a part is put before and after another", () => {
  assert.deepEqual(put("action:3", "strategy:s", "action:1"), { part: "action:3", under: "strategy:s" });
  assert.deepEqual(put("action:3", "strategy:s", "action:2"), { part: "action:3", under: "strategy:s", after: "measure:m" });
  assert.deepEqual(put("action:1", "strategy:s", "action:3", "after"), { part: "action:1", under: "strategy:s", after: "action:3" });
  assert.deepEqual(put("priority:b", "plan", "priority:a"), { part: "priority:b" });
});

test("where it stands already nothing is moved, whatever of another kind stands between", () => {
  assert.equal(put("action:1", "strategy:s", "action:2"), null);
  assert.equal(put("action:2", "strategy:s", "action:1", "after"), null);
  assert.equal(put("action:3", "strategy:s", "action:2", "after"), null);
});

test("a strategy goes to another priority, also to an empty one", () => {
  assert.deepEqual(put("strategy:t", "priority:b", null, "after"), { part: "strategy:t", under: "priority:b" });
});

test("beside what is there no more, or under what is retired, there is no place", () => {
  assert.equal(put("action:1", "strategy:s", "action:9"), "gone");
  assert.equal(put("strategy:t", "priority:c", null, "after"), "gone");
});
