package org.jabr.rules;

import java.util.List;

/**
 * What the guardrails heard at one point of a decision, and what they said.
 *
 * @param currency of the case
 * @param facts the facts as laid out before them
 */
public record Heard(String currency, List<Object> facts, List<Guarded> remedies, List<Objection> objections) {

    public Heard {
        facts = List.copyOf(facts);
        remedies = List.copyOf(remedies);
        objections = List.copyOf(objections);
    }

    /** Guardrails that tell whoever wants to know what they heard and said. */
    public static Guardrails overheard(Guardrails guardrails, java.util.function.Consumer<Heard> listener) {
        return (facts, currency) -> {
            Guardrails.Hearing hearing = guardrails.open(facts, currency);
            return new Guardrails.Hearing() {
                @Override
                public List<Objection> object(List<? extends Guarded> remedies) {
                    List<Objection> objections = hearing.object(remedies);
                    listener.accept(new Heard(currency, List.copyOf(facts), List.copyOf(remedies), objections));
                    return objections;
                }

                @Override
                public void close() {
                    hearing.close();
                }
            };
        };
    }
}
