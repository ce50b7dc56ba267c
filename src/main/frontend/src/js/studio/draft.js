// One file of a draft: read, kept up to date on the server while it is being changed, and never silently lost.
import { send } from '../send.js';
import { here } from './words.js';

const PAUSE = 1500;
const SNAPSHOT = 400;
const AGAIN = 5000;
// Browsers refuse to send more than this from a page that is going away.
const LAST_WORDS = 60_000;

const base = () => `/studio/drafts/${encodeURIComponent(here.draft)}`;
const address = (path) => `${base()}/file?path=${encodeURIComponent(path)}`;

/** Everything that the draft holds: [{path, kind, version, changedBy, changedAt}]. */
export async function files() {
  return (await json(`${base()}/files`)).items;
}

/** What the checks say about the draft as it is: [{code, blocking, file, place, sentence, witness}]. */
export async function findings() {
  return (await json(`${base()}/findings`)).items;
}

/** Writes a file that is not there yet. Throws what the server says against it. */
export async function create(path, content) {
  const answer = await put(path, content, 0);
  if (!answer.ok) throw await refusal(answer);
}

export async function remove(path, version) {
  const answer = await send(`${address(path)}&version=${version}`, { method: 'DELETE' });
  if (!answer.ok) throw await refusal(answer);
}

/** Sends something about the draft to the studio and takes its answer as it comes. */
export async function ask(what, body) {
  const answer = await send(`${base()}/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/html' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function json(url) {
  const answer = await send(url, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

function put(path, content, version, options = {}) {
  return send(address(path), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ content, version }),
    ...options,
  });
}

/** What the server says against it, in words. */
export async function refusal(answer) {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // Not told in JSON: the status has to do.
  }
  const error = new Error(problem.detail ?? problem.title ?? String(answer.status));
  error.status = answer.status;
  error.problem = problem;
  return error;
}

/** A file that is open in an editor. */
export class DraftFile {
  /**
   * @param {string} path inside the draft
   * @param {object} tell what happens: state(name, detail), conflict(file, current, mine)
   */
  static async open(path, tell) {
    const answer = await send(address(path), { headers: { Accept: 'application/json' } });
    if (answer.status === 404) return new DraftFile(path, { content: '', version: 0 }, tell);
    if (!answer.ok) throw await refusal(answer);
    return new DraftFile(path, await answer.json(), tell);
  }

  constructor(path, read, tell) {
    this.path = path;
    this.tell = tell;
    this.take(read);
    this.state = 'saved';
    this.dirty = false;
    this.text = async () => this.content;
    this.pending = null;
  }

  take({ content, version, changedBy, changedAt }) {
    Object.assign(this, { content, version, changedBy, changedAt });
  }

  // ---- the copy in this browser, until the server has it

  get key() {
    return `jabr.draft.${here.draft}.${this.path}`;
  }

  /** What was typed here and never reached the server, or null. */
  leftBehind() {
    try {
      const copy = JSON.parse(localStorage.getItem(this.key));
      return copy && copy.content !== this.content ? copy : null;
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  remember(content) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ content, version: this.version, at: new Date().toISOString() }));
    } catch {
      // A full or forbidden store must not stand in the way of writing.
    }
  }

  // ---- saving

  /** The editor says that something changed. */
  changed() {
    if (!here.open) return;
    this.dirty = true;
    this.set(this.state === 'conflict' ? 'conflict' : 'changed');
    clearTimeout(this.snapshot);
    this.snapshot = setTimeout(() => this.keepSnapshot(), SNAPSHOT);
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    if (this.state !== 'conflict') this.timer = setTimeout(() => this.save(), pause);
  }

  async keepSnapshot() {
    try {
      this.latest = await this.text();
      if (this.latest !== this.content) this.remember(this.latest);
    } catch {
      // A half-written table cannot be written out; the next change can.
    }
  }

  /** Brings what is in the editor to the server; one request at a time. */
  async save() {
    clearTimeout(this.timer);
    // An editor may write the same thing in other words: without a change there is nothing to bring.
    if (!here.open || this.state === 'conflict' || (this.state === 'saved' && !this.dirty)) return;
    if (this.pending) {
      this.oneMore = true;
      return this.pending;
    }
    this.pending = this.bring().finally(() => {
      this.pending = null;
      if (this.oneMore) {
        this.oneMore = false;
        this.save();
      }
    });
    return this.pending;
  }

  async bring() {
    let content;
    this.dirty = false;
    try {
      content = await this.text();
    } catch (error) {
      this.set('refused', error.message);
      return;
    }
    this.latest = content;
    if (content === this.content) {
      this.forget();
      this.set(this.dirty ? 'changed' : 'saved');
      return;
    }
    this.remember(content);
    await this.deliver(content);
  }

  async deliver(content, options) {
    this.set('saving');
    let answer;
    try {
      answer = await put(this.path, content, this.version, options);
    } catch {
      this.set('offline');
      this.later(AGAIN);
      return;
    }
    if (answer.ok) {
      const { version, changedBy, changedAt } = await answer.json();
      this.take({ content, version, changedBy, changedAt });
      if (this.latest === content) this.forget();
      this.savedAt = Date.now();
      this.set(this.dirty ? 'changed' : 'saved');
      return;
    }
    const error = await refusal(answer);
    if (error.status === 409 && error.problem.current) {
      this.set('conflict');
      this.tell.conflict(this, error.problem.current, content);
    } else {
      this.set('refused', error.message);
      if (error.status >= 500) this.later(AGAIN);
    }
  }

  /** Mine counts: it is written over what somebody else wrote. */
  keepMine(current) {
    this.take(current);
    this.set('changed');
    return this.save();
  }

  /** The page goes away: what the last snapshot knew is sent without waiting for an answer. */
  goingAway() {
    const content = this.latest;
    if (!here.open || this.state === 'saved' || this.state === 'conflict' || content === undefined || content === this.content) return;
    this.remember(content);
    if (this.pending || new Blob([content]).size > LAST_WORDS) return;
    clearTimeout(this.timer);
    this.pending = this.deliver(content, { keepalive: true }).finally(() => {
      this.pending = null;
    });
  }

  set(state, detail) {
    this.state = state;
    this.detail = detail;
    this.tell.state(this);
  }
}
