import { send } from './send.js';

/**
 * Asks one question at a time: a newer one takes the place of the one before, wherever that one is.
 * The answer is a page's text, or null where there is none, because it was refused, overtaken or the page is left.
 */
export function latest() {
  let asking;
  return async (url, options) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await send(url, { ...options, signal: asking.signal });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  };
}
