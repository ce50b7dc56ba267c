// Loaded by every page: htmx, and the few things that pages do by themselves.
import htmx from 'htmx.org';
import { watchChoice } from './choice.js';
import { watchClocks } from './clocks.js';
import { watchConditions } from './conditions.js';
import { watchDrafts } from './drafts.js';

window.htmx = htmx;

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get' && meta('csrf')) event.detail.headers[meta('csrf-header')] = meta('csrf');
});

// A refusal comes as a fragment in words: it is shown where messages are shown, and what it was about stays.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader('Content-Type')?.startsWith('text/html')) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.target = document.getElementById('flash');
    event.detail.swapOverride = 'innerHTML';
  }
});
document.addEventListener('htmx:sendError', sayOffline);

function sayOffline() {
  const flash = document.getElementById('flash');
  if (!flash) return;
  const note = document.createElement('div');
  note.className = 'note tone-bad';
  note.textContent = meta('offline');
  flash.replaceChildren(note);
  flash.scrollIntoView({ block: 'nearest' });
}

// A form leaves once however often its button is pressed, and stays where it is while there is no connection.
const LEAVING = 10_000;
const leaving = new Set();
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('hx-post')) return;
  if (!navigator.onLine) {
    event.preventDefault();
    sayOffline();
  } else if (leaving.has(form)) {
    event.preventDefault();
  } else {
    leaving.add(form);
    setTimeout(() => leaving.delete(form), LEAVING);
  }
});
addEventListener('pageshow', () => leaving.clear());

document.addEventListener('click', (event) => {
  const close = event.target.closest('[data-close]');
  if (close) close.closest('.note')?.remove();
  const theme = event.target.closest('[data-theme-choice]');
  if (theme) chooseTheme(theme.dataset.themeChoice);
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

function chooseTheme(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
  for (const button of document.querySelectorAll('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === theme));
  }
}

// Paper has nothing to open: reasons and letters are printed, and folded again afterwards.
const FOLDED = 'main details:not([open]):not(.screen-only)';
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll(FOLDED)) {
    details.open = true;
    details.dataset.printed = '';
  }
});
addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll('details[data-printed]')) {
    details.open = false;
    delete details.dataset.printed;
  }
});

// The demo's accounts: one click fills in the form.
document.addEventListener('click', (event) => {
  const account = event.target.closest('[data-fill-login]');
  if (!account) return;
  const form = document.getElementById('sign-in');
  form.elements.login.value = account.dataset.fillLogin;
  form.elements.password.value = account.dataset.fillLogin;
  form.requestSubmit();
});

watchConditions();
watchChoice();
watchDrafts();
watchClocks();
