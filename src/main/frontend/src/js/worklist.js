// The worklist by keyboard, and what changes in it while somebody reads it. Rows are marked, never moved.
const page = document.querySelector('[data-worklist]');
const rows = () => [...page.querySelectorAll('tr[data-item]')];
const row = (id) => page.querySelector(`tr[data-item="${id}"]`);
const dialog = document.getElementById('keys');
const bulk = document.getElementById('bulk');

// ---- several items

const boxes = () => [...page.querySelectorAll('input[name="item"]')];

function showSelected() {
  const said = page.querySelector('[data-selected]');
  if (!said) return;
  const count = boxes().filter((box) => box.checked).length;
  said.hidden = count === 0;
  said.textContent = `${said.dataset.words} ${count}`;
}

// Only the question that belongs to the action is asked.
function showQuestions() {
  if (!bulk) return;
  for (const question of bulk.querySelectorAll('[data-for]')) {
    question.hidden = question.dataset.for !== bulk.elements.action.value;
  }
}

page.addEventListener('change', (event) => {
  if (event.target.name === 'item') showSelected();
  if (event.target.id === 'action') showQuestions();
});
showQuestions();
showSelected();

// ---- keys, by their place on the keyboard: an Arabic keyboard has other letters there

const ON = 'worklist-keys';
let keysAreOn = localStorage.getItem(ON) !== 'off';
const toggle = document.getElementById('keys-on');
toggle.checked = keysAreOn;
toggle.addEventListener('change', () => {
  keysAreOn = toggle.checked;
  localStorage.setItem(ON, keysAreOn ? 'on' : 'off');
});
const button = page.querySelector('[data-keys]');
button.hidden = false;
button.addEventListener('click', () => dialog.showModal());

const current = () => document.activeElement?.closest?.('tr[data-item]');

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  all[next].focus();
  all[next].scrollIntoView({ block: 'nearest' });
}

function order(action) {
  if (!bulk) return;
  const box = current()?.querySelector('input[name="item"]');
  if (box && !boxes().some((one) => one.checked)) {
    box.checked = true;
    showSelected();
  }
  if (action) {
    bulk.elements.action.value = action;
    showQuestions();
    bulk.elements.until.focus();
  } else {
    bulk.elements.action.focus();
  }
}

const keys = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyX: () => {
    const box = current()?.querySelector('input[name="item"]');
    if (box) {
      box.checked = !box.checked;
      showSelected();
    }
  },
  KeyC: () => current()?.querySelector('[data-claim]')?.click(),
  KeyS: () => order('SNOOZE'),
  KeyB: () => order(null),
  KeyN: () => show(),
  Slash: (event) => (event.shiftKey ? dialog.showModal() : document.getElementById('q').focus()),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const { target } = event;
  const typing = target.matches?.('input:not([type="checkbox"]), select, textarea, [contenteditable]');
  if (typing) return;
  const onRow = target.matches?.('tr[data-item]');
  if (onRow && event.code === 'ArrowDown') return act(event, () => move(1));
  if (onRow && event.code === 'ArrowUp') return act(event, () => move(-1));
  if (onRow && (event.code === 'Enter' || event.code === 'NumpadEnter')) {
    return act(event, () => target.querySelector('a.strong').click());
  }
  if (keysAreOn && keys[event.code]) act(event, () => keys[event.code](event));
});

page.dataset.ready = 'true';

function act(event, action) {
  event.preventDefault();
  action();
}

// A row that was replaced, by a claim for example, keeps the place of whoever was on it.
let before = null;
document.addEventListener('htmx:beforeSwap', (event) => {
  before = event.detail.target?.contains?.(document.activeElement) ? event.detail.target.id : null;
});
document.addEventListener('htmx:afterSettle', () => {
  if (before) document.getElementById(before)?.focus();
  before = null;
  showSelected();
});

// After showing what is new the reader is where they were.
const PLACE = 'worklist-place';
const place = sessionStorage.getItem(PLACE);
if (place) {
  sessionStorage.removeItem(PLACE);
  row(place)?.focus();
}

// ---- what changes meanwhile

const live = page.querySelector('[data-live]');
const fresh = new Set();
let stream = null;

function told(changes) {
  for (const id of [...changes.in, ...changes.out]) {
    const there = row(id);
    const changed = there?.querySelector('[data-changed]');
    // What this page changed itself stands there already as it is.
    if (changed && !own.has(id)) changed.hidden = false;
  }
  for (const id of changes.in) if (!row(id)) fresh.add(id);
  for (const id of changes.out) fresh.delete(id);
  live.hidden = fresh.size === 0;
  const count = String(fresh.size);
  const said = live.querySelector('[data-live-count]');
  if (said.textContent !== count) said.textContent = count;
  own.clear();
}

const own = new Set();
document.addEventListener('htmx:afterRequest', (event) => {
  const there = event.target.closest?.('tr[data-item]') ?? event.detail.target;
  if (event.detail.requestConfig?.verb === 'post' && there?.dataset?.item) own.add(Number(there.dataset.item));
});

function present(others) {
  for (const one of rows()) {
    const said = one.querySelector('[data-others]');
    const names = others[one.dataset.item];
    if (!said) continue;
    said.hidden = !names;
    said.querySelector('bdi').textContent = (names ?? []).join(' · ');
  }
}

function show() {
  const id = current()?.dataset.item;
  if (id) sessionStorage.setItem(PLACE, id);
  location.reload();
}

live.querySelector('[data-live-show]').addEventListener('click', show);

// Only while somebody sees the page: browsers allow few connections to one server.
function watch() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource(`${page.dataset.stream}${page.dataset.query ? `?${page.dataset.query}` : ''}`);
    stream.addEventListener('here', () => page.setAttribute('data-watching', ''));
    stream.addEventListener('changes', (event) => told(JSON.parse(event.data)));
    stream.addEventListener('presence', (event) => present(JSON.parse(event.data)));
  }
}
document.addEventListener('visibilitychange', watch);
addEventListener('pagehide', () => {
  stream?.close();
  stream = null;
});
watch();
