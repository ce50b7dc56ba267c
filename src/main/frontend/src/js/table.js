// Decision tables and how they build on each other: dmn-js, with a spreadsheet's keys and a writer that keeps files tidy.
import DmnModeler from 'dmn-js/lib/Modeler';
import DmnViewer from 'dmn-js/lib/NavigatedViewer';
import { start } from './studio/shell.js';
import { faithful } from './studio/faithful.js';
import { addInput, columnsWithoutInput, columnsOfWrongType, blankOutputs, normalise, tidyIds } from './studio/dmn-normal.js';
import { RowNames } from './studio/row-names.js';
import { spreadsheet } from './studio/table-keys.js';
import { download, upload } from './studio/table-sheet.js';
import { TABLE_WORDS } from './studio/arabic/table.js';
import { fonts, here, make, say, translator } from './studio/words.js';

start(async ({ file, host }) => {
  await fonts();
  return new TableDesk(file, host).open();
});

class TableDesk {
  constructor(file, host) {
    this.file = file;
    this.host = host;
    this.original = file.content;
    this.marks = sheet();
    this.filter = sheet();
    const words = { translate: ['value', translator(TABLE_WORDS)] };
    const Modeler = here.open ? DmnModeler : DmnViewer;
    const edited = here.open
      ? [RowNames, { copyCutPasteKeyBindings: ['value', null] }]
      : [RowNames];
    this.modeler = new Modeler({
      container: host,
      common: { debounceInput: false, keyboard: { bind: true } },
      drd: { additionalModules: [words] },
      decisionTable: { additionalModules: [words, ...edited] },
      literalExpression: { additionalModules: [words] },
    });
  }

  async open() {
    this.modeler.on('viewer.created', ({ viewer }) => {
      viewer.on('commandStack.changed', ({ trigger }) => {
        if (trigger === 'clear') return;
        this.file.changed();
        this.look();
      });
    });
    this.modeler.on('views.changed', () => this.tools());
    await this.modeler.importXML(this.original);
    await this.modeler.open(this.firstView());
    if (here.open) {
      this.keys = spreadsheet(this.host, () => this.viewer('decisionTable'), (id) => this.askForName(id));
      this.file.text = () => this.text();
    }
    this.tools();
    this.look();
    return this;
  }

  /** The first table; a file without one shows how its decisions hang together. */
  firstView() {
    const views = this.modeler.getViews();
    return views.find((view) => view.type === 'decisionTable') ?? views[0];
  }

  viewer(type) {
    const view = this.modeler.getActiveView();
    return view && (!type || view.type === type) ? this.modeler.getActiveViewer() : null;
  }

  async text() {
    const definitions = this.modeler.getDefinitions();
    normalise(definitions);
    const { xml } = await this.modeler.saveXML({ format: true });
    return faithful(tidyIds(xml, definitions), this.original);
  }

  undo() {
    this.viewer()?.get('commandStack').undo();
  }

  redo() {
    this.viewer()?.get('commandStack').redo();
  }

  // ---- places

  goTo(place) {
    const [id, number] = place.split(' ');
    for (const view of this.modeler.getViews()) {
      const rules = view.element.decisionLogic?.rule ?? [];
      const rule = rules.find((one) => one.id === place) ?? (view.element.id === id && number ? rules[Number(number) - 1] : undefined);
      if (!rule && view.element.id !== place) continue;
      this.modeler.open(view).then(() => rule && this.showRow(rules.indexOf(rule)));
      return true;
    }
    return false;
  }

  showRow(index) {
    const cell = this.host.querySelector(`[data-coords="${index}:0"]`);
    cell?.scrollIntoView({ block: 'center', inline: 'start' });
    cell?.querySelector('[contenteditable]')?.focus();
  }

  show(findings) {
    const rows = findings.map((one) => `[data-row-id="${CSS.escape(one.place)}"].rule-index`);
    this.marks.replaceSync(rows.length ? `${rows.join(', ')} { box-shadow: inset 4px 0 0 var(--bad-fill); }` : '');
  }

  // ---- views, filter, fixes

  tools() {
    const active = this.modeler.getActiveView();
    const buttons = this.modeler.getViews().map((view) => make('button', {
      type: 'button', class: 'view', 'aria-pressed': String(view.element === active?.element),
      onclick: () => this.modeler.open(view),
    }, view.type === 'drd' ? say('table.drd') : make('bdi', {}, view.element.get('label') || view.element.name || view.element.id)));
    const bar = document.getElementById('editor-tools');
    this.filterField ??= this.makeFilter();
    this.fixes ??= make('ul', { class: 'plain fixes', 'aria-live': 'polite' });
    bar.replaceChildren(make('div', { class: 'views', role: 'group', 'aria-label': say('table.views') }, buttons));
    if (active?.type === 'decisionTable') bar.append(this.filterField);
    document.getElementById('editor-actions').replaceChildren(...(active?.type === 'decisionTable' && here.open ? this.sheetButtons(active.element) : []));
    bar.append(this.fixes);
    this.filterRows();
    this.look();
  }

