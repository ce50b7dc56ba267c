// Scenarios, words and contracts: rows and columns, edited like a spreadsheet, stored as they stood.
import { start } from './studio/shell.js';
import { DraftFile } from './studio/draft.js';
import { formatCsv, parseCsv } from './studio/csv.js';
import { parseTsv } from './studio/tsv.js';
import { here, make, say } from './studio/words.js';

start(async ({ file, files, host }) => new Grid(file, files, host));

class Grid {
  constructor(file, files, host) {
    this.file = file;
    this.files = files;
    this.past = [];
    this.future = [];
    this.findings = [];
    const rows = parseCsv(file.content);
    this.end = file.content.endsWith('\n') ? '\n' : '';
    this.head = rows[0] ?? { cells: ['id'], raw: 'id', was: ['id'] };
    this.rows = rows.slice(1).filter((row) => row.cells.length > 1 || row.cells[0] !== '');
    this.body = make('tbody');
    this.count = make('span', { class: 'small soft', role: 'status' });
    const heads = this.head.cells.map((name) => make('th', { scope: 'col' }, this.title(name)));
    host.append(make('div', { class: 'grid-scroll' }, make('table', { class: 'grid', dir: document.documentElement.dir },
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, make('span', { class: 'visually-hidden' }, '#')), heads)), this.body)));
    this.tools();
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('input', (event) => this.typed(event));
    this.body.addEventListener('focusin', (event) => this.leave(event));
    this.body.addEventListener('paste', (event) => this.paste(event));
    this.suggestions = new Suggestions(this);
    this.draw();
    file.text = async () => formatCsv([this.head, ...this.rows]) + this.end;
  }

  title(name) {
    const said = say(`grid.columns.${name}`);
    return said.startsWith('grid.') ? name : said;
  }

  tools() {
    const bar = document.getElementById('editor-tools');
    if (here.open) bar.append(make('button', { type: 'button', class: 'btn btn-quiet btn-sm', id: 'add-row', onclick: () => this.insert(this.rows.length) }, say('grid.add')));
    this.filter = make('input', { type: 'search', class: 'form-control form-control-sm', id: 'row-filter', 'aria-label': say('table.filter'), placeholder: say('table.filter'), oninput: () => this.draw() });
    bar.append(make('div', { class: 'row-filter' }, this.filter, this.count));
  }

  // ---- drawing

  draw(focus) {
    const wanted = this.filter.value.trim().toLowerCase();
    const shown = this.rows.map((row, at) => [row, at]).filter(([row]) => row.cells.join(' ').toLowerCase().includes(wanted));
    this.body.replaceChildren(...shown.flatMap(([row, at]) => this.line(row, at)));
    this.count.textContent = wanted ? say('table.filtered', shown.length, this.rows.length) : say('grid.rows', this.rows.length);
    if (focus) this.go(focus);
  }

  line(row, at) {
    const told = this.findings.filter((one) => one.place === row.cells[0] || one.place === String(at + 2));
    const cells = this.head.cells.map((name, col) => make('td', {},
      make('textarea', {
        rows: 1, 'data-row': at, 'data-col': col, readonly: !here.open, spellcheck: 'false',
        dir: name === 'ar' ? 'rtl' : name === 'title' || name === 'en' ? 'auto' : 'ltr', 'aria-label': `${this.title(name)} ${at + 1}`,
      }, row.cells[col] ?? '')));
    const lines = [make('tr', { class: told.length ? 'told' : null }, make('th', { scope: 'row' }, String(at + 1)), cells)];
    if (told.length) {
      lines.push(make('tr', { class: 'telling' }, make('td', { colspan: this.head.cells.length + 1 },
        told.map((one) => make('div', { dir: 'auto' }, make('span', { class: `badge-house ${one.blocking ? 'tone-bad' : 'tone-warn'}` }, one.code), ' ', one.sentence)))));
    }
    return lines;
  }

  field(row, col) {
    return this.body.querySelector(`[data-row="${row}"][data-col="${col}"]`);
  }

  go({ row, col }) {
    const field = this.field(row, col);
    if (!field) return false;
    field.focus();
    field.select();
    field.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }

  at(target) {
    return target.dataset?.row === undefined ? null : { row: Number(target.dataset.row), col: Number(target.dataset.col) };
  }

  // ---- changing

  /** Everything as it is, to come back to. */
  remember() {
    this.past.push(this.rows.map((row) => ({ ...row, cells: [...row.cells] })));
    this.future = [];
    if (this.past.length > 200) this.past.shift();
  }

  typed(event) {
    const here = this.at(event.target);
    if (!here) return;
    if (this.typing !== `${here.row}:${here.col}`) {
      this.remember();
      this.typing = `${here.row}:${here.col}`;
    }
    this.write(here, event.target.value);
    this.file.changed();
    this.suggestions.offer(event.target, this.head.cells[here.col]);
  }

  write({ row, col }, text) {
    const { cells } = this.rows[row];
    while (cells.length < this.head.cells.length) cells.push('');
    cells[col] = text;
  }

  leave() {
    this.typing = null;
  }

  change(act, focus) {
    if (!here.open) return;
    this.remember();
    act();
    this.draw(focus);
    this.file.changed();
  }

  insert(at, cells) {
    const made = { cells: cells ?? this.head.cells.map(() => '') };
    if (this.head.cells[0] === 'id') made.cells[0] = this.freeId(cells?.[0]);
    this.filter.value = '';
    this.change(() => this.rows.splice(at, 0, made), { row: at, col: this.head.cells[0] === 'id' ? 1 : 0 });
  }

  /** A new id in the way of the others: their stem and the next number. */
  freeId(like) {
    const stem = (like ?? this.rows.at(-1)?.cells[0] ?? here.path.replace(/^.*\/|\.csv$/g, '')).replace(/-?\d+$/, '');
    const ids = new Set(this.rows.map((row) => row.cells[0]));
    for (let number = this.rows.length + 1; ; number++) {
      const id = `${stem}-${String(number).padStart(2, '0')}`;
      if (!ids.has(id)) return id;
    }
  }

  undo() {
    this.swap(this.past, this.future);
  }

  redo() {
    this.swap(this.future, this.past);
  }

  swap(from, to) {
    const rows = from.pop();
    if (!rows) return;
    to.push(this.rows);
    this.rows = rows;
    this.typing = null;
    this.draw(this.at(document.activeElement));
    this.file.changed();
  }

  // ---- keys

  key(event) {
    const where = this.at(event.target);
    if (!where || this.suggestions.key(event)) return;
    const command = event.ctrlKey || event.metaKey;
    const act = this.action(event, where, command);
    if (act && act() !== false) event.preventDefault();
  }

  action(event, { row, col }, command) {
    const { key, shiftKey: shift, altKey: alt } = event;
    const field = event.target;
    if (command && event.code === 'KeyD') return () => this.insert(row + 1, [...this.rows[row].cells]);
    if (command && !alt && event.code === 'KeyZ') return () => (shift ? this.redo() : this.undo());
    if (command && !alt && event.code === 'KeyY') return () => this.redo();
    if (alt && (key === 'ArrowUp' || key === 'ArrowDown')) {
      const by = key === 'ArrowDown' ? 1 : -1;
      if (shift) return () => this.insert(row + (by > 0 ? 1 : 0));
      return () => this.move(row, by, col);
    }
    if (alt && (key === 'Delete' || key === 'Backspace')) return () => this.change(() => this.rows.splice(row, 1), { row: Math.min(row, this.rows.length - 2), col });
    if (command || alt) return null;
    if (key === 'Enter') {
      return () => {
        if (!shift && row === this.rows.length - 1 && here.open) this.insert(row + 1);
        else this.go({ row: row + (shift ? -1 : 1), col });
      };
    }
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (key === 'ArrowUp' && (whole || field.selectionEnd === 0)) return () => this.go({ row: row - 1, col });
    if (key === 'ArrowDown' && (whole || field.selectionStart === field.value.length)) return () => this.go({ row: row + 1, col });
    return null;
  }

  move(row, by, col) {
    if (row + by < 0 || row + by >= this.rows.length) return;
    this.change(() => this.rows.splice(row + by, 0, ...this.rows.splice(row, 1)), { row: row + by, col });
  }

  paste(event) {
    const where = this.at(event.target);
    const text = event.clipboardData.getData('text/plain');
    if (!where || !/[\t\n]/.test(text.replace(/\n$/, ''))) return;
    event.preventDefault();
    this.change(() => {
      parseTsv(text).forEach((cells, row) => {
        while (this.rows.length <= where.row + row) this.rows.push({ cells: this.head.cells.map(() => '') });
        cells.forEach((cell, col) => where.col + col < this.head.cells.length && this.write({ row: where.row + row, col: where.col + col }, cell));
      });
    }, where);
  }

  // ---- places

  goTo(place) {
    const row = this.rows.findIndex((one) => one.cells[0] === place);
    const index = row >= 0 ? row : /^\d+$/.test(place) ? Number(place) - 2 : -1;
    this.filter.value = '';
    this.draw();
    return index >= 0 && this.go({ row: index, col: 0 });
  }

  show(findings) {
    this.findings = findings;
    this.draw(this.at(document.activeElement));
  }
}

