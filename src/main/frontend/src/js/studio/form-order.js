// A form written back with its parts and properties in the order of the file, and without what says nothing.

export function inOrderOf(schema, original) {
  const before = JSON.parse(original);
  const known = new Map();
  collect(before, known);
  const { exporter, ...rest } = schema;
  return `${JSON.stringify(ordered(withoutLayout(rest), before, known), null, 2)}\n`;
}

function collect(node, known) {
  for (const component of node.components ?? []) {
    known.set(component.id, component);
    collect(component, known);
  }
}

/** A row of its own is what every part has anyway. */
function withoutLayout(node, known) {
  if (!node.components) return node;
  const rows = new Map();
  for (const { layout } of node.components) rows.set(layout?.row, (rows.get(layout?.row) ?? 0) + 1);
  return {
    ...node,
    components: node.components.map((component) => {
      const { layout, ...rest } = withoutLayout(component, known);
      const alone = layout && rows.get(layout.row) === 1 && !layout.columns;
      return layout && !alone ? { ...rest, layout } : rest;
    }),
  };
}

function ordered(node, before, known) {
  if (Array.isArray(node)) return node.map((one, at) => ordered(one, known.get(one?.id) ?? before?.[at], known));
  if (node === null || typeof node !== 'object') return node;
  const place = Object.keys(before ?? {});
  const at = (name) => (place.includes(name) ? place.indexOf(name) : place.length);
  // New parts say first what they are.
  const rank = (name) => (before ? 0 : ['type', 'id', 'key', 'label'].indexOf(name) + 1 || 9);
  return Object.fromEntries(Object.entries(node)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => at(one) - at(other) || rank(one) - rank(other))
    .map(([name, value]) => [name, ordered(value, before?.[name], known)]));
}
