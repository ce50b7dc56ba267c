// New files: the smallest ones that every check accepts, to be filled with life in their editors.
import { create } from './draft.js';
import { make, say } from './words.js';

const xml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Per kind: the files that a name stands for, as [path, content] pairs. */
export const SKELETONS = {
  process: (name, en, ar) => [[`processes/${name}.bpmn`, process(name, en, ar)]],
  form: (name, en, ar) => [[`processes/forms/${name}.form`, form(name, en, ar)]],
  letter: (name, en, ar) => [
    [`processes/letters/${name}.en.txt`, `${en}: {reference}\n\nHello,\n\n\n`],
    [`processes/letters/${name}.ar.txt`, `${ar}: {reference}\n\nمرحبًا،\n\n\n`],
  ],
  table: (name, en, ar) => [[`rules/${name}.dmn`, table(name, en, ar)]],
  scenarios: (name) => [[`rules/scenarios/${name}.csv`, 'id,title,moment,given,expected,because\n']],
};

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Asks what to add, adds it, and goes there. */
export function askForFile(known, linkTo) {
  const field = (id, attributes = {}) => make('div', { class: 'field' },
    make('label', { class: 'form-label', for: id }, say(`new.${id.slice(4)}`)),
    make('input', { class: 'form-control', id, required: true, autocomplete: 'off', ...attributes }));
  const kind = make('select', { class: 'form-select', id: 'new-kind' }, Object.keys(SKELETONS).map((one) => make('option', { value: one }, say(`kind.${one}`))));
  const wrong = make('p', { class: 'field-error', role: 'alert', id: 'new-wrong' });
  const form = make('form', { method: 'dialog' },
    make('h2', { id: 'new-title' }, say('new.title')),
    make('div', { class: 'field' }, make('label', { class: 'form-label', for: 'new-kind' }, say('new.kind')), kind),
    field('new-name', { dir: 'ltr', pattern: '[a-z][a-z0-9]*(-[a-z0-9]+)*', 'aria-describedby': 'new-name-help new-wrong' }),
    make('p', { class: 'form-text', id: 'new-name-help' }, say('new.name.help')),
    field('new-english', { dir: 'ltr', lang: 'en' }),
    field('new-arabic', { dir: 'rtl', lang: 'ar' }),
    wrong,
    make('div', { class: 'actions' },
      make('button', { class: 'btn btn-primary', type: 'submit' }, say('new.add')),
      make('button', { class: 'btn btn-quiet', type: 'button', onclick: () => dialog.close() }, say('cancel'))));
  const dialog = make('dialog', { class: 'studio-dialog', 'aria-labelledby': 'new-title' }, form);
  const titles = () => {
    for (const id of ['new-english', 'new-arabic']) {
      const input = form.querySelector(`#${id}`);
      input.required = kind.value !== 'scenarios';
      input.closest('.field').hidden = kind.value === 'scenarios';
    }
  };
  kind.addEventListener('change', titles);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const value = (id) => form.querySelector(`#${id}`).value.trim();
    const name = value('new-name');
    const made = NAME.test(name) ? SKELETONS[kind.value](name, value('new-english'), value('new-arabic')) : [];
    if (made.length === 0 || made.some(([path]) => known.includes(path))) {
      wrong.textContent = say(made.length === 0 ? 'new.name.help' : 'new.known', name);
      return;
    }
    try {
      for (const [path, content] of made) await create(path, content);
      location.assign(linkTo(made[0][0]));
    } catch (error) {
      wrong.textContent = error.message;
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.querySelector('main').append(dialog);
  titles();
  dialog.showModal();
}

function form(name, en, ar) {
  const key = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return `${JSON.stringify({
    id: name,
    type: 'default',
    schemaVersion: 16,
    executionPlatform: 'Camunda Platform',
    executionPlatformVersion: '7.24.0',
    components: [
      {
        type: 'textarea', id: 'Field_1', key, label: en, validate: { maxLength: 4000, required: true }, properties: { 'label-ar': ar },
      },
    ],
  }, null, 2)}\n`;
}

function process(name, en, ar) {
  const named = (arabic) => `<bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="name-ar" value="${xml(arabic)}" />
        </camunda:properties>
      </bpmn:extensionElements>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${name}-definitions" targetNamespace="https://jabr.org/processes">
  <bpmn:process id="${name}" name="${xml(en)}" isExecutable="true" camunda:historyTimeToLive="P3650D">
    <bpmn:extensionElements>
      <camunda:properties>
        <camunda:property name="name-ar" value="${xml(ar)}" />
      </camunda:properties>
    </bpmn:extensionElements>
    <bpmn:startEvent id="reported" name="Failure reported">
      ${named('ورد بلاغ بالإخفاق')}
      <bpmn:outgoing>reported-to-sendLetter-receipt</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:serviceTask id="sendLetter-receipt" name="Send receipt" camunda:delegateExpression="\${sendLetter}">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="name-ar" value="إرسال إشعار الاستلام" />
          <camunda:property name="letter" value="receipt" />
          <camunda:property name="stage" value="ACKNOWLEDGED" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>reported-to-sendLetter-receipt</bpmn:incoming>
      <bpmn:outgoing>sendLetter-receipt-to-done</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="done" name="Done">
      ${named('انتهى')}
      <bpmn:incoming>sendLetter-receipt-to-done</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="reported-to-sendLetter-receipt" sourceRef="reported" targetRef="sendLetter-receipt" />
    <bpmn:sequenceFlow id="sendLetter-receipt-to-done" sourceRef="sendLetter-receipt" targetRef="done" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="${name}-diagram">
    <bpmndi:BPMNPlane id="${name}-plane" bpmnElement="${name}">
      <bpmndi:BPMNShape id="reported-shape" bpmnElement="reported">
        <dc:Bounds x="160" y="142" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="138" y="185" width="80" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="sendLetter-receipt-shape" bpmnElement="sendLetter-receipt">
        <dc:Bounds x="260" y="120" width="120" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="done-shape" bpmnElement="done">
        <dc:Bounds x="450" y="142" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="454" y="185" width="28" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="reported-to-sendLetter-receipt-edge" bpmnElement="reported-to-sendLetter-receipt">
        <di:waypoint x="196" y="160" />
        <di:waypoint x="260" y="160" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="sendLetter-receipt-to-done-edge" bpmnElement="sendLetter-receipt-to-done">
        <di:waypoint x="380" y="160" />
        <di:waypoint x="450" y="160" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

function table(name, en, ar) {
  const label = `${xml(en)} | ${xml(ar)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" id="definitions-${name}" name="${name}" label="${label}" namespace="https://jabr.org/rules/${name}" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">
  <inputData id="input-tier" name="tier" label="Value tier | فئة القيمة">
    <variable id="input-tier-variable" name="tier" typeRef="string" />
  </inputData>
  <decision id="${name}" name="${name}" label="${label}">
    <variable id="${name}-variable" name="${name}" />
    <informationRequirement id="${name}-needs-tier">
      <requiredInput href="#input-tier" />
    </informationRequirement>
    <decisionTable id="${name}-table" hitPolicy="FIRST">
      <input id="${name}-in-tier" label="Value tier | فئة القيمة">
        <inputExpression id="${name}-in-tier-expression" typeRef="string">
          <text>tier</text>
        </inputExpression>
      </input>
      <output id="${name}-out-answer" label="${label}" name="answer" typeRef="boolean" />
      <rule id="${name}-default">
        <description>default row | السطر الافتراضي</description>
        <inputEntry id="${name}-default-in-tier">
          <text>-</text>
        </inputEntry>
        <outputEntry id="${name}-default-out-answer">
          <text>false</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram-${name}">
      <dmndi:DMNShape id="shape-input-tier" dmnElementRef="input-tier">
        <dc:Bounds height="45" width="125" x="108" y="280" />
      </dmndi:DMNShape>
      <dmndi:DMNShape id="shape-${name}" dmnElementRef="${name}">
        <dc:Bounds height="80" width="180" x="80" y="80" />
      </dmndi:DMNShape>
      <dmndi:DMNEdge id="edge-${name}-needs-tier" dmnElementRef="${name}-needs-tier">
        <di:waypoint x="170" y="280" />
        <di:waypoint x="170" y="180" />
        <di:waypoint x="170" y="160" />
      </dmndi:DMNEdge>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}