/** Facts, rules and remedies while a scenario is written. */
class Suggestions {
  constructor(grid) {
    this.grid = grid;
    this.list = make('ul', { class: 'suggestions', role: 'listbox', id: 'suggestions', hidden: true });
    document.querySelector('main').append(this.list);
    this.list.addEventListener('mousedown', (event) => {
      const option = event.target.closest('li');
      if (option) {
        event.preventDefault();
        this.take(option.textContent);
      }
    });
    grid.body.addEventListener('focusout', () => this.close());
  }

  /** Words of a column; rule ids are gathered once, when somebody writes reasons. */
  async words(column) {
    if (column === 'given') return here.facts.flatMap((fact) => [fact.name, ...fact.values.map((value) => `${fact.name} ${value}`)]);
    if (column === 'moment') return this.grid.files.map((path) => /^rules\/([^/]+)\.dmn$/.exec(path)?.[1]).filter(Boolean);
    if (column !== 'because' && column !== 'expected') return [];
    this.rules ??= this.gather();
    const { rules, remedies } = await this.rules;
    return column === 'because' ? [...rules, ...remedies.map((one) => `${one}: `)] : remedies.flatMap((one) => [one, `${one} GRANT`]);
  }

  async gather() {
    const paths = this.grid.files.filter((path) => /\.(dmn|drl)$/.test(path));
    const texts = await Promise.all(paths.map((path) => DraftFile.open(path, { state() {}, conflict() {} }).then((file) => [path, file.content])));
    const rules = texts.flatMap(([, text]) => [...text.matchAll(/<rule id="([^"]+)"|^rule "([^"/]+)/gm)].map((one) => one[1] ?? one[2]));
    const table = texts.find(([path]) => path === 'rules/tables/remedies.dmn')?.[1] ?? '';
    const remedies = [...table.matchAll(/<inputEntry[^>]*>\s*<text>"([A-Z_]+)"<\/text>/g)].map((one) => one[1]);
    return { rules: [...new Set(rules)], remedies: [...new Set(remedies)] };
  }

  async offer(field, column) {
    this.field = field;
    this.token = /[^;:,]*$/.exec(field.value.slice(0, field.selectionStart))[0].trimStart();
    if (this.token.length < 2) return this.close();
    const wanted = this.token.toLowerCase();
    const words = (await this.words(column)).filter((word) => word.toLowerCase().includes(wanted) && word !== this.token);
    if (this.field !== field || words.length === 0) return this.close();
    words.sort((one, other) => other.toLowerCase().startsWith(wanted) - one.toLowerCase().startsWith(wanted));
    this.list.replaceChildren(...words.slice(0, 8).map((word, at) => make('li', { role: 'option', 'aria-selected': String(at === 0) }, word)));
    const box = field.getBoundingClientRect();
    const frame = document.querySelector('main').getBoundingClientRect();
    this.list.style.setProperty('inset-block-start', `${box.bottom - frame.top}px`);
    this.list.style.setProperty('left', `${box.left - frame.left}px`);
    this.list.hidden = false;
    field.setAttribute('aria-controls', 'suggestions');
    return undefined;
  }

  close() {
    this.list.hidden = true;
  }

  /** Whether the key was meant for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const options = [...this.list.children];
    const at = options.findIndex((one) => one.getAttribute('aria-selected') === 'true');
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' || event.key === 'Tab') this.take(options[at].textContent);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      options[at].setAttribute('aria-selected', 'false');
      options[(at + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length].setAttribute('aria-selected', 'true');
    } else return false;
    event.preventDefault();
    return true;
  }

  take(word) {
    const { field, token } = this;
    field.setRangeText(word, field.selectionStart - token.length, field.selectionStart, 'end');
    this.close();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    this.close();
  }
}

