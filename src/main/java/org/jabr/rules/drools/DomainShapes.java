package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jabr.rules.drools.Domain.Sureness;
import org.jspecify.annotations.Nullable;

/** Values of columns of which little is known but their type. */
final class DomainShapes {

    /** A text that no cell names. */
    static final String SOMETHING_ELSE = "something else";

    private DomainShapes() {}

    /** Amounts in cents are sure; some currencies have finer ones. */
    static Domain.Gathering amounts(Collection<?> literals) {
        return new Domain.Gathering()
                .addAll(Numbers.amounts().representatives(numbers(literals)), Sureness.SURE)
                .addAll(new Numbers(null, BigDecimal.ZERO, null).representatives(numbers(literals)), Sureness.POSSIBLE);
    }

    /** What an expression or a sum may well give: amounts or whole numbers from nothing upwards; all else is possible. */
    static Domain assumed(String type, Collection<?> literals, boolean amount, Sureness nothing) {
        Domain.Gathering gathering = new Domain.Gathering();
        if (type.equals("number")) {
            Numbers numbers = amount ? Numbers.amounts() : Numbers.whole(BigDecimal.ZERO, null);
            gathering.addAll(numbers.representatives(numbers(literals)), Sureness.ASSUMED);
        } else if (type.equals("boolean")) {
            gathering.addAll(List.of(true, false), Sureness.ASSUMED);
        } else {
            gathering.addAll(literals, Sureness.ASSUMED);
        }
        unknown(type, literals, Sureness.POSSIBLE)
                .points()
                .forEach(point -> gathering.add(point.value(), point.sureness()));
        return gathering.add(null, nothing).done();
    }

    static Domain unknown(String type, Collection<?> literals, Sureness sureness) {
        Domain.Gathering gathering = new Domain.Gathering();
        switch (type) {
            case "number" ->
                gathering.addAll(new Numbers(null, null, null).representatives(numbers(literals)), sureness);
            case "boolean" -> gathering.addAll(List.of(true, false), sureness);
            default -> gathering.addAll(literals, sureness).add(SOMETHING_ELSE, sureness);
        }
        return gathering.add(null, sureness).done();
    }

    static List<BigDecimal> numbers(Collection<?> literals) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (@Nullable Object literal : literals) {
            if (literal instanceof BigDecimal number) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
