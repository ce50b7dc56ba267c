// Two versions of a text side by side.
import { MergeView } from '@codemirror/merge';
import { EditorView, lineNumbers } from '@codemirror/view';
import { EditorState } from '@codemirror/state';
import { nonce, say } from './words.js';

export function difference(parent, theirs, mine) {
  const extensions = [
    EditorView.cspNonce.of(nonce), EditorState.readOnly.of(true), EditorView.editable.of(false), lineNumbers(), EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
  ];
  return new MergeView({
    a: { doc: theirs, extensions: [...extensions, named('conflict.theirs')] },
    b: { doc: mine, extensions: [...extensions, named('conflict.mine')] }, parent, collapseUnchanged: { margin: 3, minSize: 6 }, gutter: true,
  });
}

/** What a reader who does not see the two sides hears. */
function named(key) {
  return EditorView.contentAttributes.of({ 'aria-label': say(key) });
}