  sheetButtons(decision) {
    const button = (id, act) => make('button', { type: 'button', class: 'btn btn-quiet btn-sm', id, onclick: act }, say(`table.${id}`));
    return [
      button('to-xlsx', () => download(decision).catch((error) => { document.getElementById('flash').textContent = error.message; })),
      button('from-xlsx', () => upload(decision, (rows) => this.keys.replaceRows(rows))),
    ];
  }

  makeFilter() {
    this.filterInput = make('input', { type: 'search', class: 'form-control form-control-sm', id: 'row-filter', 'aria-label': say('table.filter'), placeholder: say('table.filter'), oninput: () => this.filterRows() });
    this.filterCount = make('span', { class: 'small soft', role: 'status' });
    return make('div', { class: 'row-filter' }, this.filterInput, this.filterCount);
  }

  filterRows() {
    const rules = this.modeler.getActiveView()?.element.decisionLogic?.rule ?? [];
    const wanted = this.filterInput?.value.trim().toLowerCase() ?? '';
    const hidden = wanted === '' ? [] : rules.filter((rule) => !textOf(rule).includes(wanted));
    this.filter.replaceSync(hidden.length
      ? `${hidden.map((rule) => `.tjs-table tr:has(> [data-row-id="${CSS.escape(rule.id)}"])`).join(', ')} { display: none; }` : '');
    if (this.filterCount) this.filterCount.textContent = wanted ? say('table.filtered', rules.length - hidden.length, rules.length) : '';
  }

  look() {
    // The library leaves the head of the first column empty.
    setTimeout(() => this.host.querySelectorAll('th.index-column:empty').forEach((head) => head.append(make('span', { class: 'small soft' }, say('table.row-id')))));
    if (!this.fixes) return;
    const decision = this.modeler.getActiveView()?.element;
    const definitions = this.modeler.getDefinitions();
    const items = [];
    if (decision?.decisionLogic?.rule && here.open) {
      for (const column of columnsWithoutInput(definitions, decision, here.facts)) {
        items.push(this.fix(say('table.fix.input', column.name), say('table.fix.input.do'), () => addInput(definitions, decision, column)));
      }
      for (const { input, name, type } of columnsOfWrongType(decision, here.facts)) {
        items.push(this.fix(say('table.fix.type', name, type), say('table.fix.type.do'), () => {
          this.viewer().get('modeling').editInputExpressionTypeRef(input.inputExpression, type);
        }));
      }
      for (const { rule, column } of blankOutputs(decision)) items.push(make('li', {}, say('table.blank-output', rule, column)));
    }
    this.fixes.replaceChildren(...items);
    this.fixes.hidden = items.length === 0;
  }

  fix(text, action, mend) {
    return make('li', {}, make('span', {}, text), ' ', make('button', { type: 'button', class: 'btn btn-quiet btn-sm', onclick: () => {
      mend();
      this.file.changed();
      this.look();
    } }, action));
  }

  // ---- the names of rows

  askForName(id) {
    const input = make('input', { class: 'form-control', id: 'row-name', dir: 'ltr', value: id, required: true, pattern: '[a-z0-9]+(-[a-z0-9]+)*', autocomplete: 'off', 'aria-describedby': 'row-name-help' });
    const help = make('p', { class: 'form-text', id: 'row-name-help', role: 'status' }, say('table.row-id.help'));
    const form = make('form', { method: 'dialog' },
      make('h2', { id: 'row-name-title' }, say('table.row-id.title')),
      make('div', { class: 'field' }, make('label', { class: 'form-label', for: 'row-name' }, say('table.row-id')), input, help),
      make('div', { class: 'actions' },
        make('button', { class: 'btn btn-primary', type: 'submit' }, say('table.rename')),
        make('button', { class: 'btn btn-quiet', type: 'button', onclick: () => dialog.close() }, say('cancel'))));
    const dialog = make('dialog', { class: 'studio-dialog', 'aria-labelledby': 'row-name-title' }, form);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const name = input.value.trim();
      const known = this.modeler.getDefinitions().drgElement.some((one) => one.decisionLogic?.rule?.some((rule) => rule.id === name));
      if (known && name !== id) {
        help.textContent = say('table.row-id.known', name);
        return;
      }
      dialog.close();
      if (name !== id) await this.rename(id, name);
    });
    dialog.addEventListener('close', () => dialog.remove());
    document.querySelector('main').append(dialog);
    dialog.showModal();
    input.select();
  }

  /** Everything that is drawn knows rows by their ids, so the table is drawn anew. */
  async rename(id, name) {
    const view = this.modeler.getActiveView().element;
    const rule = view.decisionLogic.rule.find((one) => one.id === id);
    const index = view.decisionLogic.rule.indexOf(rule);
    rule.id = name;
    const text = await this.text();
    await this.modeler.importXML(text);
    await this.modeler.open(this.modeler.getViews().find((one) => one.element.id === view.id));
    this.tools();
    this.showRow(index);
    this.file.changed();
  }
}

function sheet() {
  const made = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, made];
  return made;
}

function textOf(rule) {
  const cells = [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])].map((cell) => cell.text ?? '');
  return [rule.id, rule.description ?? '', ...cells].join(' ').toLowerCase();
}
