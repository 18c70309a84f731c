import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

// The little of a browser that the modules ask for; the server and the requests are real. There is no IndexedDB
// here, as in some private windows: commands stand in memory, and the browser's tests see to what is stored.
delete globalThis.BroadcastChannel;
globalThis.addEventListener = () => {};
globalThis.document = { addEventListener() {}, hidden: false, title: "Maple" };
globalThis.location = { pathname: "/reviews/maple", search: "" };
console.warn = () => {};

let answers = [];
let asked = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const lines = JSON.parse(body);
  asked.push({ person: request.headers["daybook-person"], lines });
  const { status = 200, say, cut } = answers.shift() ?? {};
  if (cut) return request.socket.destroy();
  const each = lines.map(({ id }, n) => ({ id, status: 200, positions: [10 * asked.length + n] }));
  const said = say === undefined ? each : Array.isArray(say) ? say.map((one, n) => ({ id: lines[n].id, ...one })) : say;
  response.writeHead(status, { "content-type": "application/json" }).end(typeof said === "string" ? said : JSON.stringify(said));
});
const realFetch = globalThis.fetch;
before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  globalThis.fetch = (path, options) => realFetch(`http://127.0.0.1:${server.address().port}${path}`, options);
});
after(() => server.close());

beforeEach(() => {
  answers = [];
  asked = [];
});

const { Commands, uuid } = await import("../../daybook/web/static/commands.js");
const { Outbox } = await import("../../daybook/web/static/outbox.js");

function page(refused = [], outbox = new Outbox("ana")) {
  const onrefused = (command, sentence) => refused.push([command.data.text, sentence]);
  return new Commands({ person: "ana", stream: "review:maple", onchange() {}, onrefused, outbox });
}
const texts = () => asked.map(({ lines }) => lines.map(({ data }) => data.text).join(""));

async function until(condition) {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await wait(10);
  assert.ok(condition());
}

test("a command is pending from the moment it is sent until it is answered, and goes as its author's", async () => {
  answers = [{ status: 503, say: {} }];
  const commands = page();
  const id = commands.send("add-evidence", { text: "a" });
  assert.deepEqual(commands.pending.map((command) => [command.id, command.page.href]), [[id, "/reviews/maple"]]);
  await until(() => commands.pending.length === 0);
  assert.deepEqual(asked.map(({ person }) => person), ["ana", "ana"]);
});

test("it is sent again under the same id after a cut, an overload and a page of somebody else's", async () => {
  answers = [{ cut: true }, { status: 429, say: {} }, { say: "<h1>Welcome to our network" }];
  const commands = page();
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.pending.length === 0);
  assert.equal(asked.length, 4);
  assert.equal(new Set(asked.map(({ lines }) => lines[0].id)).size, 1);
});

test("commands arrive in the order in which they were made, many at once", async () => {
  answers = [{ cut: true }];
  const commands = page();
  commands.send("add-evidence", { text: "a" });
  await until(() => asked.length === 1);
  for (const text of ["b", "c"]) commands.send("add-evidence", { text });
  await until(() => commands.pending.length === 0);
  assert.equal(texts().at(-1).at(-1), "c");
  assert.equal(new Set(texts().join("")).size, 3);
  const last = asked.at(-1).lines;
  for (const [n, line] of last.entries()) assert.equal(line.after, last[n - 1]?.id);
});

test("a refused command goes back to its author once, and stays until that is dealt with", async () => {
  answers = [{ say: [{ status: 409, message: "Closed." }] }];
  const refused = [];
  const outbox = new Outbox("ana");
  const commands = page(refused, outbox);
  const id = commands.send("add-evidence", { text: "a" });
  await until(() => commands.refused.length === 1);
  commands.send("add-evidence", { text: "b" });
  await until(() => commands.pending.length === 0);
  assert.deepEqual(refused, [["a", "Closed."]]);
  assert.deepEqual(texts(), ["a", "b"]);
  const reloaded = [];
  await page(reloaded, outbox).ready;
  assert.deepEqual(reloaded, [["a", "Closed."]]);
  commands.putAside([id]);
  await until(() => commands.refused[0].aside);
  await page(reloaded, outbox).ready;
  assert.equal(reloaded.length, 1);
  commands.settle([id]);
  await until(() => commands.refused.length === 0);
});

