// What a table must be before it is stored, so that it means the same to every engine. Works on the model of dmn-moddle.

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const GENERATED = /^(UnaryTests|LiteralExpression|InputClause|OutputClause|DecisionRule|InformationRequirement|InputData|Decision|DMNShape|DMNEdge)_/;
// Names inside a cell or column that are not facts: words and functions of FEEL, and texts.
const TEXT = /"[^"]*"/g;
const NAME = /[A-Za-z_][A-Za-z0-9_.]*/g;

export const isRowId = (id) => ID.test(id ?? '');

const tables = (definitions) => (definitions.drgElement ?? []).filter((one) => one.decisionLogic?.$type === 'dmn:DecisionTable');

/** Blank conditions mean "any"; a decision's variable is called like the decision; every row has a name. */
export function normalise(definitions) {
  for (const decision of (definitions.drgElement ?? []).filter((one) => one.$type === 'dmn:Decision')) {
    if (decision.variable && decision.variable.name !== decision.name) decision.variable.name = decision.name;
    if (!decision.variable) {
      decision.variable = decision.$model.create('dmn:InformationItem', { id: `${decision.id}-variable`, name: decision.name });
      decision.variable.$parent = decision;
    }
  }
  for (const decision of tables(definitions)) {
    for (const rule of decision.decisionLogic.rule ?? []) {
      for (const entry of rule.inputEntry ?? []) if (!(entry.text ?? '').trim()) entry.text = '-';
      for (const entry of rule.outputEntry ?? []) entry.text ??= '';
    }
  }
}

