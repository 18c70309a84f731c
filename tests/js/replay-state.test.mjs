import assert from "node:assert/strict";
import { test } from "node:test";
import { Past, marksOf, reasonOf } from "../../daybook/web/static/replay-state.js";

/** Numbers that look random and are the same in each run. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const step = (position, patch, more = {}) => ({
  position, previous: position - 1, at: new Date(position * 60_000).toISOString(), actor: "ana", event: "e", sentence: "", patch, ...more,
});

/** A past in which entries come, change, go and come back. */
function someSteps(length, draw) {
  const there = new Set();
  return Array.from({ length }, (_, place) => {
    const patch = {};
    for (let n = draw(3); n >= 0; n -= 1) {
      const key = `entry:${draw(40)}`;
      if (there.has(key) && draw(4) === 0) {
        patch[key] = null;
        there.delete(key);
      } else {
        patch[key] = { n: place };
        there.add(key);
      }
    }
    return step(3 * place + 2, patch);
  });
}

function folded(steps, index) {
  const view = {};
  for (const { patch } of steps.slice(0, index)) {
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete view[key];
      else view[key] = value;
    }
  }
  return view;
}

// As entries with their order, which is the order on screen.
const written = (view) => JSON.stringify(Object.entries(view));

for (const [seed, length] of [[1, 1], [2, 7], [3, 99], [4, 100], [5, 101], [6, 450], [7, 1_300]]) {
  test(`by whichever way one comes, a moment is what a fold of the ${length} steps shows`, () => {
    const draw = chance(seed);
    const steps = someSteps(length, draw);
    const past = new Past(steps);
    assert.equal(past.index, length);
    for (let turn = 0; turn < 600; turn += 1) {
      const nearby = past.index + draw(9) - 4;
      const wanted = [draw(length + 1), nearby, nearby, past.index - 1, past.index + 1][draw(5)];
      const view = past.go(wanted);
      assert.equal(past.index, Math.min(Math.max(wanted, 0), length));
      assert.equal(view, past.view);
      assert.equal(written(view), written(folded(steps, past.index)), `at ${past.index} of ${length}, turn ${turn}`);
    }
  });
}

test("a step back undoes a step in place, without touching the rest", () => {
  const past = new Past([step(1, { a: 1, b: 1 }), step(2, { a: 2, c: 2 })]);
  const { view } = past;
  past.go(1);
  assert.equal(past.view, view);
  assert.deepEqual(view, { a: 1, b: 1 });
  past.go(2);
  assert.equal(past.view, view);
  assert.deepEqual(view, { a: 2, b: 1, c: 2 });
});

test("an entry that comes back stands where a fold puts it", () => {
  const steps = [step(1, { a: 1, b: 1 }), step(2, { a: null }), step(3, { a: 3 })];
  const past = new Past(steps);
  assert.deepEqual(Object.keys(past.go(3)), ["b", "a"]);
  assert.deepEqual(Object.keys(past.go(2)), ["b"]);
  assert.deepEqual(Object.keys(past.go(1)), ["a", "b"]);
  assert.deepEqual(Object.keys(past.go(3)), ["b", "a"]);
});

test("a null for what was not there removes nothing", () => {
  const past = new Past([step(1, { a: 1 }), step(2, { gone: null })]);
  assert.deepEqual(past.go(1), { a: 1 });
  assert.deepEqual(past.go(2), { a: 1 });
});

test("a moment is found by its position, or the last before it", () => {
  const past = new Past([step(2, { a: 1 }), step(5, { a: 2 }), step(9, { a: 3 })]);
  assert.deepEqual([0, 1, 2, 4, 5, 8, 9, 900].map((position) => past.atPosition(position)), [0, 0, 1, 1, 2, 2, 3, 3]);
});

test("a moment is found by its time, also where clocks disagree", () => {
  const at = (seconds) => ({ at: new Date(seconds * 1000).toISOString() });
  const past = new Past([step(1, {}, at(10)), step(2, {}, at(30)), step(3, {}, at(20)), step(4, {}, at(40))]);
  assert.deepEqual([5, 10, 20, 30, 39, 40].map((seconds) => past.atTime(seconds * 1000)), [0, 1, 1, 3, 3, 4]);
  assert.deepEqual([0, 1, 2, 3].map((place) => past.timeOf(place) / 1000), [10, 30, 30, 40]);
});

test("marks are where their steps are", () => {
  const mark = { kind: "reveal", label: "CI.2 revealed" };
  assert.deepEqual(marksOf([step(4, {}), step(7, {}, { mark }), step(8, {}, { mark: null })]), [{ index: 2, ...mark }]);
});

test("the reason is the one in a changed entry", () => {
  assert.equal(reasonOf(undefined), null);
  assert.equal(reasonOf(step(1, { a: { text: "x" }, b: null })), null);
  assert.equal(reasonOf(step(1, { a: { reason: null }, b: { rationale: "Seen in most rooms." } })), "Seen in most rooms.");
  assert.equal(reasonOf(step(1, { a: { why: "It did not work." } })), "It did not work.");
});

test("nothing has happened yet", () => {
  const past = new Past([]);
  assert.deepEqual([past.go(5), past.index, past.step, past.atTime(0), past.atPosition(3)], [{}, 0, undefined, 0, 0]);
});

test("a step costs its patch, and a jump across 20,000 steps a hundred", () => {
  let read = 0;
  const counting = { ownKeys: (patch) => ((read += 1), Reflect.ownKeys(patch)) };
  const steps = someSteps(20_000, chance(11)).map((one) => ({ ...one, patch: new Proxy(one.patch, counting) }));
  const past = new Past(steps);
  for (const wanted of [17_321, 250, 12_345, 19_999, 0, 20_000]) {
    read = 0;
    past.go(wanted);
    assert.ok(read <= 101, `${read} patches read to go to ${wanted}`);
  }
  for (const place of [400, 9_000, 19_000]) {
    past.go(place);
    read = 0;
    past.go(place + 1);
    assert.equal(read, 1);
  }
});
