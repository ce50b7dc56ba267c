// Forms for people: form-js' editor with the fields that an agent's page can show, and Arabic words beside the English.
import { FormEditor } from '@bpmn-io/form-js-editor';
import { start } from './studio/shell.js';
import { ask } from './studio/draft.js';
import { inOrderOf } from './studio/form-order.js';
import { inWords } from './studio/form-words.js';
import { fonts, here, make, say } from './studio/words.js';

const SHOWN = new Set([
  'default', 'textfield', 'textarea', 'number', 'checkbox', 'radio', 'select', 'checklist', 'taglist', 'datetime', 'text', 'separator', 'spacer', 'group',
]);
// What an agent's page does not keep to is not offered.
const GROUPS = new Set(['general', 'staticValues', 'staticOptions', 'condition', 'layout', 'validation', 'constraints']);
const NEVER = new Set(['disabled', 'readonly', 'optionsSource-select', 'repeat', 'groupAppearance', 'timeSerializingFormat', 'disallowPassedDates', 'useLegacyValidation']);

function onlyKnown(formFields, propertiesPanel) {
  for (const type of Object.keys(formFields._formFields)) {
    if (!SHOWN.has(type)) delete formFields._formFields[type];
  }
  propertiesPanel.registerProvider({
    getGroups: () => (groups) => groups
      .filter((group) => GROUPS.has(group.id))
      .map((group) => ({ ...group, shouldOpen: group.id === 'general', entries: group.entries?.filter((entry) => !NEVER.has(entry.id)) })),
  }, 100);
}
onlyKnown.$inject = ['formFields', 'propertiesPanel'];

start(async ({ file, host }) => {
  await fonts();
  const canvas = make('div', { class: 'form-canvas', dir: 'ltr' });
  const side = make('div', { class: 'studio-panel', dir: document.documentElement.dir });
  const words = make('section', { class: 'form-arabic', hidden: true, 'aria-label': say('form.arabic') });
  const panel = make('div');
  side.append(words, panel);
  host.append(canvas, side);
  const original = file.content;
  const editor = new FormEditor({
    container: canvas,
    propertiesPanel: { parent: panel },
    additionalModules: [{ __init__: ['onlyKnown'], onlyKnown: ['type', onlyKnown] }],
  });
  await editor.importSchema(JSON.parse(original));
  inWords(host, () => editor.saveSchema());
  const arabic = new ArabicWords(editor, words);
  editor.on('selection.changed', ({ selection }) => arabic.show(selection));
  editor.on('changed', () => arabic.refresh());
  // Who adds a field by keyboard goes on with it.
  editor.on('formField.add', ({ formField }) => setTimeout(() => {
    const added = editor.get('formFieldRegistry').get(formField.id);
    if (!added) return;
    if (added.key) editor.get('modeling').editFormField(added, 'key', freeKey(editor, added));
    editor.get('selection').set(editor.get('formFieldRegistry').get(added.id));
  }));
  if (here.open) {
    let before = JSON.stringify(editor.saveSchema());
    editor.on('changed', () => {
      const now = JSON.stringify(editor.saveSchema());
      if (now === before) return;
      before = now;
      file.changed();
    });
    file.text = async () => inOrderOf(editor.saveSchema(), original);
  } else {
    canvas.inert = true;
    side.inert = true;
  }
  document.getElementById('editor-tools').append(make('button', { type: 'button', class: 'btn btn-quiet btn-sm', id: 'form-preview', onclick: () => preview(file) }, say('form.preview')));
  return {
    undo: () => editor.get('commandStack').undo(),
    redo: () => editor.get('commandStack').redo(),
    goTo(place) {
      const key = place.split('=')[0];
      const field = editor.get('formFieldRegistry').getAll().find((one) => one.key === key || one.id === key);
      if (field) editor.get('selection').set(field);
      return Boolean(field);
    },
  };
});

/** A key that the house takes: the library's own have an underscore. */
function freeKey(editor, field) {
  const keys = new Set(editor.get('formFieldRegistry').getAll().map((one) => one.key));
  let number = 1;
  while (keys.has(`${field.type}${number}`)) number++;
  return `${field.type}${number}`;
}

/** What stands beside the English words of the selected field. */
class ArabicWords {
  constructor(editor, panel) {
    this.editor = editor;
    this.panel = panel;
  }

  show(field) {
    this.field = field;
    this.drawn = null;
    this.refresh();
    // A new field is selected before it is known.
    setTimeout(() => this.refresh());
  }

  refresh() {
    const field = this.field && this.editor.get('formFieldRegistry').get(this.field.id);
    this.panel.hidden = !field || field.type === 'default' || ['separator', 'spacer'].includes(field.type);
    if (this.panel.hidden) return;
    this.field = field;
    const options = (field.values ?? []).map((one) => `${one.value}=${one.label}`).join('|');
    const shape = `${field.id} ${Boolean(field.description)} ${options}`;
    // Typing must not take the field away from under the fingers.
    if (this.drawn === shape) return;
    this.drawn = shape;
    const entry = (name, label, value, write) => {
      const input = make('input', { class: 'form-control form-control-sm', id: `arabic-${name}`, dir: 'rtl', lang: 'ar', value: value ?? '', oninput: () => write(input.value) });
      return [make('label', { for: input.id, dir: 'auto' }, label), input];
    };
    const property = (name) => (value) => {
      const properties = { ...this.field.properties };
      if (value) properties[name] = value;
      else delete properties[name];
      this.editor.get('modeling').editFormField(this.field, { properties });
    };
    const said = field.type === 'text' ? 'text-ar' : 'label-ar';
    this.panel.replaceChildren(
      ...entry('label', say('form.arabic'), field.properties?.[said], property(said)),
      ...(field.description ? entry('description', say('form.arabic-hint'), field.properties?.['description-ar'], property('description-ar')) : []),
      ...(field.values ?? []).flatMap((option, at) => entry(`option-${at}`, `${say('form.arabic')}: ${option.label}`, option['label-ar'], (value) => {
        this.editor.get('modeling').editFormField(this.field, { values: this.field.values.map((one, index) => (index === at ? { ...one, 'label-ar': value } : one)) });
      })));
  }
}

/** The form as the server shows it to an agent. */
async function preview(file) {
  const body = make('div', { class: 'answers form-preview' });
  const dialog = make('dialog', { class: 'studio-dialog', 'aria-labelledby': 'form-preview-title' },
    make('h2', { id: 'form-preview-title' }, say('form.preview')), body,
    make('div', { class: 'actions' }, make('button', { type: 'button', class: 'btn btn-primary', onclick: () => dialog.close() }, say('close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.querySelector('main').append(dialog);
  dialog.showModal();
  try {
    const answer = await ask('form-preview', { path: file.path, content: await file.text() });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    body.replaceChildren(...page.body.childNodes);
  } catch (error) {
    body.textContent = error.message;
  }
}
