import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, hello, receive, receivePoll } from "../../daybook/web/static/live-state.js";

const STREAM = "review:maple";
const at = (position, view = {}) => begin(STREAM, { epoch: "one", position, view });
const patch = (position, previous, change) => ({
  type: "patch", stream: STREAM, position, previous, at: "", actor: "ana", event: "rating-given", patch: change,
});

test("a patch replaces entries whole, and takes away those that are null", () => {
  const { state, applied, ask } = receive(at(4, { a: { n: 1, m: 2 }, b: 1 }), patch(7, 4, { a: { n: 3 }, b: null }));
  assert.deepEqual(state.view, { a: { n: 3 } });
  assert.equal(state.position, 7);
  assert.equal(applied.length, 1);
  assert.equal(ask, false);
});

test("the view that was there before is left as it was", () => {
  const before = at(4, { a: 1 });
  receive(before, patch(5, 4, { a: 2 }));
  assert.deepEqual(before.view, { a: 1 });
});

test("a patch at or before my position is ignored", () => {
  for (const position of [3, 4]) {
    const { state, applied } = receive(at(4, { a: 1 }), patch(position, 2, { a: 9 }));
    assert.deepEqual([state.view, state.position, applied], [{ a: 1 }, 4, []]);
  }
});

test("a jump in positions is no gap while `previous` is not after mine", () => {
  const { state, ask } = receive(at(4), patch(900, 4, { a: 1 }));
  assert.deepEqual([state.position, ask], [900, false]);
});

test("a gap is asked about once, and nothing after it is applied until it is filled", () => {
  const gap = receive(at(4), patch(9, 8, { a: 9 }));
  assert.deepEqual([gap.ask, gap.state.position, gap.state.view], [true, 4, {}]);
  const more = receive(gap.state, patch(10, 9, { a: 10 }));
  assert.deepEqual([more.ask, more.state.position], [false, 4]);
  const filled = receive(more.state, { type: "patches", stream: STREAM, patches: [patch(8, 4, { a: 8 }), patch(9, 8, { a: 9 }), patch(10, 9, { a: 10 })] });
  assert.deepEqual([filled.state.view, filled.state.position, filled.state.behind], [{ a: 10 }, 10, false]);
  assert.equal(receive(filled.state, patch(20, 15, {})).ask, true);
});

test("hello names the epoch and the last position", () => {
  assert.deepEqual(hello(at(4), "tab"), { type: "hello", client: "tab", epoch: "one", streams: [{ stream: STREAM, after: 4 }] });
});

test("in another epoch everything starts again from a snapshot", () => {
  const { state, ask } = receive(at(4, { a: 1 }), { type: "welcome", epoch: "two", heartbeat_ms: 1 });
  assert.deepEqual([state.position, ask, hello(state, "tab").streams[0].after], [null, true, null]);
  assert.deepEqual(receive(state, patch(5, 4, { a: 5 })).applied, [], "positions of the old epoch mean nothing");
  const fresh = receive(state, { type: "snapshot", stream: STREAM, position: 2, view: { b: 1 } });
  assert.deepEqual([fresh.state.position, fresh.state.view], [2, { b: 1 }]);
});

test("the same epoch asks for nothing", () => {
  assert.equal(receive(at(4), { type: "welcome", epoch: "one", heartbeat_ms: 1 }).ask, false);
});

test("after a resync patches wait for the snapshot", () => {
  const { state } = receive(at(4, { a: 1 }), { type: "resync", stream: STREAM });
  assert.deepEqual(receive(state, patch(5, 4, { a: 5 })).applied, []);
  assert.deepEqual(receive(state, { type: "snapshot", stream: STREAM, position: 6, view: {} }).state.view, {});
});

test("frames of other streams and of unknown types change nothing", () => {
  const state = at(4, { a: 1 });
  assert.equal(receive(state, { ...patch(5, 4, { a: 5 }), stream: "review:cedar" }).state, state);
  assert.equal(receive(state, { type: "confetti" }).state, state);
});

test("a long poll says the same as frames do", () => {
  const polled = receivePoll(at(4), { epoch: "one", position: 12, patches: [patch(6, 4, { a: 6 })] });
  assert.deepEqual([polled.state.view, polled.state.position], [{ a: 6 }, 12]);
  const snapshot = receivePoll(at(4), { epoch: "two", position: 3, snapshot: { b: 1 } });
  assert.deepEqual([snapshot.state.epoch, snapshot.state.position, snapshot.state.view], ["two", 3, { b: 1 }]);
});
