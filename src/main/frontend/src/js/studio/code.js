// Editors of plain text: one set of colours, keys and words for all of them.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorSelection, EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { TEXT_WORDS } from './arabic/text.js';
import { arabic, nonce } from './words.js';

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: 'var(--petrol)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good-ink)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--gold-ink)' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.meta, tags.annotation], color: 'var(--gold-ink)' },
  { tag: [tags.typeName, tags.className, tags.propertyName], color: 'var(--petrol)' },
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.variableName, color: 'inherit' },
  { tag: tags.invalid, color: 'var(--bad-ink)' },
]);

const LOOK = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', height: '100%', fontSize: '0.875rem' },
  '.cm-scroller': { fontFamily: 'var(--editor-font, var(--mono))', lineHeight: '1.6' },
  '.cm-gutters': { backgroundColor: 'var(--sunk)', color: 'var(--ink-soft)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--petrol-wash) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--petrol-wash)' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--petrol) 28%, transparent) !important' },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--sheet)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--petrol-fill)', color: '#fff' },
  '.cm-matchingBracket': { backgroundColor: 'var(--gold-wash) !important', outline: '1px solid var(--gold)' },
});

/** Words of the text, but never the one that stands there already: accepting it would swallow a line's end. */
function otherWords(context) {
  const found = completeAnyWord(context);
  const typed = found && context.state.sliceDoc(found.from, context.pos);
  // Without a pattern that keeps it valid, it is asked again with each letter.
  return found && { from: found.from, options: found.options.filter((one) => one.label !== typed) };
}

/**
 * @param {object} wish parent, doc, language (stream parser), direction, label, readOnly, changed(text), complete (sources), wrap
 */
export function codeEditor({ parent, doc, language, direction = 'ltr', label, readOnly, changed, complete = [], wrap = false }) {
  const view = new EditorView({
    parent,
    doc,
    extensions: [
      EditorView.cspNonce.of(nonce),
      lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), drawSelection(), history(), bracketMatching(),
      closeBrackets(), highlightSelectionMatches(), lintGutter(),
      autocompletion({ override: [...complete, otherWords] }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      language ? StreamLanguage.define(language) : [],
      syntaxHighlighting(COLOURS), LOOK,
      wrap ? EditorView.lineWrapping : [],
      EditorView.perLineTextDirection.of(true),
      EditorView.contentAttributes.of({ dir: direction, tabindex: '0', 'aria-label': label, spellcheck: 'false' }),
      EditorState.readOnly.of(Boolean(readOnly)),
      EditorView.editable.of(!readOnly),
      arabic ? EditorState.phrases.of(TEXT_WORDS) : [],
      EditorView.updateListener.of((update) => update.docChanged && changed?.()),
    ],
  });
  return {
    view,
    text: () => view.state.doc.toString(),
    undo: () => undo(view),
    redo: () => redo(view),
    /** Puts the cursor there and shows it. */
    goTo(from, to = from) {
      view.dispatch({ selection: EditorSelection.single(from, to), effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    mark(diagnostics) {
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
  };
}

/** Where a finding's place is in a text: a line by its number, or the line that names it. */
export function placeIn(text, place, named = () => null) {
  const lines = text.split('\n');
  const start = (line) => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  if (/^\d+$/.test(place) && Number(place) <= lines.length && Number(place) > 0) {
    const line = Number(place) - 1;
    return { from: start(line), to: start(line) + lines[line].length };
  }
  const pattern = named(place);
  const line = lines.findIndex((one) => (pattern ? pattern.test(one) : place && one.includes(place)));
  return line < 0 ? null : { from: start(line), to: start(line) + lines[line].length };
}
