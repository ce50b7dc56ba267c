// Lint in the canvas: the usual rules, and ours.
import StaticResolver from 'bpmnlint/lib/resolver/static-resolver';
import conditionalFlows from 'bpmnlint/rules/conditional-flows';
import endEventRequired from 'bpmnlint/rules/end-event-required';
import eventBasedGateway from 'bpmnlint/rules/event-based-gateway';
import typedStart from 'bpmnlint/rules/event-sub-process-typed-start-event';
import labelRequired from 'bpmnlint/rules/label-required';
import noBpmndi from 'bpmnlint/rules/no-bpmndi';
import noDisconnected from 'bpmnlint/rules/no-disconnected';
import noDuplicateFlows from 'bpmnlint/rules/no-duplicate-sequence-flows';
import noJoinFork from 'bpmnlint/rules/no-gateway-join-fork';
import noImplicitSplit from 'bpmnlint/rules/no-implicit-split';
import noImplicitEnd from 'bpmnlint/rules/no-implicit-end';
import noImplicitStart from 'bpmnlint/rules/no-implicit-start';
import noOverlap from 'bpmnlint/rules/no-overlapping-elements';
import singleStart from 'bpmnlint/rules/single-blank-start-event';
import singleDefinition from 'bpmnlint/rules/single-event-definition';
import startEventRequired from 'bpmnlint/rules/start-event-required';
import superfluousGateway from 'bpmnlint/rules/superfluous-gateway';
import { properties } from './blocks.js';

const NAMED = /^bpmn:(StartEvent|EndEvent|IntermediateCatchEvent|BoundaryEvent|ServiceTask|BusinessRuleTask|UserTask|CallActivity|ExclusiveGateway|EventBasedGateway|ParallelGateway|SubProcess|SequenceFlow|Process)$/;
const PLAIN = new Set(['bpmn:Task', 'bpmn:SendTask', 'bpmn:ReceiveTask', 'bpmn:ManualTask', 'bpmn:ScriptTask']);

/** Whatever people read has an Arabic name beside the English one. */
function arabicName() {
  return {
    check(node, reporter) {
      if (NAMED.test(node.$type) && node.name && !properties(node).some((one) => one.name === 'name-ar' && one.value)) {
        reporter.report(node.id, 'Element is missing its Arabic name', ['extensionElements']);
      }
    },
  };
}

/** Only building blocks and people do something. */
function blockRequired() {
  return {
    check(node, reporter) {
      const unknown = PLAIN.has(node.$type)
        || (/^bpmn:(Service|BusinessRule)Task$/.test(node.$type) && !node.get('camunda:delegateExpression'));
      if (unknown) reporter.report(node.id, 'Choose a building block for this step');
    },
  };
}

const RULES = {
  'conditional-flows': [conditionalFlows, 'error'],
  'end-event-required': [endEventRequired, 'error'],
  'event-based-gateway': [eventBasedGateway, 'error'],
  'event-sub-process-typed-start-event': [typedStart, 'error'],
  'label-required': [labelRequired, 'warn'],
  'no-bpmndi': [noBpmndi, 'error'],
  'no-disconnected': [noDisconnected, 'error'],
  'no-duplicate-sequence-flows': [noDuplicateFlows, 'error'],
  'no-gateway-join-fork': [noJoinFork, 'warn'],
  'no-implicit-split': [noImplicitSplit, 'error'],
  'no-implicit-end': [noImplicitEnd, 'error'],
  'no-implicit-start': [noImplicitStart, 'error'],
  'no-overlapping-elements': [noOverlap, 'warn'],
  'single-blank-start-event': [singleStart, 'error'],
  'single-event-definition': [singleDefinition, 'error'],
  'start-event-required': [startEventRequired, 'error'],
  'superfluous-gateway': [superfluousGateway, 'warn'],
  'arabic-name': [arabicName, 'error'],
  'block-required': [blockRequired, 'error'],
};

export function linting() {
  const cache = Object.fromEntries(Object.entries(RULES).map(([name, [rule]]) => [`rule:bpmnlint/${name}`, rule]));
  return {
    config: { rules: Object.fromEntries(Object.entries(RULES).map(([name, [, weight]]) => [name, weight])) },
    resolver: new StaticResolver(cache),
  };
}
