import { send } from './send.js';

/**
 * Asks one question at a time: a newer one takes the place of the one before, wherever that one is.
 * The answer is a page's text, or null where there is none, because it was refused, overtaken or the page is left.
 */
export function latest() {
  let asking;
  const forget = () => asking?.abort();
  const ask = async (url, options) => {
    forget();
    asking = new AbortController();
    try {
      const answer = await send(url, { ...options, signal: asking.signal });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  };
  // What was asked is not what is wanted any more.
  ask.forget = forget;
  return ask;
}
