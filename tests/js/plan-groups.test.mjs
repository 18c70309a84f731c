import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsAfter, groupsOf } from "../../daybook/web/static/plan-groups.js";
import { numbersOf, partAbout, placesOf, retiredAt } from "../../daybook/web/static/plan-view.js";

const part = (kind, id, more = {}) => ({ kind, [kind]: id, retired_at: null, ...more });
const view = {
  "plan": { kind: "plan" },
  "order:plan": { kind: "order", parts: ["priority:a", "priority:b", "priority:c"] },
  "priority:a": part("priority", "a"),
  "priority:b": part("priority", "b", { retired_at: "then" }),
  "priority:c": part("priority", "c"),
  "order:priority:c": { kind: "order", parts: ["strategy:s", "strategy:t"] },
  "strategy:s": part("strategy", "s", { priority: "c" }),
  "strategy:t": part("strategy", "t", { priority: "c" }),
  "order:strategy:s": { kind: "order", parts: ["action:x", "measure:m", "action:y"] },
  "action:x": part("action", "x", { strategy: "s" }),
  "action:y": part("action", "y", { strategy: "s" }),
  "measure:m": part("measure", "m", { strategy: "s" }),
  "reading:m:r": { kind: "reading", measure: "m", reading: "r" },
  "text:action:x": { kind: "text", passage: "action:x" },
  "text:strategy:s:then": { kind: "text", passage: "strategy:s:then" },
  "text:vision": { kind: "text", passage: "vision" },
  "text:reflection:a": { kind: "text", passage: "reflection:a" },
  "check-in:k": { kind: "check-in", check_in: "k", strategy: "s" },
  "proposal:p": { kind: "proposal", proposal: "p" },
  "version:7": { kind: "version", position: 7 },
};

test("every entry is in the group of what it is drawn with", () => {
  const groups = Object.fromEntries([...groupsOf(view)].map(([name, group]) => [name, Object.keys(group)]));
  assert.deepEqual(groups["strategy:s"], [
    "strategy:s", "order:strategy:s", "action:x", "action:y", "measure:m", "reading:m:r", "text:action:x", "text:strategy:s:then", "check-in:k",
  ]);
  assert.deepEqual(groups["priority:a"], ["priority:a", "text:reflection:a"]);
  assert.deepEqual(groups["talk"], ["proposal:p", "version:7"]);
  assert.deepEqual(groups["plan"], ["plan", "order:plan", "text:vision"]);
});

test("a group of which nothing changed is the same object as before", () => {
  const before = groupsOf(view);
  const after = groupsOf({ ...view, "action:x": { ...view["action:x"], status: "done" } }, before);
  const same = [...after].filter(([name, group]) => before.get(name) === group).map(([name]) => name);
  assert.deepEqual(same, ["plan", "priority:a", "priority:b", "priority:c", "strategy:t", "talk"].filter((name) => after.has(name)));
  assert.notEqual(after.get("strategy:s"), before.get("strategy:s"));
  const { "text:action:x": _, ...less } = view;
  assert.notEqual(groupsOf(less, before).get("strategy:s"), before.get("strategy:s"));
});

test("after any steps, the groups are those of the whole view, and what was not touched is the same object", () => {
  const told = (groups) => Object.fromEntries([...groups].sort().map(([name, group]) => [name, Object.fromEntries(Object.entries(group).sort())]));
  const steps = [
    { "action:z": part("action", "z", { strategy: "t" }), "text:action:z": { kind: "text", passage: "action:z" } },
    { "action:x": part("action", "x", { strategy: "t" }) }, // moved, and its words with it
    { "action:z": undefined },
    { "text:action:z": undefined },
    { "action:z": part("action", "z", { strategy: "s" }) },
    { "strategy:t": undefined, "order:strategy:t": undefined },
    { "text:vision": { kind: "text", passage: "vision", text: "Every child reads." }, "mine:q": { kind: "mine" } },
    { "proposal:p": undefined, "version:7": undefined, "mine:q": undefined },
    { "measure:m": undefined },
    { "measure:m": part("measure", "m", { strategy: "s" }) },
  ];
  const now = { ...view };
  let groups = groupsOf(now);
  for (const step of steps) {
    for (const [key, entry] of Object.entries(step)) {
      if (entry) now[key] = entry;
      else delete now[key];
    }
    const before = groups;
    groups = groupsAfter(now, before, Object.keys(step));
    assert.deepEqual(told(groups), told(groupsOf(now)));
    assert.equal(groups.get("priority:a"), before.get("priority:a"));
  }
});

test("retired parts have no number, and what stands under them is not pursued", () => {
  assert.deepEqual(numbersOf(view), { "priority:a": "1", "priority:c": "2", "strategy:s": "2.1", "strategy:t": "2.2" });
  const retired = { ...view, "priority:c": { ...view["priority:c"], retired_at: "then" } };
  assert.equal(retiredAt(retired, "action:x"), "priority:c");
  assert.equal(retiredAt(view, "action:x"), null);
});

test("a command is about the nearest part that is there, named with its strategy", () => {
  const text = (passage, words) => ({ [`text:${passage}`]: { kind: "text", passage, text: words } });
  const said = { ...view, ...text("strategy:s:title", "Read aloud"), ...text("action:x", "Order **books**\n\nSoon") };
  const step = { name: "Read aloud, Order books", id: "action-x" };
  const strategy = { name: "Read aloud", id: "strategy-s" };
  assert.deepEqual(partAbout(said, { plan: "p", passage: "action:x", text: "Words" }), step);
  assert.deepEqual(partAbout(said, { plan: "p", action: "x", status: "done" }), step);
  assert.deepEqual(partAbout(said, { plan: "p", action: "new", strategy: "s" }), strategy);
  assert.deepEqual(partAbout(said, { plan: "p", passage: "strategy:s:if" }), strategy);
  assert.deepEqual(partAbout(said, { plan: "p", part: "strategy:s", under: "priority:c" }), strategy);
  assert.equal(partAbout(said, { plan: "p", passage: "refinement:r:why" }), null);
  assert.equal(partAbout(said, { plan: "p", refinement: "r" }), null);
});

test("a part goes up and down among its kind, over what stands between", () => {
  assert.deepEqual(placesOf(view, "action:y"), { up: "", down: null });
  assert.deepEqual(placesOf(view, "action:x"), { up: null, down: "action:y" });
  assert.deepEqual(placesOf(view, "priority:c"), { up: "", down: null });
});

test("one change of a plan of 200 strategies is found by looking a few times at each entry", () => {
  const large = { "plan": { kind: "plan" } };
  for (let s = 0; s < 200; s += 1) {
    large[`strategy:s${s}`] = part("strategy", `s${s}`, { priority: "a" });
    for (let a = 0; a < 30; a += 1) {
      large[`action:a${s}-${a}`] = part("action", `a${s}-${a}`, { strategy: `s${s}` });
      large[`text:action:a${s}-${a}`] = { kind: "text", passage: `action:a${s}-${a}` };
    }
  }
  const before = groupsOf(large);
  let looks = 0;
  const counted = new Proxy({ ...large, "action:a7-7": { ...large["action:a7-7"], status: "done" } }, {
    get(view, key) {
      looks += 1;
      return view[key];
    },
  });
  const after = groupsOf(counted, before);
  assert.deepEqual([...after.keys()].filter((name) => after.get(name) !== before.get(name)), ["strategy:s7"]);
  assert.ok(looks < 6 * Object.keys(large).length, `${looks} looks at ${Object.keys(large).length} entries`);
});
