// The choice of remedies: asks the rules again while somebody chooses, without disturbing what they type.
import { latest } from './latest.js';

const PAUSE = 150;
let timer;
let held = false;
let waiting = null;
const ask = latest();

/** Watches the form around the choice, if the page has one. */
export function watchChoice() {
  const form = choice()?.closest('form');
  form?.addEventListener('change', () => {
    clearTimeout(timer);
    waiting = null;
    // Its answer would undo what was chosen since.
    ask.forget();
    choice().setAttribute('aria-busy', 'true');
    timer = setTimeout(() => weigh(form), PAUSE);
  });
  if (form) watchHands(form);
}

/** A box that is replaced while its key or the mouse is down would not be ticked when it goes up. */
function watchHands(form) {
  form.addEventListener('keydown', ({ key }) => {
    if (key === ' ') held = true;
  });
  form.addEventListener('pointerdown', () => {
    held = true;
  });
  for (const type of ['keyup', 'pointerup', 'pointercancel', 'blur']) {
    window.addEventListener(type, () => {
      held = false;
      // The click that this makes comes first, and asks anew.
      setTimeout(() => {
        const replaces = waiting;
        waiting = null;
        replaces?.();
      });
    });
  }
}

const choice = () => document.getElementById('choice');

async function weigh(form) {
  const asked = timer;
  const text = await ask(choice().dataset.weigh, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  const fresh = text && new DOMParser().parseFromString(text, 'text/html').getElementById('choice');
  if (fresh && held) waiting = () => replace(choice(), fresh);
  else if (fresh) replace(choice(), fresh);
  // Whoever was asked too late leaves it to the next question.
  else if (asked === timer) choice().removeAttribute('aria-busy');
}

/** What is open stays open, and what was typed since the question stays typed. */
function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const details of old.querySelectorAll('details[open][id]')) {
    const same = fresh.querySelector(`#${details.id}`);
    if (same) same.open = true;
  }
  for (const field of old.querySelectorAll('input[type=text][id]')) {
    const same = fresh.querySelector(`#${field.id}`);
    if (same && (field === focused || field.id === 'choice-why')) same.value = field.value;
  }
  old.replaceWith(fresh);
  fresh.dispatchEvent(new Event('renewed', { bubbles: true }));
  const again = focused ? document.querySelector(place(focused)) : null;
  again?.focus();
  if (again?.type === 'text') again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
}

/** Where somebody is: a field by its name, or the headline of what can be opened. */
const place = (element) => (element.id ? `#${element.id}` : `#${element.closest('[id]').id} > summary`);
