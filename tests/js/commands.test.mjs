import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

// The little of a browser that the module asks for; the server and the requests are real.
const kept = new Map();
globalThis.localStorage = new Proxy(
  { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) },
  { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
);
globalThis.addEventListener = () => {};
globalThis.document = { addEventListener() {}, hidden: false };

const { Commands, uuid } = await import("../../daybook/web/static/commands.js");

let answers = [];
let asked = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  asked.push(JSON.parse(body));
  const { status, say, cut } = answers.shift() ?? { status: 200, say: { positions: [asked.length] } };
  if (cut) return request.socket.destroy();
  response.writeHead(status, { "content-type": "application/json" }).end(typeof say === "string" ? say : JSON.stringify(say));
});
const realFetch = globalThis.fetch;
before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  globalThis.fetch = (path, options) => realFetch(`http://127.0.0.1:${server.address().port}${path}`, options);
});
after(() => server.close());
afterEach(() => {
  kept.clear();
  answers = [];
  asked = [];
});

function outbox(refused = []) {
  return new Commands({
    person: "ana", stream: "review:maple", onchange() {},
    onrefused: (command, sentence) => refused.push([command.data.text, sentence]),
  });
}

async function until(condition) {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await wait(10);
  assert.ok(condition());
}

test("a command is kept on the device until it is answered", async () => {
  answers = [{ status: 503, say: {} }];
  const commands = outbox();
  commands.send("add-evidence", { text: "a" });
  assert.deepEqual([kept.size, commands.pending.length], [1, 1]);
  await until(() => commands.pending.length === 0);
  assert.equal(kept.size, 0);
});

test("it is sent again under the same id after a cut, an overload and a failure", async () => {
  answers = [{ cut: true }, { status: 429, say: {} }, { status: 500, say: "<h1>" }];
  const commands = outbox();
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.pending.length === 0);
  assert.equal(asked.length, 4);
  assert.equal(new Set(asked.map(({ id }) => id)).size, 1);
});

test("commands arrive in the order in which they were made", async () => {
  answers = [{ cut: true }];
  const commands = outbox();
  for (const text of ["a", "b", "c"]) commands.send("add-evidence", { text });
  await until(() => commands.pending.length === 0);
  assert.deepEqual(asked.map(({ data }) => data.text), ["a", "a", "b", "c"]);
});

test("a refused command goes back to its author, and the next is sent", async () => {
  answers = [{ status: 409, say: { message: "Closed." } }];
  const refused = [];
  const commands = outbox(refused);
  commands.send("add-evidence", { text: "a" });
  commands.send("add-evidence", { text: "b" });
  await until(() => commands.pending.length === 0);
  assert.deepEqual(refused, [["a", "Closed."]]);
  assert.equal(asked.length, 2);
});

test("what was not answered is sent by the next page, once", async () => {
  answers = [{ cut: true }];
  const commands = outbox();
  commands.send("add-evidence", { text: "a" });
  commands.signedOut = true; // the first page is gone
  await until(() => asked.length === 1);
  const next = outbox();
  assert.equal(next.pending.length, 1);
  await until(() => next.pending.length === 0);
  assert.equal(asked[0].id, asked[1].id);
});

test("signing in is asked for, and nothing is lost meanwhile", async () => {
  answers = [{ status: 401, say: {} }];
  const commands = outbox();
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.signedOut);
  assert.deepEqual([commands.pending.length, kept.size], [1, 1]);
});

test("an answered command is shown until the stream is as far", async () => {
  answers = [{ status: 200, say: { positions: [7] } }];
  const commands = outbox();
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.pending.length === 0);
  commands.seen(6);
  assert.equal(commands.shown.length, 1);
  commands.seen(7);
  assert.equal(commands.shown.length, 0);
});

test("an id is a version 4 UUID, also where the browser has no randomUUID", () => {
  const own = crypto.randomUUID;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true, writable: true });
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  crypto.randomUUID = own;
});
