// Building blocks in the shape of element templates. Files do not name templates: a step is recognised by what it is.

const valueOf = (element, binding) => {
  if (binding.type === 'property') return element.get(binding.name);
  if (binding.type === 'camunda:property') return properties(element).find((one) => one.name === binding.name)?.value;
  return undefined;
};

export function properties(element) {
  const holder = element.extensionElements?.values?.find((one) => one.$type === 'camunda:Properties');
  return holder?.values ?? [];
}

/** Pickers: forms, letters, moments and processes are chosen among those of the draft. */
export function withChoices(blocks, files) {
  const names = (pattern) => [...new Set(files.map((path) => path.match(pattern)?.[1]).filter(Boolean))].sort();
  const choices = {
    moment: names(/^rules\/([^/]+)\.dmn$/),
    letter: names(/^processes\/letters\/([^/]+)\.en\.txt$/),
    formKey: names(/^processes\/forms\/([^/]+)\.form$/),
    calledElement: names(/^processes\/([^/]+)\.bpmn$/),
  };
  return blocks.map((block) => ({
    ...block,
    properties: block.properties.map((property) => {
      const name = property.binding?.name?.replace('camunda:', '');
      const offered = choices[name?.startsWith('letter') ? 'letter' : name];
      if (!offered || property.type === 'Hidden') return property;
      const none = property.constraints?.notEmpty ? [] : [{ name: '–', value: '' }];
      return { ...property, type: 'Dropdown', choices: [...none, ...offered.map((one) => ({ name: one, value: one }))] };
    }),
  }));
}

/** Marks every step with the block that it is made of, for as long as it is open here. */
export function recognise(definitions, blocks) {
  const visit = (element) => {
    const block = blocks.filter((one) => one.appliesTo.includes(element.$type) || one.elementType?.value === element.$type)
      .map((one) => [score(element, one), one])
      .filter(([points]) => points >= 0)
      .sort((one, other) => other[0] - one[0])[0]?.[1];
    if (block) element.set('camunda:modelerTemplate', block.id);
    for (const child of element.flowElements ?? []) visit(child);
  };
  for (const root of definitions.rootElements ?? []) visit(root);
}

/** How well a step fits a block: what the block fixes must be so, what it lets choose must be among the choices. */
function score(element, block) {
  let points = 0;
  for (const property of block.properties) {
    const value = valueOf(element, property.binding ?? {});
    const fixed = property.type === 'Hidden' && property.value !== undefined;
    if (fixed && value !== property.value) return -1;
    if (fixed) points += 2;
    const choices = property.type === 'Dropdown' ? property.choices.map((one) => one.value) : null;
    if (choices && property.binding.name === 'kind') {
      if (value && !choices.includes(value)) return -1;
      if (value) points += 1;
    }
  }
  return points;
}

const MARKS = /\s+camunda:modelerTemplate(?:Version|Icon)?="[^"]*"/g;

export function withoutMarks(xml) {
  return xml.replace(MARKS, '');
}

/** Everything that the blocks say; it comes in the reader's language. */
export function textsOf(blocks) {
  return new Set(blocks.flatMap((block) => [
    block.name, block.description, ...(block.groups ?? []).map((group) => group.label),
    ...block.properties.flatMap((property) => [property.label, property.description, ...(property.choices ?? []).map((choice) => choice.name)]),
  ]));
}
