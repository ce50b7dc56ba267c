// What reaches the server: every change, and nothing where nobody changed anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const stored = new Map();
globalThis.localStorage = {
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, value) => stored.set(key, value),
  removeItem: (key) => stored.delete(key),
};
globalThis.document = {
  documentElement: { lang: 'en' },
  getElementById: () => ({ textContent: '{"words":{},"open":true,"draft":"d-1"}' }),
  querySelector: () => null,
};
const { DraftFile } = await import('../src/js/studio/draft.js');

/** A server that keeps what it is sent, and answers only when it is told to. */
function server() {
  const put = [];
  const waiting = [];
  globalThis.fetch = (url, options) => {
    put.push(JSON.parse(options.body).content);
    const version = put.length + 1;
    return new Promise((resolve) => waiting.push(() => resolve({ ok: true, json: async () => ({ version }) })));
  };
  return { put, answer: async () => { waiting.shift()(); await new Promise(setImmediate); } };
}

function opened() {
  return new DraftFile('processes/a.bpmn', { content: '<a></a>', version: 1 }, { state: () => {}, conflict: () => {} });
}

test('a file that an editor writes in other words is not brought without a change', async () => {
  const { put } = server();
  const file = opened();
  file.text = async () => '<a/>';
  await file.save();
  assert.deepEqual(put, []);
});

test('what changes while the change before is on its way is brought after it', async () => {
  const { put, answer } = server();
  const file = opened();
  let text = 'one';
  file.text = async () => text;
  file.changed();
  const first = file.save();
  await new Promise(setImmediate);
  text = 'two';
  file.changed();
  await answer();
  await first;
  assert.equal(file.state, 'changed');
  const second = file.save();
  await new Promise(setImmediate);
  await answer();
  await second;
  assert.deepEqual(put, ['one', 'two']);
  assert.equal(file.state, 'saved');
});
