package org.jabr.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.GuardrailText.Applied;
import org.jabr.rules.GuardrailText.Bound;
import org.jabr.rules.GuardrailText.Call;
import org.jabr.rules.GuardrailText.Fact;
import org.jabr.rules.GuardrailText.Literal;
import org.jabr.rules.GuardrailText.Property;
import org.jabr.rules.GuardrailText.Rule;
import org.jabr.rules.GuardrailText.Term;
import org.jspecify.annotations.Nullable;

/**
 * Guardrails read and applied word by word, with no engine: slow, short, and a second opinion on what the engine makes
 * of the same text.
 */
public final class PlainGuardrails implements Guardrails {

    private final List<Rule> rules;

    /** @throws IllegalArgumentException naming what it cannot read */
    public PlainGuardrails(String drl) {
        this.rules = GuardrailText.read(drl);
    }

    /** Names of the guardrails, in their order. */
    public List<String> names() {
        return rules.stream().map(Rule::name).toList();
    }

    @Override
    public Hearing open(List<?> facts, String currency) {
        return new Hearing() {
            @Override
            public List<Objection> object(List<? extends Guarded> remedies) {
                List<Object> present = new ArrayList<>(facts);
                present.addAll(remedies);
                Objections objections = new Objections(currency);
                rules.forEach(rule -> new Applying(rule, present, objections).from(0));
                return objections.take();
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** One rule over everything that is there: each way to fill its facts that keeps to all constraints. */
    private static final class Applying {

        private final Rule rule;
        private final List<Object> present;
        private final Objections objections;
        private final Map<String, Object> bound = new HashMap<>();

        Applying(Rule rule, List<Object> present, Objections objections) {
            this.rule = rule;
            this.present = present;
            this.objections = objections;
        }

        void from(int index) {
            if (index == rule.facts().size()) {
                speak();
                return;
            }
            Fact fact = rule.facts().get(index);
            for (Object candidate : present) {
                if (!candidate.getClass().getSimpleName().equals(fact.type())) {
                    continue;
                }
                bound.put(fact.name(), candidate);
                if (fact.constraints().stream().allMatch(term -> Boolean.TRUE.equals(value(term, candidate)))) {
                    from(index + 1);
                }
                bound.remove(fact.name());
            }
        }

        private void speak() {
            objections.speaks(rule.name());
            List<@Nullable Object> said = new ArrayList<>();
            rule.arguments().forEach(term -> said.add(value(term, null)));
            Guarded remedy = (Guarded) needed(said.get(0));
            switch (rule.call()) {
                case "cap" -> objections.cap(remedy, (BigDecimal) needed(said.get(1)));
                case "ask" -> objections.ask(remedy, Authority.valueOf(String.valueOf(said.get(1))));
                case "askAnother" -> objections.askAnother(remedy, Authority.valueOf(String.valueOf(said.get(1))));
                case "refuse" -> objections.refuse(remedy);
                case "note" -> objections.note(remedy);
                default -> throw new IllegalArgumentException(rule.call());
            }
        }

        private @Nullable Object value(Term term, @Nullable Object self) {
            if (term instanceof Literal literal) {
                return literal.value();
            }
            if (term instanceof Bound variable) {
                return bound.get(variable.name());
            }
            if (term instanceof Property property) {
                return asked(of(property.of(), self), property.name(), List.of());
            }
            if (term instanceof Call call) {
                List<@Nullable Object> arguments = new ArrayList<>();
                call.arguments().forEach(argument -> arguments.add(value(argument, self)));
                return asked(of(call.of(), self), call.name(), arguments);
            }
            return applied((Applied) term, self);
        }

        private Object of(@Nullable String name, @Nullable Object self) {
            return needed(name == null ? self : bound.get(name));
        }

        private @Nullable Object applied(Applied applied, @Nullable Object self) {
            List<Term> terms = applied.terms();
            boolean first = applied.operator().equals("!")
                    || applied.operator().equals("&&")
                    || applied.operator().equals("||");
            if (first) {
                boolean left = Boolean.TRUE.equals(value(terms.get(0), self));
                return switch (applied.operator()) {
                    case "!" -> !left;
                    case "&&" -> left && Boolean.TRUE.equals(value(terms.get(1), self));
                    default -> left || Boolean.TRUE.equals(value(terms.get(1), self));
                };
            }
            Object left = value(terms.get(0), self);
            if (applied.operator().equals("in")) {
                return terms.stream().skip(1).anyMatch(term -> same(left, value(term, self)));
            }
            Object right = value(terms.get(1), self);
            return switch (applied.operator()) {
                case "==" -> same(left, right);
                case "!=" -> !same(left, right);
                case "contains" -> left instanceof Collection<?> many && many.contains(right);
                default -> ordered(applied.operator(), left, right);
            };
        }

        /** Numbers are alike by what they are worth, whatever their digits. */
        private static boolean same(@Nullable Object left, @Nullable Object right) {
            if (left instanceof Number && right instanceof Number) {
                return decimal(left).compareTo(decimal(right)) == 0;
            }
            return left == null ? right == null : left.equals(right);
        }

        /** Nothing is above or below what is not known. */
        private static boolean ordered(String operator, @Nullable Object left, @Nullable Object right) {
            if (left == null || right == null) {
                return false;
            }
            int sign = decimal(left).compareTo(decimal(right));
            return switch (operator) {
                case "<" -> sign < 0;
                case "<=" -> sign <= 0;
                case ">" -> sign > 0;
                default -> sign >= 0;
            };
        }

        private static BigDecimal decimal(Object number) {
            return new BigDecimal(number.toString());
        }

        private static @Nullable Object asked(Object fact, String name, List<@Nullable Object> arguments) {
            for (Method method : fact.getClass().getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.size()) {
                    try {
                        return method.invoke(fact, fitted(method, arguments));
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalArgumentException(name, e);
                    }
                }
            }
            throw new IllegalArgumentException(fact.getClass().getSimpleName() + "." + name);
        }

        /** A whole number where the fact asks for one. */
        private static Object[] fitted(Method method, List<@Nullable Object> arguments) {
            Class<?>[] types = method.getParameterTypes();
            Object[] fitted = arguments.toArray();
            for (int i = 0; i < fitted.length; i++) {
                if (fitted[i] instanceof BigDecimal number && types[i] != BigDecimal.class) {
                    fitted[i] = types[i] == int.class ? (Object) number.intValueExact() : number.longValueExact();
                }
            }
            return Arrays.copyOf(fitted, fitted.length);
        }

        private static Object needed(@Nullable Object value) {
            if (value == null) {
                throw new IllegalArgumentException("nothing there");
            }
            return value;
        }
    }
}
