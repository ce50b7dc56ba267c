// What the properties panel shows: names in both languages, conditions, times, messages, and the parameters of blocks.
import { Group, SelectEntry, TextFieldEntry, isSelectEntryEdited, isTextFieldEntryEdited } from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { properties } from './blocks.js';

const ALWAYS = new Set(['general']);
const NAMED = ['bpmn:FlowNode', 'bpmn:SequenceFlow', 'bpmn:Process'];
const VALID_NAME = 'name-ar';

class HouseProvider {
  constructor(propertiesPanel, translate) {
    this.translate = translate;
    propertiesPanel.registerProvider(100, this);
  }

  getGroups(element) {
    return (groups) => {
      const kept = groups.filter((group) => ALWAYS.has(group.id) || group.id.startsWith('ElementTemplates__'));
      const general = kept.find((group) => group.id === 'general');
      if (general) {
        // A process has its settings from the house: only names are for the analyst.
        general.entries = (general.entries ?? []).filter((entry) => ['name', 'id'].includes(entry.id));
        const at = general.entries.findIndex((entry) => entry.id === 'name') + 1;
        if (NAMED.some((type) => is(element, type))) {
          general.entries.splice(at, 0, { id: VALID_NAME, element, component: ArabicName, isEdited: isTextFieldEntryEdited });
        }
      }
      kept.splice(1, 0, ...this.own(element));
      return kept;
    };
  }

  own(element) {
    const bo = element.businessObject;
    const group = (id, label, entries) => ({ id, label: this.translate(label), component: Group, entries: entries.map((entry) => ({ element, ...entry })) });
    const timer = bo.eventDefinitions?.find((one) => is(one, 'bpmn:TimerEventDefinition'));
    const message = bo.eventDefinitions?.find((one) => is(one, 'bpmn:MessageEventDefinition'));
    const groups = [];
    if (is(element, 'bpmn:SequenceFlow') && is(bo.sourceRef, 'bpmn:ExclusiveGateway') && bo.sourceRef.default !== bo) {
      groups.push(group('house-condition', 'Condition', [{ id: 'condition', component: Condition, isEdited: isTextFieldEntryEdited }]));
    }
    if (timer) {
      groups.push(group('house-timer', 'Time', [
        { id: 'timer-kind', component: TimerKind, isEdited: isSelectEntryEdited },
        { id: 'timer-value', component: TimerValue, isEdited: isTextFieldEntryEdited },
      ]));
    }
    if (message) groups.push(group('house-message', 'Message', [{ id: 'message', component: Message, isEdited: isSelectEntryEdited }]));
    return groups;
  }
}
HouseProvider.$inject = ['propertiesPanel', 'translate'];

export const HousePanel = { __init__: ['houseProvider'], houseProvider: ['type', HouseProvider] };

// ---- entries

function ArabicName({ element, id }) {
  const translate = useService('translate');
  const debounce = useService('debounceInput');
  const modeling = useService('modeling');
  const factory = useService('bpmnFactory');
  return TextFieldEntry({
    element, id, debounce,
    label: translate('Arabic name'),
    getValue: () => properties(element.businessObject).find((one) => one.name === 'name-ar')?.value ?? '',
    setValue: (value) => setProperty(element, 'name-ar', value, modeling, factory),
  });
}

/** Extension properties as one step of undo; the others stay as they are. */
export function setProperty(element, name, value, modeling, factory) {
  const bo = element.businessObject;
  const others = properties(bo).filter((one) => one.name !== name);
  const ext = factory.create('bpmn:ExtensionElements', {});
  ext.$parent = bo;
  const holder = factory.create('camunda:Properties', {});
  holder.$parent = ext;
  const made = value ? [factory.create('camunda:Property', { name, value })] : [];
  // The Arabic name stands first, as in every file of the house.
  holder.values = name === 'name-ar' ? [...made, ...others] : [...others, ...made];
  holder.values.forEach((one) => { one.$parent = holder; });
  const rest = (bo.extensionElements?.values ?? []).filter((one) => one.$type !== 'camunda:Properties');
  ext.values = [...(holder.values.length ? [holder] : []), ...rest];
  modeling.updateProperties(element, { extensionElements: ext.values.length ? ext : undefined });
}

function Condition({ element, id }) {
  const translate = useService('translate');
  const debounce = useService('debounceInput');
  const modeling = useService('modeling');
  const factory = useService('bpmnFactory');
  return TextFieldEntry({
    element, id, debounce,
    label: translate('Taken if'),
    description: translate('For example ${asked == true} or ${severity >= 4 && offered == true}'),
    getValue: () => element.businessObject.conditionExpression?.body ?? '',
    setValue: (value) => {
      const expression = value ? factory.create('bpmn:FormalExpression', { body: value }) : undefined;
      if (expression) expression.$parent = element.businessObject;
      modeling.updateProperties(element, { conditionExpression: expression });
    },
  });
}

const timerOf = (element) => element.businessObject.eventDefinitions.find((one) => is(one, 'bpmn:TimerEventDefinition'));

function TimerKind({ element, id }) {
  const translate = useService('translate');
  const modeling = useService('modeling');
  return SelectEntry({
    element, id,
    label: translate('Waits'),
    getValue: () => (timerOf(element).timeDate ? 'timeDate' : 'timeDuration'),
    setValue: (kind) => {
      const timer = timerOf(element);
      const expression = timer.timeDate ?? timer.timeDuration;
      modeling.updateModdleProperties(element, timer, { timeDate: undefined, timeDuration: undefined, [kind]: expression });
    },
    getOptions: () => [{ value: 'timeDuration', label: translate('for a duration') }, { value: 'timeDate', label: translate('until a time') }],
  });
}

function TimerValue({ element, id }) {
  const translate = useService('translate');
  const debounce = useService('debounceInput');
  const modeling = useService('modeling');
  const factory = useService('bpmnFactory');
  return TextFieldEntry({
    element, id, debounce,
    label: translate('How long, or until when'),
    description: translate('For example P14D, PT4H, P${afterDays}D or ${dueAt}'),
    getValue: () => (timerOf(element).timeDate ?? timerOf(element).timeDuration)?.body ?? '',
    setValue: (value) => {
      const timer = timerOf(element);
      const kind = timer.timeDate ? 'timeDate' : 'timeDuration';
      const expression = value ? factory.create('bpmn:FormalExpression', { body: value }) : undefined;
      if (expression) expression.$parent = timer;
      modeling.updateModdleProperties(element, timer, { [kind]: expression });
    },
  });
}

function Message({ element, id }) {
  const translate = useService('translate');
  const modeling = useService('modeling');
  const root = useService('bpmnjs').getDefinitions();
  const messages = root.rootElements.filter((one) => is(one, 'bpmn:Message'));
  const definition = element.businessObject.eventDefinitions.find((one) => is(one, 'bpmn:MessageEventDefinition'));
  return SelectEntry({
    element, id,
    label: translate('Waits for'),
    getValue: () => definition.messageRef?.id ?? '',
    setValue: (value) => modeling.updateModdleProperties(element, definition, { messageRef: messages.find((one) => one.id === value) }),
    getOptions: () => [{ value: '', label: '–' }, ...messages.map((one) => ({ value: one.id, label: one.name }))],
  });
}

