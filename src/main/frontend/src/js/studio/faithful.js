// The editors' writers order attributes in their own way. Written back as the analyst's file had them, a change shows in
// a comparison as the lines that changed and nothing else.

const TAG = /<([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g;
const FIRST = ['id', 'name', 'label'];
// What the writers leave out because it is so anyway. Where the analyst's file said it, it is said again.
const DEFAULTS = { hitPolicy: 'UNIQUE', isInterrupting: 'true', cancelActivity: 'true' };

/**
 * The written text with every element's attributes in the order of the original.
 *
 * @param {string} written what a writer made of the model
 * @param {string} original the file as it was read
 */
export function faithful(written, original) {
  const orders = new Map();
  for (const [, tag, attributes] of original.matchAll(TAG)) {
    const names = [...attributes.matchAll(ATTRIBUTE)];
    orders.set(key(tag, names), names.map((one) => one[1]));
  }
  const text = written.replace(TAG, (whole, tag, attributes, end) => {
    const found = [...attributes.matchAll(ATTRIBUTE)];
    const order = orders.get(key(tag, found)) ?? FIRST;
    for (const [name, value] of Object.entries(DEFAULTS)) {
      if (order.includes(name) && !found.some((one) => one[1] === name)) found.push([`${name}="${value}"`, name, value]);
    }
    if (found.length < 2) return whole;
    const place = ([, name]) => {
      const at = order.indexOf(name);
      return at < 0 ? order.length + found.findIndex((one) => one[1] === name) : at;
    };
    const sorted = [...found].sort((one, other) => place(one) - place(other));
    return `<${tag} ${sorted.map((one) => one[0]).join(' ')}${end ? ' /' : ''}>`;
  });
  return withEnd(inOrder(text, original), original);
}

const withEnd = (text, original) => (original.endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text);

const PLANE = /(<bpmndi:BPMNPlane [^>]*>\n)([\s\S]*?)( *<\/bpmndi:BPMNPlane>)/;
const DRAWN = / {6}<bpmndi:(\w+) id="([^"]+)"[^>]*(?:\/>\n|>\n[\s\S]*?\n {6}<\/bpmndi:\1>\n)/g;

/** What is drawn stands in the order in which it stood before; what is new comes last. */
function inOrder(text, original) {
  const before = [...(PLANE.exec(original)?.[2] ?? '').matchAll(DRAWN)].map((one) => one[2]);
  if (before.length === 0) return text;
  return text.replace(PLANE, (whole, open, inside, close) => {
    const drawn = [...inside.matchAll(DRAWN)];
    if (drawn.map((one) => one[0]).join('') !== inside) return whole;
    const place = (one) => (before.includes(one[2]) ? before.indexOf(one[2]) : before.length + drawn.indexOf(one));
    return open + [...drawn].sort((one, other) => place(one) - place(other)).map((one) => one[0]).join('') + close;
  });
}

function key(tag, attributes) {
  const id = attributes.find(([, name]) => name === 'id');
  return id ? `${tag}#${id[2]}` : `${tag} ${attributes.map((one) => one[0]).sort().join(' ')}`;
}
