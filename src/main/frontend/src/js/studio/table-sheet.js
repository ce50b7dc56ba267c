// One table to a spreadsheet and back: what changes is shown first, and applied like any other change.
import { here, make, say } from './words.js';
import { refusal } from './draft.js';
import { send } from '../send.js';

const address = (what) => `/studio/drafts/${encodeURIComponent(here.draft)}/${what}`;

/** Columns by names that tell them apart. */
export function columnsOf(decision) {
  const { input = [], output = [] } = decision.decisionLogic;
  const seen = new Map();
  const unique = (name) => {
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return seen.get(name) > 1 ? `${name}#${seen.get(name)}` : name;
  };
  return [
    ...input.map((one) => ({ name: unique(`in:${one.inputExpression?.text ?? ''}`), type: one.inputExpression?.typeRef ?? '', label: one.label ?? '' })),
    ...output.map((one) => ({ name: unique(`out:${one.name ?? ''}`), type: one.typeRef ?? '', label: one.label ?? '' })),
    { name: 'annotation', type: 'string', label: say('table.why') },
  ];
}

export function rowsOf(decision) {
  return (decision.decisionLogic.rule ?? []).map((rule) => ({
    id: rule.id,
    cells: [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])].map((entry) => entry.text ?? '').concat(rule.description ?? ''),
  }));
}

export async function download(decision) {
  const answer = await send(address('table-export'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: decision.id, columns: columnsOf(decision), rows: rowsOf(decision) }),
  });
  if (!answer.ok) throw await refusal(answer);
  const url = URL.createObjectURL(await answer.blob());
  make('a', { href: url, download: `${decision.id}.xlsx` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What a spreadsheet would change: rows by what happens to them. */
export function compareRows(before, after) {
  const known = new Map(before.map((row) => [row.id, row]));
  const kept = after.filter((row) => known.has(row.id));
  const staying = before.filter((row) => kept.some((one) => one.id === row.id));
  return {
    added: after.filter((row) => !known.has(row.id)),
    changed: kept.filter((row) => row.cells.some((cell, at) => cell !== known.get(row.id).cells[at].trim())),
    removed: before.filter((row) => !after.some((one) => one.id === row.id)),
    moved: kept.some((row, at) => row.id !== staying[at].id),
  };
}

/** Asks for a file, shows what it changes, applies it when told to. */
export function upload(decision, apply) {
  const input = make('input', { class: 'form-control', type: 'file', id: 'xlsx-file', accept: '.xlsx', required: true });
  const shown = make('div', { 'aria-live': 'polite', class: 'xlsx-shown' });
  const go = make('button', { type: 'button', class: 'btn btn-primary', id: 'xlsx-apply', disabled: true }, say('xlsx.apply'));
  const dialog = make('dialog', { class: 'studio-dialog', 'aria-labelledby': 'xlsx-title' },
    make('h2', { id: 'xlsx-title' }, say('xlsx.title')),
    make('div', { class: 'field' }, make('label', { class: 'form-label', for: 'xlsx-file' }, say('xlsx.file')), input), shown,
    make('div', { class: 'actions' }, go, make('button', { type: 'button', class: 'btn btn-quiet', onclick: () => dialog.close() }, say('cancel'))));
  let rows = [];
  input.addEventListener('change', async () => {
    go.disabled = true;
    const form = new FormData();
    form.append('file', input.files[0]);
    for (const { name } of columnsOf(decision)) form.append('column', name);
    try {
      const answer = await send(address('table-import'), { method: 'POST', body: form, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw await refusal(answer);
      ({ rows } = await answer.json());
      const change = compareRows(rowsOf(decision), rows);
      const list = (key, found) => (found.length ? make('details', { open: found.length < 12 }, make('summary', {}, say(`xlsx.${key}`, found.length)),
        make('ul', {}, found.map((row) => make('li', {}, make('bdi', { class: 'id' }, row.id || row.cells.join(' · ')))))) : null);
      const parts = [list('added', change.added), list('changed', change.changed), list('removed', change.removed), change.moved ? make('p', {}, say('xlsx.moved')) : null].filter(Boolean);
      shown.replaceChildren(...(parts.length ? parts : [make('p', {}, say('xlsx.none'))]));
      go.disabled = parts.length === 0;
    } catch (error) {
      shown.replaceChildren(make('p', { class: 'field-error', role: 'alert' }, error.message));
    }
  });
  go.addEventListener('click', () => {
    apply(rows);
    dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.querySelector('main').append(dialog);
  dialog.showModal();
}
