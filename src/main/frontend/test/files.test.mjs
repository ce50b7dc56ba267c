// What the editors write back: a file that nobody changed stays as it is, letter by letter.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';
import { DmnModdle } from 'dmn-moddle';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json' with { type: 'json' };
import { withoutMarks } from '../src/js/studio/blocks.js';
import { formatCsv, parseCsv } from '../src/js/studio/csv.js';
import { addInput, blankOutputs, columnsWithoutInput, freeRowId, isRowId, normalise, tidyIds } from '../src/js/studio/dmn-normal.js';
import { faithful } from '../src/js/studio/faithful.js';
import { inOrderOf } from '../src/js/studio/form-order.js';
import { formatTsv, parseTsv } from '../src/js/studio/tsv.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

function files(folder, end) {
  return readdirSync(join(ROOT, folder), { recursive: true }).map(String).filter((name) => name.endsWith(end))
    .map((name) => [`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')]);
}

async function table(text) {
  const model = new DmnModdle();
  const { rootElement } = await model.fromXML(text);
  return rootElement;
}

async function written(definitions, original) {
  const { xml } = await definitions.$model.toXML(definitions, { format: true });
  return faithful(tidyIds(xml, definitions), original);
}

for (const [path, text] of files('rules', '.dmn')) {
  test(`writes ${path} back as it stood`, async () => {
    const definitions = await table(text);
    normalise(definitions);
    assert.equal(await written(definitions, text), text);
  });
}

for (const [path, text] of files('processes', '.bpmn')) {
  test(`writes ${path} back as it stood`, async () => {
    const model = new BpmnModdle({ camunda });
    const { rootElement } = await model.fromXML(text);
    const { xml } = await model.toXML(rootElement, { format: true });
    assert.equal(faithful(withoutMarks(xml), text), text);
  });
}

for (const [path, text] of [...files('rules', '.csv')]) {
  test(`writes ${path} back as it stood`, () => {
    const end = text.endsWith('\n') ? '\n' : '';
    assert.equal(formatCsv(parseCsv(text)) + end, text);
    const retyped = parseCsv(text).map(({ cells }) => ({ cells }));
    assert.deepEqual(parseCsv(formatCsv(retyped)).map((row) => row.cells), retyped.map((row) => row.cells));
  });
}

for (const [path, text] of files('processes/forms', '.form')) {
  test(`writes ${path} back with its parts in their order`, () => {
    const schema = JSON.parse(text);
    const shuffled = Object.fromEntries(Object.entries(schema).reverse());
    shuffled.components = schema.components.map((one, at) => ({ layout: { row: `Row_${at}`, columns: null }, ...Object.fromEntries(Object.entries(one).reverse()) }));
    assert.equal(inOrderOf(shuffled, text), text);
  });
}

test('a blank condition means any, a blank answer is named', async () => {
  const definitions = await table(files('rules', 'satisfaction.dmn')[0][1]);
  const decision = definitions.drgElement.find((one) => one.decisionLogic);
  decision.decisionLogic.rule[0].inputEntry[0].text = '  ';
  decision.decisionLogic.rule[0].outputEntry[0].text = '';
  decision.variable.name = 'other';
  normalise(definitions);
  assert.equal(decision.decisionLogic.rule[0].inputEntry[0].text, '-');
  assert.equal(decision.variable.name, decision.name);
  assert.deepEqual(blankOutputs(decision), [{ rule: 'satisfied-said-yes', column: 'satisfied' }]);
});

test('a new row is called like its table, and never like another row', async () => {
  const definitions = await table(files('rules', 'satisfaction.dmn')[0][1]);
  const decision = definitions.drgElement.find((one) => one.decisionLogic);
  const count = decision.decisionLogic.rule.length;
  const id = freeRowId(decision, (one) => one === `satisfaction-${count + 1}`);
  assert.equal(id, `satisfaction-${count + 2}`);
  assert.ok(isRowId(id));
  assert.ok(!isRowId('DecisionRule_0abc') && !isRowId('Two Words') && !isRowId(''));
});

test('a column that reads a fact gets its input with one click', async () => {
  const [[, text]] = files('rules', 'satisfaction.dmn');
  const definitions = await table(text);
  const decision = definitions.drgElement.find((one) => one.decisionLogic);
  const facts = [{ name: 'tier', type: 'string' }];
  assert.deepEqual(columnsWithoutInput(definitions, decision, facts), []);
  decision.decisionLogic.input[0].inputExpression.text = 'tier';
  const [column] = columnsWithoutInput(definitions, decision, facts);
  assert.equal(column.name, 'tier');
  addInput(definitions, decision, column);
  assert.deepEqual(columnsWithoutInput(definitions, decision, facts), []);
  const after = await written(definitions, text);
  assert.match(after, /<inputData id="input-tier" name="tier"/);
  assert.match(after, /<requiredInput href="#input-tier" \/>/);
  assert.match(after, /dmnElementRef="satisfaction-needs-tier"/);
});

test('cells travel to a spreadsheet and back', () => {
  const cells = [['"GOLD", "PLATINUM"', '-', '[1..5]'], ['two\nlines', 'a "quoted" word', '']];
  assert.deepEqual(parseTsv(formatTsv(cells)), cells);
  assert.deepEqual(parseTsv('"say ""yes"""\t"GOLD"\r\n1\t2\r\n'), [['say "yes"', '"GOLD"'], ['1', '2']]);
});

test('ids that the library made up are named like all others, also where they are referred to', async () => {
  const [[, text]] = files('rules', 'satisfaction.dmn');
  const definitions = await table(text.replaceAll('satisfied-said-yes-in-answers-csat"', 'UnaryTests_0abcdef"'));
  const { xml } = await definitions.$model.toXML(definitions, { format: true });
  assert.match(tidyIds(xml, definitions), /id="satisfied-said-yes-in-answers-csat"/);
});
