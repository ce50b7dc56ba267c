// A question that a newer one overtakes ends in silence, also when its answer had begun to arrive.
import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = { querySelector: () => null };
const { latest } = await import('../src/js/latest.js');

/** A server whose answers have begun and whose texts arrive when told, unless the question is taken back. */
function server() {
  const waiting = [];
  globalThis.fetch = async (url, { signal }) => ({
    ok: url !== '/refused',
    text: () => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      waiting.push(() => resolve(`answer of ${url}`));
    }),
  });
  return { answer: () => waiting.shift()() };
}

const turn = () => new Promise(setImmediate);

test('only the latest question is answered', async () => {
  const { answer } = server();
  const ask = latest();
  const first = ask('/first', {});
  await turn();
  const second = ask('/second', {});
  await turn();
  assert.equal(await first, null);
  answer();
  answer();
  assert.equal(await second, 'answer of /second');
});

test('what is forgotten is not answered any more', async () => {
  const { answer } = server();
  const ask = latest();
  ask.forget();
  const asked = ask('/asked', {});
  await turn();
  ask.forget();
  answer();
  assert.equal(await asked, null);
});

test('a refused question has no answer', async () => {
  server();
  assert.equal(await latest()('/refused', {}), null);
});

test('a lost connection is no error of the page', async () => {
  globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); };
  assert.equal(await latest()('/any', {}), null);
});
