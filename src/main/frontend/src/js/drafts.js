// What somebody typed into a form is kept until the form has arrived: over a reload, a refusal, a lost connection, an
// expired session, or work that somebody else finished meanwhile. It is kept in this tab only, and goes with it.
const PREFIX = 'draft/';
const who = () => document.querySelector('meta[name="who"]')?.content ?? '';
const address = (name) => `${PREFIX}${who()}/${name}`;
const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, entries, sent) {
  if (entries.length === 0) {
    sessionStorage.removeItem(key);
    return;
  }
  try {
    sessionStorage.setItem(key, JSON.stringify({ entries, sent }));
  } catch {
    // A full store keeps what it has; the page itself still holds what was typed.
  }
}

const SKIPPED = new Set(['hidden', 'submit', 'button', 'file', 'password', 'image', 'reset']);
const fields = (form) => [...form.elements].filter((one) => one.name && one.type && !SKIPPED.has(one.type));
const ticks = (field) => field.type === 'checkbox' || field.type === 'radio';
const identity = (field) => (ticks(field) ? `${field.name}=${field.value}` : field.name);

/** Whether a person made it what it is. */
function differs(field) {
  if (ticks(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== 'SELECT') return field.value !== field.defaultValue;
  const usual = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
  return field.value !== usual?.value;
}

function label(field) {
  const words = field.labels?.[0] ?? field.closest('fieldset')?.querySelector('legend');
  return words?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

function put(field, entry) {
  if (ticks(field)) {
    const changed = field.checked !== entry.checked;
    field.checked = entry.checked;
    return changed;
  }
  const before = field.value;
  field.value = entry.value;
  // What is offered no longer cannot be chosen.
  if (field.tagName === 'SELECT' && field.selectedIndex < 0) field.value = before;
  return field.value !== before;
}

const words = (entries) => entries.filter((entry) => !('checked' in entry) && entry.value.trim() !== '');

function list(place, entries) {
  place.hidden = entries.length === 0;
  place.querySelector('dl').replaceChildren(...entries.flatMap(({ label: name, value, shown }) => {
    const term = document.createElement('dt');
    term.textContent = name;
    const said = document.createElement('dd');
    said.className = 'said';
    said.dir = 'auto';
    said.textContent = shown ?? value;
    return [term, said];
  }));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = address(form.dataset.draft);
    this.said = form.querySelector('[data-draft-said]');
    const stored = read(this.key);
    this.entries = new Map((stored?.entries ?? []).map((entry) => [entry.id, entry]));
    // A page that gives back what was sent knows better, except for what was on its way to its place.
    const waits = [...this.entries.values()].filter((entry) => entry.waits).map((entry) => entry.id);
    if ('draftTyped' in form.dataset) this.fill(waits);
    else if (stored && this.fill()) this.tell();
    if (stored) this.keep(false);
    form.addEventListener('input', () => this.keep(false));
    form.addEventListener('change', () => this.keep(false));
    // A part of the form that the server made anew may bring the place of what had none.
    form.addEventListener('renewed', () => {
      this.fill(this.waiting);
      if (this.told) this.tellHomeless();
      this.keep(false);
    });
    this.said?.querySelector('[data-draft-forget]').addEventListener('click', () => {
      this.entries.clear();
      sessionStorage.removeItem(this.key);
      // Browsers, too, give back after a reload what stood in a form.
      form.reset();
      location.reload();
    });
  }

  keep(sent) {
    for (const field of fields(this.form)) {
      const id = identity(field);
      if (!this.entries.has(id) && !differs(field)) continue;
      const entry = { id, name: field.name, value: field.value };
      if (ticks(field)) entry.checked = field.checked;
      else entry.label = label(field);
      if (field.tagName === 'SELECT') entry.shown = field.selectedOptions[0]?.text;
      this.entries.set(id, entry);
    }
    this.waiting = this.homeless().map((entry) => entry.id);
    for (const entry of this.entries.values()) entry.waits = this.waiting.includes(entry.id);
    write(this.key, [...this.entries.values()], sent);
  }

  /** @return whether anything is back now that was not there */
  fill(only) {
    let changed = false;
    for (const field of fields(this.form)) {
      const entry = this.entries.get(identity(field));
      if (entry && (!only || only.includes(entry.id))) changed = put(field, entry) || changed;
    }
    return changed || this.homeless().length > 0;
  }

  /** What has no place in the form. */
  homeless() {
    const here = new Set(fields(this.form).map(identity));
    return words([...this.entries.values()]).filter((entry) => !here.has(entry.id));
  }

  tell() {
    this.told = true;
    for (let fold = this.form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    if (this.said) this.said.hidden = false;
    for (const type of ['input', 'change']) this.form.dispatchEvent(new Event(type, { bubbles: true }));
    // Where the server is asked for a part of the form, it is waited for.
    if (!this.form.querySelector('[data-weigh]')) this.tellHomeless();
  }

  tellHomeless() {
    const place = this.said?.querySelector('[data-draft-homeless]');
    if (place) list(place, this.homeless());
  }
}

/** Shows what is kept, and keeps what is typed; what others typed in this tab before is forgotten. */
export function watchDrafts() {
  if (who()) kept().filter((key) => !key.startsWith(address(''))).forEach((key) => sessionStorage.removeItem(key));
  // What was sent has arrived where the next page says so.
  if (document.querySelector('#flash .tone-good')) {
    kept().filter((key) => read(key)?.sent).forEach((key) => sessionStorage.removeItem(key));
  }
  const drafts = new Map([...document.querySelectorAll('form[data-draft]')].map((form) => [form, new Draft(form)]));
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) drafts.get(event.target)?.keep(true);
  });
  // What was typed for work that cannot be done from here any more.
  for (const place of document.querySelectorAll('[data-draft-orphan]')) {
    list(place, words(read(address(place.dataset.draftOrphan))?.entries ?? []).filter((entry) => entry.label));
  }
  document.querySelector('form[action$="/sign-out"]')?.addEventListener('submit', () => {
    kept().forEach((key) => sessionStorage.removeItem(key));
  });
}
