// Menus offer what a release may have, and steps get ids that say which block they are.
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { arabic } from './words.js';

const KNOWN = new Set([
  'bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:BusinessRuleTask', 'bpmn:CallActivity', 'bpmn:SubProcess',
  'bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:EventBasedGateway',
  'bpmn:StartEvent', 'bpmn:EndEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent',
]);
const EVENTS = new Set([undefined, 'bpmn:TimerEventDefinition', 'bpmn:MessageEventDefinition']);
const PALETTE = new Set([
  'create.data-object', 'create.data-store', 'create.group', 'create.participant-expanded', 'create.task', 'create.intermediate-event',
]);
// Replacing the way a sequence flow is taken: by default, on a condition, always.
const FLOWS = /^replace-with-(default|conditional|sequence)-flow$/;

export function mayHave({ target, actionName } = {}, id = '', inEventProcess = false) {
  if (FLOWS.test(id) || FLOWS.test(actionName ?? '')) return true;
  if (!target) return undefined;
  if (!KNOWN.has(target.type)) return false;
  if (target.type === 'bpmn:SubProcess') return target.isExpanded === true;
  if (!EVENTS.has(target.eventDefinitionType)) return false;
  if (target.type === 'bpmn:EndEvent') return target.eventDefinitionType === undefined;
  // A process starts plainly; messages and times start event sub-processes only.
  if (target.type === 'bpmn:StartEvent' && target.eventDefinitionType) return inEventProcess;
  return true;
}

// What menus name by id where they do not say what it becomes.
const IDS = /(user-task|service-task|rule-task|call-activity|expanded-subprocess|event-subprocess|exclusive-gateway|parallel-gateway|event-based-gateway|none-start|none-end|message-start|timer-start|(?:message|timer)-intermediate-catch|(?:non-interrupting-)?(?:message|timer)-(?:boundary|start)|collapsed|template)/;
const NEVER = /(ad-hoc|transaction|collapsed-|pool|data-|send-task|receive-task|manual|script|complex|inclusive|signal|escalation|error|compensation|conditional-(?:start|inter|bound)|link|cancel|terminate|throw|message-end|none-boundary)/;

const filtered = (element) => (entries) => {
  const inEventProcess = Boolean(element?.businessObject?.$parent?.triggeredByEvent);
  return Object.fromEntries(Object.entries(entries).filter(([id, entry]) => {
    const said = mayHave(entry, id, inEventProcess);
    if (said !== undefined) return said;
    if (/^(toggle|.*template)/.test(id)) return !/loop|parallel-mi|sequential-mi|ad-hoc/.test(id);
    if (/(^|-)task$/.test(id) && !/(user|service|rule|business-rule)-task$/.test(id)) return false;
    return !NEVER.test(id) && (IDS.test(id) || !/^(create|append|replace)/.test(id));
  }));
};

class Menus {
  constructor(popupMenu, palette) {
    const only = { getPopupMenuEntries: filtered, getPopupMenuHeaderEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => !/loop|multi|mi$|ad-hoc/.test(id))) };
    for (const menu of ['bpmn-create', 'bpmn-append', 'bpmn-replace', 'element-template-create', 'element-template-append', 'element-template-replace']) {
      popupMenu.registerProvider(menu, 100, only);
    }
    palette.registerProvider(100, {
      getPaletteEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => !PALETTE.has(id))),
    });
  }
}
Menus.$inject = ['popupMenu', 'palette'];

class ContextPad {
  constructor(contextPad) {
    contextPad.registerProvider(100, {
      getContextPadEntries: () => (entries) => Object.fromEntries(Object.entries(entries)
        .filter(([id]) => !['append.append-task', 'append.intermediate-event', 'append.receive-task', 'append.condition-intermediate-event', 'append.signal-intermediate-event', 'append.compensation-activity'].includes(id))),
    });
  }
}
ContextPad.$inject = ['contextPad'];

/** The id of a block's step is the block's name, with a number behind it where it is not the first. */
class BlockIds extends CommandInterceptor {
  constructor(eventBus, injector) {
    super(eventBus);
    this.postExecuted(200, ({ context }) => {
      const element = context?.element ?? context?.shape;
      const expression = element?.businessObject?.get?.('camunda:delegateExpression');
      const block = /^\$\{(\w+)}$/.exec(expression ?? '')?.[1];
      if (!block || element.labelTarget) return;
      const { id } = element.businessObject;
      if (id === block || id.startsWith(`${block}-`)) return;
      const registry = injector.get('elementRegistry');
      let free = block;
      for (let number = 2; registry.get(free); number++) free = `${block}-${number}`;
      injector.get('modeling').updateProperties(element, { id: free });
    });
  }
}
BlockIds.$inject = ['eventBus', 'injector'];

/** Makes a step of a block. The library only knows how to do so for another engine. */
class NewSteps {
  constructor(elementTemplates, elementFactory, bpmnFactory) {
    elementTemplates.createElement = (block) => {
      const businessObject = bpmnFactory.create(block.elementType?.value ?? block.appliesTo[0]);
      const kept = arabic ? [bpmnFactory.create('camunda:Property', { name: 'name-ar', value: block.name })] : [];
      if (!arabic) businessObject.name = block.name;
      for (const { binding, value } of block.properties) {
        if (value === undefined || value === '' || !binding) continue;
        if (binding.type === 'property') businessObject.set(binding.name, value);
        else if (binding.type === 'camunda:property') kept.push(bpmnFactory.create('camunda:Property', { name: binding.name, value }));
      }
      businessObject.set('camunda:modelerTemplate', block.id);
      if (kept.length) {
        const holder = bpmnFactory.create('camunda:Properties', { values: kept });
        const extensionElements = bpmnFactory.create('bpmn:ExtensionElements', { values: [holder] });
        kept.forEach((one) => { one.$parent = holder; });
        holder.$parent = extensionElements;
        extensionElements.$parent = businessObject;
        businessObject.extensionElements = extensionElements;
      }
      return elementFactory.createShape({ type: businessObject.$type, businessObject });
    };
  }
}
NewSteps.$inject = ['elementTemplates', 'elementFactory', 'bpmnFactory'];

export const allowed = {
  __init__: ['houseMenus', 'houseContextPad', 'blockIds', 'newSteps'],
  newSteps: ['type', NewSteps],
  houseMenus: ['type', Menus],
  houseContextPad: ['type', ContextPad],
  blockIds: ['type', BlockIds],
};
