import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { Suggestion } from "../../daybook/web/static/plan-suggestion.js";

/** @type {import("node:http").ServerResponse[]} questions that wait for their answers */
const asked = [];
const server = createServer((_, response) => void asked.push(response));
const realFetch = globalThis.fetch;

before(async () => {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  globalThis.fetch = (path, options) => realFetch(`http://127.0.0.1:${server.address().port}${path}`, options);
});
after(() => server.close());

async function until(condition) {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await wait(10);
  assert.ok(condition());
}

const questions = (count) => until(() => asked.length === count);

/** @param {import("node:http").ServerResponse} response @param {string[]} sentences */
function answer(response, ...sentences) {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ differences: sentences.map((sentence) => ({ sentence, difference: { key: "text:vision" } })) }));
  return new Promise((done) => response.on("close", done));
}

test("an answer that comes after that to a later question changes nothing", async () => {
  const view = { plan: { plan: "p", refining: "r" }, "refinement:r": { from_position: 7 } };
  const told = [];
  const suggestion = new Suggestion(() => told.push([...suggestion.sentences]));
  suggestion.follow(view);
  await questions(1);
  suggestion.follow(view);
  await questions(2);
  await answer(asked[1], "The vision was reworded.");
  await until(() => told.length > 0);
  await answer(asked[0]);
  suggestion.follow(view);
  await questions(3);
  await answer(asked[2], "The vision was reworded.", "A strategy was added.");
  await until(() => told.at(-1)?.length === 2);
  assert.deepEqual(told, [["The vision was reworded."], ["The vision was reworded.", "A strategy was added."]]);
});
