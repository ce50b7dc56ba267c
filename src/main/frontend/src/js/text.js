// Guardrails, mappings, calendars and other plain text.
import { clike } from '@codemirror/legacy-modes/mode/clike';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { start } from './studio/shell.js';
import { codeEditor, placeIn } from './studio/code.js';
import { here } from './studio/words.js';

const words = (text) => Object.fromEntries(text.split(' ').map((word) => [word, true]));

// Only what a guardrail may be made of; the gate refuses the rest.
const DRL = clike({
  name: 'drl',
  keywords: words('package import global rule when then end not in contains'),
  types: words('Failure Customer Conversation Recovery Means Proposed InTurn Authority'),
  atoms: words('true false null RULES AGENT SUPERVISOR MANAGER'),
  builtin: words('objections cap ask askAnother refuse note units percentOfLoss'),
  hooks: {
    '@': (stream) => {
      stream.eatWhile(/\w/);
      return 'meta';
    },
    '"': (stream) => {
      while (!stream.eol() && stream.next() !== '"');
      return 'string';
    },
  },
});
const CALLS = ['objections.note($remedy);', 'objections.cap($remedy, );', 'objections.ask($remedy, Authority.SUPERVISOR);', 'objections.askAnother($remedy, Authority.AGENT);', 'objections.refuse($remedy);'];
const GROUPS = { Failure: 'failure', Customer: 'customer', Conversation: 'conversation', Recovery: 'recovery', Means: 'means' };

const RULE = `rule "name-of-the-rule"
    @en("")
    @ar("")
when
    $remedy : Proposed()
then
    objections.note($remedy);
end
`;

/** Facts inside a pattern; patterns, calls and whole rules outside of one. */
function guardrailWords(context) {
  const word = context.matchBefore(/[$@\w.]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const before = context.state.sliceDoc(Math.max(0, word.from - 400), word.from);
  const pattern = /(\w+)\s*\([^()]*(?:\([^()]*\)[^()]*)*$/.exec(before)?.[1];
  const facts = here.facts.filter((fact) => fact.path.startsWith(`${GROUPS[pattern]}.`));
  const options = facts.length > 0
    ? facts.flatMap((fact) => [
      { label: fact.name, type: 'property', detail: fact.type },
      ...fact.values.map((value) => ({ label: `${fact.name} == "${value}"`, type: 'constant', boost: -1 })),
    ])
    : [
      ...[...Object.keys(GROUPS), 'Proposed', 'InTurn'].map((label) => ({ label, type: 'class', apply: `${label}()` })),
      ...CALLS.map((label) => ({ label, type: 'function' })),
      { label: 'rule', type: 'keyword', detail: '…', apply: RULE },
    ];
  return { from: word.from, options, validFor: /^[$@\w.]*$/ };
}

/** In a mapping: the fields of facts that a column may feed. */
function factPaths(context) {
  const word = context.matchBefore(/[\w.]+/);
  return word ? { from: word.from, options: here.facts.map((fact) => ({ label: fact.path, type: 'property', detail: fact.type })), validFor: /^[\w.]*$/ } : null;
}

start(async ({ file, host }) => {
  const drl = file.path.endsWith('.drl');
  const yml = /\.ya?ml$/.test(file.path);
  const editor = codeEditor({
    parent: host,
    doc: file.content,
    language: drl ? DRL : yml ? yaml : file.path.endsWith('.json') ? json : null,
    label: file.path,
    readOnly: !here.open,
    changed: () => file.changed(),
    complete: drl ? [guardrailWords] : yml ? [factPaths] : [],
    wrap: !drl,
  });
  file.text = async () => editor.text();
  const named = (place) => (drl ? new RegExp(`^\\s*rule\\s+"${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`) : null);
  const find = (place) => placeIn(editor.text(), place, named);
  return {
    undo: editor.undo,
    redo: editor.redo,
    goTo(place) {
      const at = find(place);
      if (at) editor.goTo(at.from);
      return Boolean(at);
    },
    show(findings) {
      editor.mark(findings.map((one) => ({ ...(find(one.place) ?? { from: 0, to: 0 }), severity: one.blocking ? 'error' : 'warning', message: `${one.code} ${one.sentence}` })));
    },
  };
});
