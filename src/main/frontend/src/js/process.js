// The diagram of a process: bpmn-js with the house's building blocks, and nothing in it that a release may not have.
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel';
import { ElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates';
import { CreateAppendAnythingModule, CreateAppendElementTemplatesModule } from 'bpmn-js-create-append-anything';
import CamundaBehaviours from 'camunda-bpmn-js-behaviors/lib/camunda-platform';
import LintModule from 'bpmn-js-bpmnlint';
import TokenSimulation from 'bpmn-js-token-simulation';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import { start } from './studio/shell.js';
import { faithful } from './studio/faithful.js';
import { allowed } from './studio/process-allowed.js';
import { recognise, textsOf, withChoices, withoutMarks } from './studio/blocks.js';
import { arabicLabels } from './studio/arabic-labels.js';
import { saidInside } from './studio/said-inside.js';
import { linting } from './studio/process-lint.js';
import { HousePanel } from './studio/process-panel.js';
import { PROCESS_WORDS, SAID_INSIDE } from './studio/arabic/process.js';
import { FONT, arabic, fonts, here, make, say, translator } from './studio/words.js';
import { send } from './send.js';

start(async ({ file, files, host }) => {
  const canvas = make('div', { class: 'canvas', dir: 'ltr' });
  const panel = make('div', { class: 'studio-panel', dir: document.documentElement.dir });
  host.append(canvas, panel);
  if (arabic) saidInside(canvas, SAID_INSIDE);
  await fonts();
  const blocks = here.open ? withChoices(await offered(), files) : [];
  const modeler = here.open ? editing(canvas, panel, blocks) : new NavigatedViewer({ container: canvas, textRenderer: TEXT, moddleExtensions: { camunda }, additionalModules: LABELS });
  const original = file.content;
  if (here.open) modeler.on('import.parse.complete', ({ definitions }) => definitions && recognise(definitions, blocks));
  const { warnings } = await modeler.importXML(original);
  for (const warning of warnings) console.warn(warning);
  tools(modeler);
  whole(modeler);
  if (here.open) {
    file.text = async () => {
      const { xml } = await modeler.saveXML({ format: true });
      return faithful(withoutMarks(xml), original);
    };
    modeler.on('commandStack.changed', ({ trigger }) => trigger !== 'clear' && file.changed());
  }
  return {
    goTo: (place) => goTo(modeler, place),
    undo: here.open ? () => modeler.get('commandStack').undo() : undefined,
    redo: here.open ? () => modeler.get('commandStack').redo() : undefined,
    show: (findings) => show(modeler, findings),
  };
});

const OPEN = ['general', 'ElementTemplates__CustomProperties', 'house-condition', 'house-timer', 'house-message'];
const TEXT = { defaultStyle: { fontFamily: FONT, fontSize: 12 }, externalStyle: { fontSize: 11 } };

const LABELS = arabic ? [arabicLabels] : [];

/** The building blocks as element templates; without them a diagram can still be drawn. */
async function offered() {
  const answer = await send(`/studio/blocks?draft=${encodeURIComponent(here.draft)}`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return [];
  const blocks = await answer.json();
  return Array.isArray(blocks) ? blocks : blocks.items;
}

function editing(container, panel, blocks) {
  return new Modeler({
    container,
    textRenderer: TEXT,
    propertiesPanel: {
      parent: panel,
      layout: { open: true, groups: Object.fromEntries(OPEN.map((id) => [id, { open: true }])) },
    },
    elementTemplates: blocks,
    linting: { bpmnlint: linting(), active: true },
    moddleExtensions: { camunda },
    additionalModules: [
      { translate: ['value', translator(PROCESS_WORDS, textsOf(blocks))] },
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ElementTemplatesPropertiesProviderModule,
      CreateAppendAnythingModule,
      CreateAppendElementTemplatesModule,
      CamundaBehaviours,
      LintModule,
      TokenSimulation,
      HousePanel,
      allowed,
      ...LABELS,
    ],
  });
}

// ---- looking around

function tools(modeler) {
  const view = modeler.get('canvas');
  const zoom = modeler.get('zoomScroll');
  const button = (key, act) => make('button', { type: 'button', class: 'btn btn-quiet btn-sm', onclick: act }, say(key));
  document.getElementById('editor-tools').append(
    button('process.in', () => zoom.stepZoom(1)),
    button('process.out', () => zoom.stepZoom(-1)),
    button('process.fit', () => view.zoom('fit-viewport', 'auto')));
}

/** All of it where it stays readable, else its beginning. */
function whole(modeler) {
  const view = modeler.get('canvas');
  const { inner, outer } = view.viewbox();
  const scale = Math.min(1, outer.width / (inner.width + 80), outer.height / (inner.height + 80));
  if (scale > 0.55) view.zoom('fit-viewport', 'auto');
  else view.viewbox({ x: inner.x - 60, y: inner.y - 60, width: outer.width / 0.7, height: outer.height / 0.7 });
}

function goTo(modeler, place) {
  const element = modeler.get('elementRegistry').get(place);
  if (!element) return false;
  modeler.get('canvas').scrollToElement(element, 120);
  const selection = modeler.get('selection', false);
  selection?.select(element);
  return true;
}

function show(modeler, findings) {
  const canvas = modeler.get('canvas');
  const registry = modeler.get('elementRegistry');
  registry.filter((element) => element.hasFinding).forEach((element) => {
    canvas.removeMarker(element, 'has-finding');
    element.hasFinding = false;
  });
  for (const { place } of findings) {
    const element = registry.get(place);
    if (!element || element === canvas.getRootElement()) continue;
    canvas.addMarker(element, 'has-finding');
    element.hasFinding = true;
  }
}
