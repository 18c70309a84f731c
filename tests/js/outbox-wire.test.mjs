import assert from "node:assert/strict";
import { test } from "node:test";

import { judge, request } from "../../daybook/web/static/outbox-wire.js";

function command(id, stream = "review:maple", after = null, data = { text: id }) {
  return { id, person: "ana", stream, type: "add-evidence", data, after, at: 1, state: "waiting", received: null };
}
const chain = (lines) => lines.map(({ id, after }) => (after ? `${id}<${after}` : id)).join(" ");
const accepted = (id, ...positions) => ({ id, positions, status: 200 });
const declined = (id, status, message) => ({ id, status, message });

function judged(waiting, reply) {
  const { verdicts, ...rest } = judge(request(waiting), waiting, reply);
  return { verdicts: Object.fromEntries([...verdicts].map(([id, said]) => [id, said.state === "answered" ? said.received : said.sentence])), ...rest };
}
const answered = (body, status = 200) => ({ status, body, retryAfter: 0 });
const nothing = { signedOut: false, again: null, single: false };

test("commands of one stream build on each other, and those of others on none of them", () => {
  assert.equal(chain(request([command("a"), command("x", "plan:oak"), command("b"), command("c"), command("y", "plan:oak")])), "a x b<a c<b y<x");
});

test("what builds on something outside the request begins its stream's part of one", () => {
  assert.equal(chain(request([command("b", "review:maple", "gone"), command("c")])), "b<gone c<b");
  assert.equal(chain(request([command("a"), command("b", "review:maple", "gone"), command("c"), command("x", "plan:oak")])), "a x");
  assert.equal(chain(request([command("a"), command("b", "review:maple", "a"), command("c", "review:maple", "a")])), "a b<a c<b");
  assert.equal(chain(request([command("x", "plan:oak"), command("a"), command("b", "review:maple", "x")])), "x a");
});

test("a request takes a hundred commands, and less than the server's limit", () => {
  const many = Array.from({ length: 130 }, (_, n) => command(`c${n}`));
  assert.equal(request(many).length, 100);
  assert.equal(request(many, 1).length, 1);
  const long = { text: "ñ".repeat(100_000) };
  assert.equal(request([command("a", "s:1", null, long), command("b", "s:1", null, long), command("c")]).length, 1);
  assert.equal(request([command("a", "s:1", null, { text: "x".repeat(2_000_000) })]).length, 1);
});

test("each command is answered by itself", () => {
  const reply = answered([accepted("a", 4, 5), declined("b", 409, "Closed."), accepted("x"), declined("y", 403, "Not yours.")]);
  const waiting = [command("a"), command("b"), command("x", "plan:oak"), command("y", "plan:oak")];
  assert.deepEqual(judged(waiting, reply), { ...nothing, verdicts: { a: 5, b: "Closed.", x: 0, y: "Not yours." } });
});

test("what follows a refused command is not refused with it, and goes again", () => {
  const reply = answered([declined("a", 409, "Closed."), declined("b", 409, "It builds on nothing.")]);
  assert.deepEqual(judged([command("a"), command("b")], reply), { ...nothing, verdicts: { a: "Closed." } });
});

test("what its author built on a refused command is refused with it", () => {
  const reply = answered([declined("a", 409, "Closed."), declined("b", 409, "It builds on nothing.")]);
  assert.deepEqual(judged([command("a"), command("b", "review:maple", "a")], reply), {
    ...nothing, verdicts: { a: "Closed.", b: "It builds on nothing." },
  });
});

test("nothing overtakes a command that could not be taken", () => {
  const reply = answered([declined("a", 503, "Later."), declined("b", 409, "It builds on nothing."), accepted("x", 7)]);
  assert.deepEqual(judged([command("a"), command("b"), command("x", "plan:oak")], reply), { ...nothing, verdicts: { x: 7 }, again: 0 });
});

test("a command that is left out of the answer waits on", () => {
  assert.deepEqual(judged([command("a")], answered([])), { ...nothing, verdicts: {}, again: 0 });
});

test("signing in is asked for by the server alone", () => {
  assert.deepEqual(judged([command("a")], answered({ status: 401, message: "Sign in." }, 401)), { ...nothing, verdicts: {}, signedOut: true });
  assert.deepEqual(judged([command("a")], answered(null, 401)), { ...nothing, verdicts: {}, again: 0 });
});

test("the words of proxies and of sign-in pages of networks count for nothing", () => {
  for (const reply of [null, answered(null), answered(null, 403), answered({ error: "blocked" }, 403), answered(null, 502), answered({ ok: true })]) {
    assert.deepEqual(judged([command("a")], reply), { ...nothing, verdicts: {}, again: 0 });
  }
  assert.equal(judged([command("a")], { status: 429, body: null, retryAfter: 9000 }).again, 9000);
});

test("a request that is not taken as a whole is sent again one by one", () => {
  const reply = answered({ status: 413, message: "Too large." }, 413);
  assert.deepEqual(judged([command("a"), command("b")], reply), { ...nothing, verdicts: {}, single: true });
  assert.deepEqual(judged([command("a")], reply), { ...nothing, verdicts: { a: "Too large." } });
});
