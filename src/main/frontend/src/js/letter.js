// A letter in both languages, side by side, and as the customer reads it.
import { start } from './studio/shell.js';
import { codeEditor, placeIn } from './studio/code.js';
import { ask } from './studio/draft.js';
import { here, make, say } from './studio/words.js';

const LANGUAGES = ['en', 'ar'];
const ALWAYS_TAGS = ['NAMED', 'UNNAMED', 'OWNED', 'REOPENED', 'PERSONAL_CONTACT', 'RESOLUTION'];

// The first line is the subject; {values} and [TAGS] stand out from what the customer reads.
const LETTER = {
  name: 'letter',
  startState: () => ({ subject: true }),
  token(stream, state) {
    if (state.subject) {
      if (stream.sol() && stream.match(/[^{[]+/)) return 'heading';
      if (stream.eol()) state.subject = false;
    }
    if (stream.match(/\{[^{}\n]*}/)) return 'atom';
    if (stream.sol() && stream.match(/\[(?:\/|[A-Z][A-Z_ ]*)]\s*$/)) return 'keyword';
    stream.next();
    stream.match(/[^{[]*/);
    return null;
  },
  blankLine: (state) => {
    state.subject = false;
  },
};

start(async ({ file, host, openFile }) => {
  const own = /\.(en|ar)\.txt$/.exec(file.path)[1];
  const path = (language) => file.path.replace(/\.(en|ar)\.txt$/, `.${language}.txt`);
  const editors = {};
  const files = {};
  const panes = make('div', { class: 'letter-panes' });
  const preview = new Preview(() => Object.fromEntries(LANGUAGES.map((language) => [language, editors[language].text()])));
  host.append(panes, preview.element);
  for (const language of LANGUAGES) {
    files[language] = language === own ? file : await openFile(path(language));
    const direction = language === 'ar' ? 'rtl' : 'ltr';
    const pane = make('section', { class: 'letter-pane', lang: language, dir: direction, 'aria-label': say(`letter.${language}`) });
    pane.append(make('h2', { class: 'small soft' }, say(`letter.${language}`)));
    const body = make('div', { class: 'letter-text' });
    pane.append(body);
    panes.append(pane);
    editors[language] = codeEditor({
      parent: body,
      doc: files[language].content,
      language: LETTER,
      direction,
      label: say(`letter.${language}`),
      readOnly: !here.open,
      changed: () => {
        files[language].changed();
        preview.later();
      },
      complete: [values, tags(() => Object.values(editors).map((one) => one.text()).join('\n'))],
      wrap: true,
    });
    files[language].text = async () => editors[language].text();
  }
  preview.show();
  let last = own;
  for (const language of LANGUAGES) editors[language].view.contentDOM.addEventListener('focus', () => { last = language; });
  const languageOf = (given) => LANGUAGES.find((language) => path(language) === given) ?? own;
  return {
    undo: () => editors[last].undo(),
    redo: () => editors[last].redo(),
    goTo(place, given) {
      const editor = editors[languageOf(given)];
      const at = place === 'subject' ? { from: 0 } : placeIn(editor.text(), place);
      editor.goTo(at?.from ?? 0);
      return true;
    },
    show(findings) {
      for (const language of LANGUAGES) {
        editors[language].mark(findings.filter((one) => one.file === path(language)).map((one) => ({
          ...(placeIn(editors[language].text(), one.place) ?? { from: 0, to: 0 }), severity: one.blocking ? 'error' : 'warning', message: `${one.code} ${one.sentence}`,
        })));
      }
    },
  };
});

/** After a brace: what a letter can name. */
function values(context) {
  const word = context.matchBefore(/\{[\w.]*/);
  if (!word) return null;
  const known = Object.entries(here.placeholders).map(([name, detail]) => ({ label: `{${name}}`, detail, type: 'variable' }));
  return {
    from: word.from,
    options: [...known, { label: '{amount.REFUND}', type: 'variable' }, { label: '{amount.CREDIT}', type: 'variable' }, { label: '{item.GIFT}', type: 'variable' }]
      .map((one) => ({ ...one, apply: complete })),
    validFor: /^\{[\w.]*$/,
  };
}

// The editor closed the brace already.
function complete(view, completion, from, to) {
  const after = view.state.sliceDoc(to, to + 1) === '}' ? to + 1 : to;
  view.dispatch({ changes: { from, to: after, insert: completion.label }, selection: { anchor: from + completion.label.length } });
}

/** After a bracket at the start of a line: what may hold. */
function tags(text) {
  return (context) => {
    const word = context.matchBefore(/^\s*\[[A-Z_]*/);
    if (!word) return null;
    const used = [...text().matchAll(/^\[([A-Z][A-Z_ ]*)]/gm)].flatMap((one) => one[1].split(/ +/));
    const all = [...new Set([...ALWAYS_TAGS, ...used])].map((label) => ({ label: `[${label}]`, type: 'keyword', apply: closing }));
    return { from: word.from, options: [...all, { label: '[/]', type: 'keyword', apply: closing }], validFor: /^\s*\[[A-Z_/]*$/ };
  };
}

function closing(view, completion, from, to) {
  const after = view.state.sliceDoc(to, to + 1) === ']' ? to + 1 : to;
  view.dispatch({ changes: { from, to: after, insert: completion.label }, selection: { anchor: from + completion.label.length } });
}

/** Both languages as they would be sent: to a made-up customer for whom the chosen tags hold, or in a real case. */
class Preview {
  constructor(texts) {
    this.texts = texts;
    this.holding = null;
    this.tags = make('div', { class: 'letter-tags', role: 'group', 'aria-label': say('letter.tags') });
    this.reference = make('input', { class: 'form-control form-control-sm', id: 'letter-case', dir: 'ltr', placeholder: 'SR-…', 'aria-describedby': 'letter-case-hint' });
    this.reference.addEventListener('change', () => this.show());
    this.letters = make('div', { class: 'letter-shown', 'aria-live': 'polite' });
    this.element = make('aside', { class: 'letter-preview', dir: document.documentElement.dir, 'aria-labelledby': 'letter-preview-title' },
      make('h2', { id: 'letter-preview-title' }, say('letter.preview')),
      make('div', { class: 'field' }, make('label', { class: 'form-label small', for: 'letter-case' }, say('letter.case')), this.reference,
        make('div', { class: 'form-text', id: 'letter-case-hint' }, say('letter.case.hint'))),
      this.tags, this.letters);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), 700);
  }

  async show() {
    try {
      const answer = await ask('letter-preview', { texts: this.texts(), tags: [...(this.holding ?? ['NAMED'])], reference: this.reference.value });
      const { tags, letters } = await answer.json();
      this.drawTags(tags);
      this.letters.replaceChildren(...LANGUAGES.filter((language) => letters[language]).map((language) => make('article', { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' },
        make('h3', {}, letters[language].subject || '–'), make('p', { class: 'said' }, letters[language].body))));
    } catch (error) {
      this.letters.replaceChildren(make('p', { class: 'field-error', dir: 'auto' }, error.message));
    }
  }

  drawTags(all) {
    this.holding ??= new Set(all.includes('NAMED') ? ['NAMED'] : []);
    const names = all.join(' ');
    if (this.drawn === names) return;
    this.drawn = names;
    this.tags.replaceChildren(...all.map((tag) => {
      const box = make('input', { type: 'checkbox', class: 'form-check-input', checked: this.holding.has(tag) });
      box.addEventListener('change', () => {
        if (box.checked) this.holding.add(tag);
        else this.holding.delete(tag);
        this.show();
      });
      return make('label', { class: 'option' }, box, ' ', make('bdi', { dir: 'ltr' }, tag));
    }));
  }
}
