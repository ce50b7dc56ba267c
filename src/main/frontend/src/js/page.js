// Loaded by every page: htmx, and the few things that pages do by themselves.
import htmx from 'htmx.org';
import { watchChoice } from './choice.js';
import { watchClocks } from './clocks.js';
import { watchConditions } from './conditions.js';

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
document.addEventListener('htmx:sendError', () => {
  const flash = document.getElementById('flash');
  if (flash) flash.textContent = meta('offline');
});

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
watchClocks();