test("the very same, sent anew, takes the place of what was refused; other words do not", async () => {
  answers = [{ say: [{ status: 409, message: "Not yet." }] }];
  const commands = page();
  commands.send("adopt-plan", { plan: "p", text: "One" });
  await until(() => commands.refused.length === 1);
  commands.send("adopt-plan", { plan: "p", text: "Two" });
  await until(() => commands.pending.length === 0);
  assert.equal(commands.refused.length, 1);
  commands.send("adopt-plan", { plan: "p", text: "One" });
  await until(() => commands.pending.length === 0);
  assert.equal(commands.refused.length, 0);
});

test("a refused command can be sent once more under its id, with other data", async () => {
  answers = [{ say: [{ status: 409, message: "Closed." }] }];
  const outbox = new Outbox("ana");
  const commands = page([], outbox);
  const id = commands.send("add-evidence", { text: "a" });
  await until(() => commands.refused.length === 1);
  await outbox.resend(id, { text: "b" });
  await until(() => commands.pending.length === 0 && commands.refused.length === 0);
  assert.deepEqual(texts(), ["a", "b"]);
  assert.equal(asked[0].lines[0].id, asked[1].lines[0].id);
});

/** A page with a command that was refused, and will be once more. */
async function refusedOnce() {
  answers = [{ say: [{ status: 409, message: "Closed." }] }, { say: [{ status: 409, message: "Still closed." }] }];
  const refused = [];
  const outbox = new Outbox("ana");
  const commands = page(refused, outbox);
  const id = commands.send("add-evidence", { text: "a" });
  await until(() => refused.length === 1);
  return { refused, outbox, commands, id };
}

test("a command that is refused once more is told once more", async () => {
  const { refused, outbox, id } = await refusedOnce();
  await outbox.resend(id);
  await until(() => refused.length === 2);
  assert.deepEqual(refused, [["a", "Closed."], ["a", "Still closed."]]);
});

test("what another tab sends once more, and is refused again, is told when the page is looked at again", async () => {
  const { refused, outbox, commands, id } = await refusedOnce();
  document.hidden = true;
  await outbox.resend(id);
  await until(() => asked.length === 2 && commands.refused.length === 1);
  document.hidden = false;
  commands.send("add-evidence", { text: "b" });
  await until(() => commands.pending.length === 0);
  assert.deepEqual(refused, [["a", "Closed."], ["a", "Still closed."]]);
});

test("signing in is asked for, and nothing is lost meanwhile", async () => {
  answers = [{ status: 401, say: { status: 401, message: "Sign in." } }];
  const outbox = new Outbox("ana");
  const commands = page([], outbox);
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.signedOut);
  assert.equal(commands.pending.length, 1);
  outbox.hurry(); // as when the person comes back from signing in
  await until(() => commands.pending.length === 0);
  assert.equal(commands.signedOut, false);
});

test("an answered command is shown until the stream is as far", async () => {
  answers = [{ say: [{ status: 200, positions: [7] }] }];
  const commands = page();
  commands.send("add-evidence", { text: "a" });
  await until(() => commands.pending.length === 0);
  commands.seen(6);
  assert.equal(commands.shown.length, 1);
  commands.seen(7);
  assert.equal(commands.shown.length, 0);
});

test("where nothing can be stored the outbox knows it", async () => {
  const outbox = new Outbox("ana");
  await outbox.ready;
  assert.equal(outbox.keeps, false);
});

test("nothing is sent where nobody is signed in", async () => {
  const outbox = new Outbox("");
  assert.equal(await outbox.flush(), false);
  assert.equal(asked.length, 0);
});

test("an id is a version 4 UUID, also where the browser has no randomUUID", () => {
  const own = crypto.randomUUID;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true, writable: true });
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  crypto.randomUUID = own;
});
