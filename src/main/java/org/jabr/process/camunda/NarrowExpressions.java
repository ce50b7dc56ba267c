package org.jabr.process.camunda;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Diagrams are code: an expression in any attribute would reach every bean and any method. Here it reaches blocks and
 * plain variables, and nothing else.
 */
final class NarrowExpressions extends JuelExpressionManager {

    private final Map<String, Block> blocks;

    NarrowExpressions(Map<String, Block> blocks) {
        this.blocks = Map.copyOf(blocks);
    }

    @Override
    public Expression createExpression(String expression) {
        if (!ExpressionShape.allowed(expression)) {
            throw new ProcessEngineException("PROC-005 an expression that is not allowed");
        }
        return super.createExpression(expression);
    }

    @Override
    protected ELResolver createElResolver() {
        return new BlocksAndVariables();
    }

    private final class BlocksAndVariables extends ELResolver {

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
            if (base != null) {
                throw new ELException("PROC-005 properties cannot be reached");
            }
            context.setPropertyResolved(true);
            Block block = blocks.get(property.toString());
            if (block != null) {
                return block;
            }
            VariableScope variables = (VariableScope) context.getContext(VariableScope.class);
            return variables == null ? null : variables.getVariable(property.toString());
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
            throw new ELException("PROC-005 methods cannot be called");
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            context.setPropertyResolved(true);
            return Object.class;
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            throw new ELException("PROC-005 variables cannot be set");
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            return true;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return Collections.emptyIterator();
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return Object.class;
        }
    }
}
