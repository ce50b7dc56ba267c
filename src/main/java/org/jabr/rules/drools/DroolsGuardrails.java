package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jabr.rules.Guarded;
import org.jabr.rules.Guardrails;
import org.jabr.rules.Objection;
import org.jabr.rules.Objections;
import org.kie.api.KieBase;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;

/** The DRL guardrails of one release; each hearing has a session of its own. */
class DroolsGuardrails implements Guardrails {

    private final KieBase base;
    private final List<String> order;
    private final Consumer<String> spoke;

    /**
     * @param order names of the rules as they stand in the file
     * @param spoke hears the full name of every rule that objected
     */
    DroolsGuardrails(KieBase base, List<String> order, Consumer<String> spoke) {
        this.base = base;
        this.order = order;
        this.spoke = spoke;
    }

    @Override
    public Hearing open(List<?> facts, String currency) {
        KieSession session = base.newKieSession();
        Objections objections = new Objections(currency);
        session.setGlobal("objections", objections);
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
                String rule = named(event.getMatch().getRule().getName());
                objections.speaks(rule);
                spoke.accept(rule);
            }
        });
        facts.forEach(session::insert);
        return new SessionHearing(session, objections);
    }

    /** Whether a rule whose conditions hold may speak; all may. */
    protected boolean mayFire(Match match) {
        return true;
    }

    /** The name under which a rule speaks; its own. */
    protected String named(String rule) {
        return rule;
    }

    /** Remedies are put before the rules once more. */
    protected void nextTurn() {}

    private final class SessionHearing implements Hearing {
        private final KieSession session;
        private final Objections objections;

        private SessionHearing(KieSession session, Objections objections) {
            this.session = session;
            this.objections = objections;
        }

        @Override
        public List<Objection> object(List<? extends Guarded> remedies) {
            List<FactHandle> handles = new ArrayList<>();
            remedies.forEach(remedy -> handles.add(session.insert(remedy)));
            nextTurn();
            session.fireAllRules(DroolsGuardrails.this::mayFire);
            handles.forEach(session::delete);
            List<Objection> made = new ArrayList<>(objections.take());
            made.sort(Comparator.comparingInt(objection -> order.indexOf(objection.reason())));
            return made;
        }

        @Override
        public void close() {
            session.dispose();
        }
    }
}
