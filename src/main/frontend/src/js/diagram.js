// Draws the diagram of a case with the way that the case took. The same stands below it as text.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import '../css/diagram.css';

const CAMUNDA = 'http://camunda.org/schema/1.0/bpmn';
const FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';

const canvas = document.getElementById('diagram');
if (canvas) draw(canvas).catch((error) => {
  console.warn(error);
  canvas.textContent = canvas.dataset.failed;
});

async function draw(container) {
  const answer = await fetch(container.dataset.source, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  const way = await answer.json();
  // Labels are measured while they are drawn, so their letters must be there first.
  await Promise.all(['400 12px "IBM Plex Sans"', '400 12px "IBM Plex Sans Arabic"'].map((font) => document.fonts.load(font, 'aب')));
  const viewer = new NavigatedViewer({
    container,
    textRenderer: { defaultStyle: { fontFamily: FONT, fontSize: 12 }, externalStyle: { fontSize: 11 } },
  });
  await viewer.importXML(container.dataset.language === 'ar' ? inArabic(way.bpmn) : way.bpmn);
  mark(viewer, way);
  const view = viewer.get('canvas');
  const fit = () => view.zoom('fit-viewport', 'auto');
  if (!showWay(viewer, way)) fit();
  for (const button of document.querySelectorAll('[data-diagram]')) {
    button.addEventListener('click', () => {
      if (button.dataset.diagram === 'fit') fit();
      else viewer.get('zoomScroll').stepZoom(button.dataset.diagram === 'in' ? 1 : -1);
    });
  }
  container.dataset.ready = 'true';
}

function mark(viewer, way) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  for (const state of ['done', 'active', 'failed']) {
    for (const id of way[state]) {
      if (!registry.get(id)) continue;
      canvas.addMarker(id, `way-${state}`);
      if (registry.get(`${id}_label`)) canvas.addMarker(`${id}_label`, `way-${state}`);
    }
  }
}

/** Starts with what the case went through, large enough to be read; false where it went nowhere yet. */
function showWay(viewer, way) {
  const registry = viewer.get('elementRegistry');
  const lit = ['done', 'active', 'failed'].flatMap((state) => way[state])
    .map((id) => registry.get(id))
    .filter((element) => element && element.width);
  if (lit.length === 0) return false;
  const view = viewer.get('canvas');
  const { outer } = view.viewbox();
  const left = Math.min(...lit.map((one) => one.x)) - 40;
  const top = Math.min(...lit.map((one) => one.y)) - 60;
  const right = Math.max(...lit.map((one) => one.x + one.width)) + 40;
  const bottom = Math.max(...lit.map((one) => one.y + one.height)) + 60;
  const scale = Math.max(0.35, Math.min(1, outer.width / (right - left), outer.height / (bottom - top)));
  const width = outer.width / scale;
  const height = outer.height / scale;
  view.viewbox({ x: left - (width - (right - left)) / 2, y: top - (height - (bottom - top)) / 2, width, height });
  return true;
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
