package org.jabr.process.camunda;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.behavior.CallableElementActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.core.model.CallableElement;
import org.camunda.bpm.engine.impl.core.model.CallableElementParameter;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ParameterValueProvider;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Gives the elements of every diagram what they have in common: their parameters, stages, places in the worklist. */
final class DiagramParts extends AbstractBpmnParseListener {

    private final StageKeeper stages;
    private final WorkOpener work;
    private final KeepAnswers answers;

    DiagramParts(StageKeeper stages, WorkOpener work, KeepAnswers answers) {
        this.stages = stages;
        this.work = work;
        this.answers = answers;
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        common(element, activity);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        common(element, activity);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        common(element, activity);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        common(element, activity);
        String form = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formKey");
        if (form != null) {
            Literals.add(activity, WorkOpener.FORM, form);
        }
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, work);
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, work);
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, answers);
    }

    /** A called process is about the same case: it has its reference and its variables, and gives them back. */
    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        CallableElement called =
                ((CallableElementActivityBehavior) activity.getActivityBehavior()).getCallableElement();
        called.setBusinessKeyValueProvider(new CaseReference());
        called.addInput(allVariables());
        called.addOutput(allVariables());
    }

    private static CallableElementParameter allVariables() {
        CallableElementParameter all = new CallableElementParameter();
        all.setAllVariables(true);
        return all;
    }

    private static final class CaseReference implements ParameterValueProvider {

        @Override
        public Object getValue(VariableScope scope) {
            return ((DelegateExecution) scope).getProcessBusinessKey();
        }

        @Override
        public boolean isDynamic() {
            return true;
        }
    }

    private void common(Element element, ActivityImpl activity) {
        if (Literals.keep(element, activity).containsKey(StageKeeper.STAGE)) {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, stages);
        }
    }
}
