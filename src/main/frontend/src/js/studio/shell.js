// The page around an editor: files at the side, findings, saving, keys. Every editor is started by `start`.
import { DraftFile, files, findings } from './draft.js';
import { StyleModule } from 'style-mod';
import { arabic, here, make, nonce, say } from './words.js';
import { askForFile } from './skeletons.js';

const GROUPS = ['process', 'form', 'letter', 'table', 'guardrails', 'contracts', 'scenarios', 'mapping', 'words', 'calendar', 'other'];
const relative = new Intl.RelativeTimeFormat(arabic ? 'ar-u-nu-latn' : 'en', { numeric: 'auto', style: 'narrow' });

const open = [];
const desk = { editor: null, found: [], files: [], at: 0 };

/** What a file is for, by its place in the release. */
export function kindOf(path) {
  if (path.endsWith('.bpmn')) return 'process';
  if (path.startsWith('processes/forms/')) return 'form';
  if (path.startsWith('processes/letters/')) return 'letter';
  if (path.endsWith('.dmn')) return 'table';
  if (path.endsWith('.drl')) return 'guardrails';
  if (path.startsWith('rules/scenarios/')) return 'scenarios';
  if (path.startsWith('rules/mappings/')) return 'mapping';
  if (path.startsWith('rules/calendars/')) return 'calendar';
  if (path === 'rules/contracts.csv') return 'contracts';
  return path === 'rules/words.csv' ? 'words' : 'other';
}

/** The name that people know a file by. */
export function nameOf(path) {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, '');
  return kindOf(path) === 'letter' ? name.replace(/\.(en|ar)$/, '') : name;
}

/** Where a file is edited; letters are edited in both languages at once. */
export function linkTo(path, place) {
  const query = new URLSearchParams({ path });
  if (place) query.set('at', place);
  return `/studio/drafts/${encodeURIComponent(here.draft)}/edit?${query}`;
}

/**
 * Starts the page's editor.
 *
 * @param {function} make makes the editor: ({file, files, host, openFile}) => {text(), goTo(place)?, undo()?, redo()?,
 *     show(findings)?, note?}; `text` gives the content of the file as it is to be stored
 */
export async function start(makeEditor) {
  const host = document.getElementById('editor');
  if (!host) return;
  // The libraries' own text fields cannot be told the nonce: whoever mounts first decides for all.
  StyleModule.mount(document, new StyleModule({ '.jabr-nonce': { color: 'inherit' } }), { nonce });
  keys();
  try {
    desk.files = (await files().catch(() => [])) ?? [];
    drawTree();
    const file = await openFile(here.path);
    desk.editor = await makeEditor({ file, files: desk.files.map((one) => one.path), host, openFile });
    host.dataset.ready = 'true';
    buttons();
    offerLeftBehind();
    await look();
    if (here.at) goTo(here.at);
  } catch (error) {
    console.warn(error);
    host.replaceChildren(make('p', { class: 'studio-broken', role: 'alert' }, say('broken', error.message)));
    document.getElementById('editor-state').textContent = '';
    await look().catch(() => {});
  }
}

async function openFile(path) {
  const file = await DraftFile.open(path, { state: tellState, conflict });
  open.push(file);
  if (open.length === 1) setInterval(tellState, 5000);
  tellState(file);
  return file;
}

// ---- saving

const WORST = ['conflict', 'refused', 'offline', 'changed', 'saving', 'saved'];

function tellState() {
  const state = document.getElementById('editor-state');
  if (!state || open.length === 0) return;
  if (!here.open) {
    state.textContent = say('state.read-only');
    state.dataset.state = 'saved';
    return;
  }
  const worst = WORST.find((name) => open.some((file) => file.state === name));
  const file = open.find((one) => one.state === worst);
  const text = worst === 'saved' ? saved() : say(`state.${worst}`, file.detail ?? '');
  if (state.textContent !== text) state.textContent = text;
  if (state.dataset.state !== worst) {
    const before = state.dataset.state;
    state.dataset.state = worst;
    if (worst === 'saved' && before && before !== 'changed') look();
  }
}

