// Parts of a form that depend on earlier answers: hidden here while somebody types. The server decides again.
const ANSWER = 'answer.';

/** One answer as typed; null where it was left open or its field is hidden. */
function answer(form, key) {
  const inputs = [...form.querySelectorAll(`[name="${ANSWER}${CSS.escape(key)}"]`)].filter((input) => !input.closest('[hidden]'));
  const box = inputs.find((input) => input.type === 'checkbox');
  if (box) return box.checked ? 'true' : 'false';
  const input = inputs.find((one) => one.type !== 'radio' || one.checked);
  const value = input?.value.trim() ?? '';
  return value === '' ? null : value;
}

const NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;

function compare(operator, given, literal) {
  if (operator === '!=') return !compare('=', given, literal);
  if (operator === '=' && (given === null || literal === null)) return given === literal;
  if (operator === '=' && typeof literal !== 'number') return given === String(literal);
  if (given === null || typeof literal !== 'number' || !NUMBER.test(given)) return false;
  const number = Number(given);
  return { '=': number === literal, '<': number < literal, '<=': number <= literal, '>': number > literal, '>=': number >= literal }[operator];
}

function holds(form, [word, left, right]) {
  if (word === 'and') return holds(form, left) && holds(form, right);
  if (word === 'or') return holds(form, left) || holds(form, right);
  return compare(word, answer(form, left), right);
}

function show(form) {
  for (const part of form.querySelectorAll('[data-hidden-when]')) {
    part.hidden = holds(form, JSON.parse(part.dataset.hiddenWhen));
  }
}

export function watchConditions() {
  for (const form of document.querySelectorAll('form.answers')) show(form);
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form.answers');
    if (form) show(form);
  });
}