/** A free name for a new row: that of its decision and a number. */
export function freeRowId(decision, taken) {
  const stem = decision.id.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'row';
  for (let number = (decision.decisionLogic.rule ?? []).length + 1; ; number++) {
    if (!taken(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}

/** Ids that the editor made up, in the way that the files name things. */
export function tidyIds(xml, definitions) {
  const names = new Map();
  const taken = (id) => xml.includes(`id="${id}"`) || [...names.values()].includes(id);
  const name = (element, wish) => {
    if (!element?.id || !GENERATED.test(element.id)) return;
    let free = wish;
    for (let number = 2; taken(free); number++) free = `${wish}-${number}`;
    names.set(element.id, free);
  };
  for (const decision of tables(definitions)) {
    const { input = [], output = [], rule = [] } = decision.decisionLogic;
    const inputName = (one) => slug(one.inputExpression?.text) || 'column';
    for (const one of input) {
      name(one, `${decision.id}-in-${inputName(one)}`);
      name(one.inputExpression, `${decision.id}-in-${inputName(one)}-expression`);
    }
    for (const one of output) name(one, `${decision.id}-out-${slug(one.name) || 'column'}`);
    for (const row of rule) {
      (row.inputEntry ?? []).forEach((entry, at) => name(entry, `${row.id}-in-${input[at] ? inputName(input[at]) : at + 1}`));
      (row.outputEntry ?? []).forEach((entry, at) => name(entry, `${row.id}-out-${slug(output[at]?.name) || at + 1}`));
    }
  }
  return xml.replace(/(\b(?:id|dmnElementRef)=")([^"]+)"|(href="#)([^"]+)"/g, (whole, before, id, href, target) => {
    const known = names.get(id ?? target);
    return known ? `${before ?? href}${known}"` : whole;
  });
}

const slug = (text) => (text ?? '').replaceAll('.', '-').replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');

// ---- what can be mended with one click

/** The facts that a column reads: the first part of each name; answers.NAME is read from `answers`. */
function factsIn(text) {
  const names = (text ?? '').replace(TEXT, '').match(NAME) ?? [];
  return [...new Set(names.map((name) => name.split('.')[0]))];
}

/** Columns whose expression is the plain name of something that the decision does not name as needed. */
export function columnsWithoutInput(definitions, decision, facts) {
  const byId = new Map((definitions.drgElement ?? []).map((one) => [one.id, one]));
  const needed = new Set((decision.informationRequirement ?? []).map((requirement) => {
    const href = (requirement.requiredInput ?? requirement.requiredDecision)?.href ?? '';
    return byId.get(href.slice(href.indexOf('#') + 1))?.name;
  }));
  const columns = [];
  for (const input of decision.decisionLogic.input ?? []) {
    const [name, ...others] = factsIn(input.inputExpression?.text);
    if (!name || others.length > 0 || needed.has(name) || columns.some((one) => one.name === name)) continue;
    const fact = (facts ?? []).find((one) => one.name === name);
    columns.push({ name, type: name === 'answers' ? undefined : fact?.type || input.inputExpression.typeRef, label: input.label });
  }
  return columns;
}

/** Columns that say another type than the fact that they read. */
export function columnsOfWrongType(decision, facts) {
  return (decision.decisionLogic.input ?? []).flatMap((input) => {
    const name = input.inputExpression?.text?.trim();
    const fact = (facts ?? []).find((one) => one.name === name);
    const said = input.inputExpression?.typeRef;
    return fact?.type && said !== fact.type && said !== 'date' ? [{ input, name, type: fact.type }] : [];
  });
}

export function blankOutputs(decision) {
  const outputs = decision.decisionLogic.output ?? [];
  return (decision.decisionLogic.rule ?? []).flatMap((rule) => (rule.outputEntry ?? []).flatMap((entry, at) => (
    (entry.text ?? '').trim() ? [] : [{ rule: rule.id, column: outputs[at]?.name ?? outputs[at]?.label ?? at + 1 }]
  )));
}

/** Names a fact as the decision's input: the input itself, the line to it, and both in the drawing. */
export function addInput(definitions, decision, { name, type, label }) {
  const model = definitions.$model;
  const create = (kind, parent, attributes) => {
    const made = model.create(kind, attributes);
    made.$parent = parent;
    return made;
  };
  let data = definitions.drgElement.find((one) => one.$type === 'dmn:InputData' && one.name === name);
  if (!data) {
    data = create('dmn:InputData', definitions, { id: `input-${name}`, name });
    if (label) data.label = label;
    data.variable = create('dmn:InformationItem', data, { id: `input-${name}-variable`, name, ...(type ? { typeRef: type } : {}) });
    const first = definitions.drgElement.findIndex((one) => one.$type !== 'dmn:InputData');
    definitions.drgElement.splice(first < 0 ? definitions.drgElement.length : first, 0, data);
  }
  const requirement = create('dmn:InformationRequirement', decision, { id: `${decision.id}-needs-${name}` });
  requirement.requiredInput = create('dmn:DMNElementReference', requirement, { href: `#${data.id}` });
  decision.get('informationRequirement').push(requirement);
  draw(definitions, decision, data, requirement, create);
}

function draw(definitions, decision, data, requirement, create) {
  const diagram = definitions.dmnDI?.diagrams?.[0];
  const elements = diagram?.diagramElements ?? [];
  const target = elements.find((one) => one.dmnElementRef === decision);
  if (!target) return;
  let shape = elements.find((one) => one.dmnElementRef === data);
  if (!shape) {
    const right = Math.max(...elements.filter((one) => one.bounds).map((one) => one.bounds.x + one.bounds.width));
    const bottom = Math.max(...elements.filter((one) => one.bounds).map((one) => one.bounds.y));
    shape = create('dmndi:DMNShape', diagram, { id: `shape-${data.id}`, dmnElementRef: data });
    shape.bounds = create('dc:Bounds', shape, { height: 45, width: 125, x: right + 30, y: bottom });
    elements.push(shape);
  }
  const edge = create('dmndi:DMNEdge', diagram, { id: `edge-${requirement.id}`, dmnElementRef: requirement });
  const middle = target.bounds.x + target.bounds.width / 2;
  const below = target.bounds.y + target.bounds.height;
  edge.waypoint = [[shape.bounds.x + 62, shape.bounds.y], [middle, below + 20], [middle, below]]
    .map(([x, y]) => create('dc:Point', edge, { x, y }));
  elements.push(edge);
}
