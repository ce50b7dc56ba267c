// Draws a diagram before and after, side by side, and marks what differs. The same stands below it as text.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import '../css/difference.css';

const CAMUNDA = 'http://camunda.org/schema/1.0/bpmn';
const FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';

for (const pair of document.querySelectorAll('[data-difference]')) {
  draw(pair).catch((error) => {
    console.warn(error);
    for (const side of pair.querySelectorAll('.picture')) side.textContent = pair.dataset.failed;
  });
}

async function draw(pair) {
  const difference = JSON.parse(pair.querySelector('script').textContent);
  // Labels are measured while they are drawn, so their letters must be there first.
  await Promise.all(['400 12px "IBM Plex Sans"', '400 12px "IBM Plex Sans Arabic"'].map((font) => document.fonts.load(font, 'aب')));
  const viewers = [];
  for (const side of pair.querySelectorAll('.picture')) {
    const xml = difference[side.dataset.side];
    if (!xml) continue;
    const viewer = new NavigatedViewer({
      container: side,
      textRenderer: { defaultStyle: { fontFamily: FONT, fontSize: 12 }, externalStyle: { fontSize: 11 } },
    });
    await viewer.importXML(pair.dataset.language === 'ar' ? inArabic(xml) : xml);
    mark(viewer, difference);
    show(viewer, difference);
    viewers.push(viewer);
  }
  together(viewers);
  pair.dataset.ready = 'true';
}

function mark(viewer, difference) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  for (const kind of ['added', 'removed', 'changed', 'moved']) {
    for (const id of difference[kind]) {
      if (registry.get(id)) canvas.addMarker(id, `is-${kind}`);
      if (registry.get(`${id}_label`)) canvas.addMarker(`${id}_label`, `is-${kind}`);
    }
  }
}

/** What differs, large enough to be read; everything where nothing of it is drawn. */
function show(viewer, difference) {
  const registry = viewer.get('elementRegistry');
  const canvas = viewer.get('canvas');
  const lit = ['added', 'removed', 'changed', 'moved'].flatMap((kind) => difference[kind])
    .map((id) => registry.get(id))
    .filter((element) => element && element.width && element.parent);
  const { outer } = canvas.viewbox();
  if (lit.length === 0 || !outer.width || !outer.height) {
    canvas.zoom('fit-viewport', 'auto');
    return;
  }
  const left = Math.min(...lit.map((one) => one.x)) - 120;
  const top = Math.min(...lit.map((one) => one.y)) - 80;
  const right = Math.max(...lit.map((one) => one.x + one.width)) + 120;
  const bottom = Math.max(...lit.map((one) => one.y + one.height)) + 80;
  const scale = Math.max(0.2, Math.min(1, outer.width / (right - left), outer.height / (bottom - top)));
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height });
}

/** Where one is moved or zoomed, the other follows. */
function together(viewers) {
  let following = false;
  for (const viewer of viewers) {
    viewer.on('canvas.viewbox.changed', () => {
      if (following) return;
      following = true;
      const { x, y, width, height } = viewer.get('canvas').viewbox();
      for (const other of viewers) if (other !== viewer) other.get('canvas').viewbox({ x, y, width, height });
      following = false;
    });
  }
}

/** The words that the analyst wrote beside the English ones. */
function inArabic(xml) {
  const diagram = new DOMParser().parseFromString(xml, 'application/xml');
  for (const property of diagram.getElementsByTagNameNS(CAMUNDA, 'property')) {
    if (property.getAttribute('name') !== 'name-ar') continue;
    property.parentNode.parentNode.parentNode.setAttribute('name', property.getAttribute('value'));
  }
  return new XMLSerializer().serializeToString(diagram);
}