function saved() {
  const at = Math.max(...open.map((file) => file.savedAt ?? 0));
  if (at === 0) return say('state.unchanged');
  const seconds = Math.round((Date.now() - at) / 1000);
  if (seconds < 5) return say('state.saved');
  const ago = seconds < 60 ? relative.format(-seconds, 'second') : relative.format(-Math.round(seconds / 60), 'minute');
  return say('state.saved-ago', ago);
}

function saveAll() {
  return Promise.all(open.map((file) => file.save()));
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') saveAll();
});
addEventListener('pagehide', () => open.forEach((file) => file.goingAway()));

function offerLeftBehind() {
  for (const file of open) {
    const copy = here.open && file.leftBehind();
    if (!copy) {
      if (here.open) file.forget();
      continue;
    }
    const when = new Intl.DateTimeFormat(arabic ? 'ar-u-nu-latn' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    const note = make('div', { class: 'note tone-warn', id: 'left-behind' },
      make('div', {},
        make('p', {}, say('left-behind', when.format(new Date(copy.at)))),
        make('div', { class: 'actions' },
          make('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => compare(file, file, copy.content, true) }, say('left-behind.look')),
          make('button', { type: 'button', class: 'btn btn-quiet btn-sm', onclick: () => { file.forget(); note.remove(); } }, say('left-behind.drop')))));
    document.getElementById('flash').append(note);
  }
}

function conflict(file, current, mine) {
  compare(file, current, mine, false);
}

/** Shows the two side by side; nothing is lost before the analyst has chosen. */
async function compare(file, current, mine, fromStore) {
  const { difference } = await import('./difference.js');
  const dialog = make('dialog', { id: 'conflict', class: 'studio-dialog wide', 'aria-labelledby': 'conflict-title' });
  const sides = make('div', { class: 'difference', dir: 'ltr' });
  const again = (text) => {
    file.take({ ...file, ...current });
    file.forget();
    if (text !== null) file.remember(text);
    file.dirty = false;
    file.set('saved');
    location.reload();
  };
  dialog.append(
    make('h2', { id: 'conflict-title' }, say(fromStore ? 'left-behind.title' : 'conflict.title')),
    make('p', {}, fromStore ? say('left-behind.text') : say('conflict.text', current.changedBy ?? '', file.path)),
    make('div', { class: 'difference-heads small soft', dir: 'ltr' },
      make('span', { dir: 'auto' }, say('conflict.theirs')), make('span', { dir: 'auto' }, say('conflict.mine'))),
    sides,
    make('div', { class: 'actions' },
      make('button', { type: 'button', class: 'btn btn-primary', id: 'conflict-mine', onclick: async () => {
        // What was typed up to the dialog counts too.
        const kept = fromStore ? mine : await file.text();
        file.text = async () => kept;
        await file.keepMine(current);
        if (file.state === 'saved') location.reload();
      } }, say('conflict.keep-mine')),
      make('button', { type: 'button', class: 'btn btn-quiet', id: 'conflict-theirs', onclick: () => again(null) }, say('conflict.take-theirs')),
      make('button', { type: 'button', class: 'btn btn-quiet', id: 'conflict-copy', onclick: async (event) => {
        await navigator.clipboard.writeText(mine);
        event.target.textContent = say('conflict.copied');
      } }, say('conflict.copy-mine')),
      fromStore ? make('button', { type: 'button', class: 'btn btn-quiet', onclick: () => dialog.close() }, say('close')) : null));
  document.getElementById('conflict')?.remove();
  document.querySelector('main').append(dialog);
  // The choice has to be made: closing without one would leave the editor out of step.
  if (!fromStore) dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  difference(sides, current.content, mine);
}

// ---- files

function drawTree() {
  const tree = document.getElementById('tree');
  if (!tree) return;
  const shown = [];
  for (const one of desk.files) {
    const kind = GROUPS.includes(kindOf(one.path)) ? kindOf(one.path) : 'other';
    const name = kind === 'letter' ? nameOf(one.path) : one.path.replace(/^.*\//, '');
    const known = shown.find((other) => other.kind === kind && other.name === name && kind === 'letter');
    if (known) known.paths.push(one.path);
    else shown.push({ kind, name, paths: [one.path] });
  }
  tree.replaceChildren(...GROUPS.map((kind) => {
    const members = shown.filter((one) => one.kind === kind);
    if (members.length === 0) return null;
    return make('section', {},
      make('h2', {}, say(`group.${kind}`)),
      make('ul', { class: 'plain' }, members.map((one) => {
        const count = desk.found.filter((finding) => one.paths.includes(finding.file)).length;
        const blocking = desk.found.some((finding) => finding.blocking && one.paths.includes(finding.file));
        return make('li', {}, make('a', { href: linkTo(one.paths[0]), 'aria-current': one.paths.includes(here.path) ? 'page' : null },
          make('bdi', {}, one.name),
          count ? make('span', { class: `count ${blocking ? 'tone-bad' : 'tone-warn'}`, title: say('findings.count', count) }, String(count)) : null));
      })));
  }).filter(Boolean));
  const current = tree.querySelector('[aria-current]');
  const side = tree.parentElement;
  if (current && !desk.scrolled) side.scrollTop = current.offsetTop - side.clientHeight / 2;
  desk.scrolled ||= Boolean(current);
}

// ---- findings

async function look() {
  try {
    desk.found = await findings();
  } catch {
    return;
  }
  drawTree();
  const list = document.getElementById('findings');
  const mine = (one) => open.some((file) => file.path === one.file);
  const sorted = [...desk.found].sort((a, b) => mine(b) - mine(a) || b.blocking - a.blocking || a.file.localeCompare(b.file));
  desk.found = sorted;
  document.getElementById('findings-count').textContent = sorted.length ? String(sorted.length) : '';
  list.replaceChildren(...sorted.map((one, at) => make('li', { class: one.blocking ? 'blocking' : null },
    make('a', { href: linkTo(one.file, one.place), 'data-finding': at, onclick: (event) => {
      desk.at = at + 1;
      if (mine(one)) {
        event.preventDefault();
        goTo(one.place, one.file);
      }
    } },
      make('span', { class: `badge-house ${one.blocking ? 'tone-bad' : 'tone-warn'}` }, one.code),
      ' ', make('span', { dir: 'auto' }, one.sentence),
      make('bdi', { class: 'small soft where', dir: 'ltr' }, one.place ? `${one.file} · ${one.place}` : one.file)))));
  document.getElementById('no-findings').hidden = sorted.length > 0;
  desk.editor?.show?.(sorted.filter(mine));
}

function goTo(place, file = here.path) {
  if (!desk.editor?.goTo?.(place, file)) document.getElementById('editor').focus();
}

function nextFinding() {
  const links = document.querySelectorAll('#findings a');
  if (links.length === 0) return;
  links[desk.at % links.length].click();
}

// ---- buttons and keys

function buttons() {
  for (const [id, act] of [['undo', () => desk.editor.undo?.()], ['redo', () => desk.editor.redo?.()]]) {
    const button = document.getElementById(id);
    if (!button) continue;
    button.hidden = !here.open || !desk.editor[id];
    button.addEventListener('click', act);
  }
  document.getElementById('new-file')?.addEventListener('click', () => askForFile(desk.files.map((one) => one.path), linkTo));
}

function keys() {
  const help = document.getElementById('help');
  document.getElementById('open-help')?.addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && event.code === 'KeyS') {
      event.preventDefault();
      saveAll();
    } else if (event.key === 'F8') {
      event.preventDefault();
      nextFinding();
    } else if (event.key === '?' && !typing(event.target)) {
      event.preventDefault();
      help.showModal();
    }
  }, true);
  for (const button of document.querySelectorAll('dialog [data-dismiss]')) {
    button.addEventListener('click', () => button.closest('dialog').close());
  }
}

export function typing(target) {
  return target instanceof Element && Boolean(target.closest('input, textarea, select, [contenteditable="true"], [contenteditable=""], .cm-editor'));
}
