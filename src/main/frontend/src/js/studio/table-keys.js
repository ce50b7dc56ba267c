// Keys of a spreadsheet for decision tables: moving, selecting, copying, inserting. The library edits one cell at a time.
import { formatTsv, parseTsv } from './tsv.js';

const ANNOTATION = 'annotation';

/**
 * @param {Element} host holds the table
 * @param {function} viewer the viewer of the table that is open, or null
 * @param {function} rename asks for another id of a row
 */
export function spreadsheet(host, viewer, rename) {
  const keys = new Keys(host, viewer, rename);
  host.addEventListener('keydown', (event) => keys.key(event), true);
  host.addEventListener('mousedown', (event) => keys.press(event), true);
  host.addEventListener('click', (event) => {
    const button = event.target.closest('[data-rename]');
    if (button) rename(button.dataset.rename);
  });
  document.addEventListener('copy', (event) => keys.copy(event, false), true);
  document.addEventListener('cut', (event) => keys.copy(event, true), true);
  document.addEventListener('paste', (event) => keys.paste(event), true);
}

class Keys {
  constructor(host, viewer, rename) {
    this.host = host;
    this.viewer = viewer;
    this.rename = rename;
    this.anchor = null;
    this.focus = null;
    this.shade = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.shade];
  }

  // ---- the table

  get rows() {
    return this.viewer()?.get('sheet').getRoot().rows ?? [];
  }

  get width() {
    return (this.viewer()?.get('sheet').getRoot().cols.length ?? 0) + 1;
  }

  at(target) {
    const cell = target instanceof Element ? target.closest('[data-coords]') : null;
    if (!cell || !this.host.contains(cell) || !this.viewer()) return null;
    const [row, col] = cell.dataset.coords.split(':');
    if (!/^\d+$/.test(row)) return null;
    return { row: Number(row), col: col === ANNOTATION ? this.width - 1 : Number(col) };
  }

  read({ row, col }) {
    const line = this.rows[row];
    return (col === this.width - 1 ? line.businessObject.description : line.cells[col].businessObject.text) ?? '';
  }

  go({ row, col }) {
    const coords = `${row}:${col === this.width - 1 ? ANNOTATION : col}`;
    const cell = this.host.querySelector(`[data-coords="${coords}"]`);
    const field = cell?.querySelector('[contenteditable]');
    if (!field) return false;
    field.focus();
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // As in a spreadsheet: what is typed now replaces the cell. The cell's own editor comes a moment after the focus.
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (cell.contains(active)) getSelection().selectAllChildren(active);
    });
    return true;
  }

  /** Several changes as one step of undo. */
  together(changes) {
    const stack = this.viewer().get('commandStack');
    if (!stack.knowsTogether) {
      stack.registerHandler('jabr.together', Together);
      stack.knowsTogether = true;
    }
    stack.execute('jabr.together', { changes });
  }

  write(edits) {
    const modeling = this.viewer().get('modeling');
    this.together(() => {
      for (const { row, col, text } of edits) {
        while (this.rows.length <= row) modeling.addRow({ type: 'dmn:DecisionRule' });
        const line = this.rows[row];
        if (col === this.width - 1) modeling.editAnnotation(line.businessObject, text);
        else if (col < this.width - 1) modeling.editCell(line.cells[col].businessObject, text);
      }
    });
  }

  // ---- selecting

  select(focus) {
    this.focus = focus;
    const box = this.box();
    if (!box || (box.rows === 1 && box.cols === 1)) {
      this.shade.replaceSync('');
      return;
    }
    const cells = [];
    for (let row = box.top; row < box.top + box.rows; row++) {
      for (let col = box.left; col < box.left + box.cols; col++) {
        cells.push(`[data-coords="${row}:${col === this.width - 1 ? ANNOTATION : col}"]`);
      }
    }
    this.shade.replaceSync(`.tjs-table :is(${cells.join(', ')}) { background: var(--petrol-wash); box-shadow: inset 0 0 0 1px var(--petrol); }`);
  }

  clear() {
    this.anchor = null;
    this.focus = null;
    this.shade.replaceSync('');
  }

  box() {
    if (!this.anchor || !this.focus) return null;
    const top = Math.min(this.anchor.row, this.focus.row);
    const left = Math.min(this.anchor.col, this.focus.col);
    return { top, left, rows: Math.abs(this.anchor.row - this.focus.row) + 1, cols: Math.abs(this.anchor.col - this.focus.col) + 1 };
  }

  several() {
    const box = this.box();
    return box && (box.rows > 1 || box.cols > 1) ? box : null;
  }

  press(event) {
    const here = this.at(event.target);
    if (!here || event.button !== 0) return;
    if (event.shiftKey) {
      event.preventDefault();
      this.anchor ??= this.at(document.activeElement) ?? here;
      this.select(here);
    } else {
      this.clear();
      this.anchor = here;
    }
  }

  extend(here, by) {
    this.anchor ??= here;
    const from = this.focus ?? here;
    const to = {
      row: Math.min(Math.max(from.row + (by.row ?? 0), 0), this.rows.length - 1),
      col: Math.min(Math.max(from.col + (by.col ?? 0), 0), this.width - 1),
    };
    this.select(to);
  }

  // ---- keys

  key(event) {
    if (event.key === 'F2' && event.target.closest('[data-row-id]')) {
      this.take(event);
      this.rename(event.target.closest('[data-row-id]').dataset.rowId);
      return;
    }
    const here = this.at(event.target);
    if (!here || event.isComposing) return;
    const suggesting = this.host.ownerDocument.querySelector('.cm-tooltip-autocomplete');
    if (suggesting && ['Enter', 'Tab', 'ArrowUp', 'ArrowDown', 'Escape'].includes(event.key)) return;
    const act = this.action(event, here);
    if (act && act() !== false) this.take(event);
  }

  take(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  action(event, here) {
    const { key, shiftKey: shift, altKey: alt } = event;
    const command = event.ctrlKey || event.metaKey;
    // The cell's own editor would only take back its own letters.
    if (command && !alt && (event.code === 'KeyZ' || event.code === 'KeyY')) {
      const redo = event.code === 'KeyY' || shift;
      return () => this.viewer().get('commandStack')[redo ? 'redo' : 'undo']();
    }
    if (command && !alt && !shift && event.code === 'KeyD') return () => this.duplicate(here);
    if (alt && !command && (key === 'ArrowUp' || key === 'ArrowDown')) {
      const down = key === 'ArrowDown';
      return shift ? () => this.insert(here, down) : () => this.move(here, down);
    }
    if (alt && !command && (key === 'Delete' || key === 'Backspace')) return () => this.removeRows(here);
    if (command || alt) return null;
    switch (key) {
      case 'Tab': return () => this.next(here, shift);
      case 'Enter': return () => this.enter(here, shift);
      case 'Escape': return () => (this.several() ? this.clear() : this.host.focus());
      case 'Delete':
      case 'Backspace': return this.several() ? () => this.blank() : null;
      case ' ': return shift ? () => this.wholeRow(here) : null;
      case 'ArrowUp':
      case 'ArrowDown': return this.vertical(event, here, key === 'ArrowDown' ? 1 : -1);
      case 'ArrowLeft':
      case 'ArrowRight': return this.horizontal(event, here, key === 'ArrowRight' ? 1 : -1);
      default: return null;
    }
  }

  next(here, back) {
    this.clear();
    const last = this.width - 1;
    const to = back
      ? here.col > 0 ? { row: here.row, col: here.col - 1 } : { row: here.row - 1, col: last }
      : here.col < last ? { row: here.row, col: here.col + 1 } : { row: here.row + 1, col: 0 };
    // Past the ends the key leaves the table, as it does everywhere else.
    return to.row >= 0 && to.row < this.rows.length && this.go(to);
  }

  enter(here, back) {
    this.clear();
    if (!back && here.row === this.rows.length - 1) this.viewer().get('modeling').addRow({ type: 'dmn:DecisionRule' });
    const to = { row: here.row + (back ? -1 : 1), col: here.col };
    if (!this.go(to)) requestAnimationFrame(() => this.go(to));
  }

  vertical(event, here, by) {
    if (event.shiftKey) return () => this.extend(here, { row: by });
    if (this.read(here).includes('\n')) return null;
    return () => {
      this.clear();
      return this.go({ row: here.row + by, col: here.col });
    };
  }

  horizontal(event, here, by) {
    const [start, end, length] = caret(event.target);
    const whole = start === 0 && end === length;
    const border = whole || (start === end && (by > 0 ? end === length : start === 0));
    if (event.shiftKey) return border || this.several() ? () => this.extend(here, { col: by }) : null;
    if (!border) return null;
    return () => {
      this.clear();
      return this.go({ row: here.row, col: here.col + by });
    };
  }

  wholeRow(here) {
    this.anchor = { row: here.row, col: 0 };
    this.select({ row: here.row, col: this.width - 1 });
  }

  // ---- rows

  duplicate(here) {
    const texts = Array.from({ length: this.width }, (_, col) => this.read({ row: here.row, col }));
    this.together(() => {
      this.viewer().get('modeling').addRow({ type: 'dmn:DecisionRule' }, here.row + 1);
      this.put(here.row + 1, texts);
    });
    requestAnimationFrame(() => this.go({ row: here.row + 1, col: here.col }));
  }

  put(row, texts) {
    const modeling = this.viewer().get('modeling');
    texts.forEach((text, col) => {
      const line = this.rows[row];
      if (col < this.width - 1) modeling.editCell(line.cells[col].businessObject, text);
      else if (text) modeling.editAnnotation(line.businessObject, text);
    });
  }

  move(here, down) {
    const to = here.row + (down ? 1 : -1);
    if (to < 0 || to >= this.rows.length) return;
    this.viewer().get('modeling').moveRow(this.rows[here.row], to);
    requestAnimationFrame(() => this.go({ row: to, col: here.col }));
  }

  insert(here, down) {
    const to = here.row + (down ? 1 : 0);
    this.viewer().get('modeling').addRow({ type: 'dmn:DecisionRule' }, to);
    requestAnimationFrame(() => this.go({ row: to, col: here.col }));
  }

  removeRows(here) {
    const box = this.several() ?? { top: here.row, rows: 1 };
    // The last row stays: a table without rows decides nothing.
    const doomed = this.rows.slice(box.top, box.top + box.rows);
    if (doomed.length >= this.rows.length) doomed.shift();
    this.clear();
    const modeling = this.viewer().get('modeling');
    this.together(() => doomed.forEach((row) => modeling.removeRow(row)));
    requestAnimationFrame(() => this.go({ row: Math.min(box.top, this.rows.length - 1), col: here.col }));
  }

  blank() {
    const box = this.several();
    const cols = this.viewer().get('sheet').getRoot().cols;
    const edits = [];
    for (let row = box.top; row < box.top + box.rows; row++) {
      for (let col = box.left; col < box.left + box.cols; col++) {
        edits.push({ row, col, text: cols[col]?.businessObject.$type === 'dmn:InputClause' ? '-' : '' });
      }
    }
    this.write(edits);
  }

  // ---- clipboard

  copy(event, cut) {
    const here = this.at(document.activeElement);
    const box = this.several() ?? (here && wholeOrNone(document.activeElement) ? { top: here.row, left: here.col, rows: 1, cols: 1 } : null);
    if (!here || !box) return;
    const rows = Array.from({ length: box.rows }, (_, row) => Array.from({ length: box.cols }, (__, col) => this.read({ row: box.top + row, col: box.left + col })));
    event.clipboardData.setData('text/plain', formatTsv(rows));
    this.take(event);
    if (cut) {
      this.anchor ??= here;
      this.focus ??= here;
      if (this.several()) this.blank();
      else this.write([{ ...here, text: here.col < this.width - 1 && this.viewer().get('sheet').getRoot().cols[here.col].businessObject.$type === 'dmn:InputClause' ? '-' : '' }]);
    }
  }

  paste(event) {
    const here = this.at(document.activeElement);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const box = this.several();
    if (!here || text === '' || (!box && !/[\t\n]/.test(text.replace(/\n$/, '')))) return;
    const given = parseTsv(text);
    const from = box ? { row: box.top, col: box.left } : here;
    // One value fills everything that is selected.
    const single = box && given.length === 1 && given[0].length === 1;
    const rows = single ? Array.from({ length: box.rows }, () => Array(box.cols).fill(given[0][0])) : given;
    this.write(rows.flatMap((cells, row) => cells.map((cell, col) => ({ row: from.row + row, col: from.col + col, text: cell.trim() }))));
    this.take(event);
  }
}

/** Runs other commands inside itself, so that one undo takes all of them back. */
class Together {
  preExecute({ changes }) {
    changes();
  }

  execute() {
    return [];
  }

  revert() {
    return [];
  }
}

Together.$inject = [];

/** Whether a field's text is not selected, or all of it: then the cell itself is meant. */
function wholeOrNone(field) {
  const [start, end, length] = caret(field);
  return start === end || (start === 0 && end === length);
}

/** Where the caret stands in a field: start and end of the selection, and how long the text is. */
function caret(field) {
  const selection = getSelection();
  if (!selection.rangeCount) return [0, 0, 0];
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(field);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [start, start + range.toString().length, field.textContent.length];
}
