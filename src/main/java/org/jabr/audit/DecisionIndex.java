package org.jabr.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.cases.PastDecisions;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jabr.journal.Seals;
import org.jabr.rules.Decision;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Copies what was decided to where it can be searched, after it was sealed. Those who decide pay nothing for it; whoever
 * searches sees decisions a few seconds later.
 */
@Component
class DecisionIndex {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionIndex.class);

    /** So many leaves of the journal at once. */
    private static final int AT_ONCE = 5000;

    /** So many documents are read at once. */
    private static final int DOCUMENTS = 500;

    private static final RuleRef CHOSEN = new RuleRef("chosen");

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Journal journal;
    private final Seals seals;
    private final PastDecisions past;
    private final ObjectMapper json;
    private final TransactionOperations transaction;

    DecisionIndex(
            JdbcTemplate batches,
            Journal journal,
            Seals seals,
            PastDecisions past,
            ObjectMapper json,
            TransactionOperations transaction) {
        this.jdbc = JdbcClient.create(batches);
        this.batches = batches;
        this.journal = journal;
        this.seals = seals;
        this.past = past;
        this.json = json;
        this.transaction = transaction;
    }

    @Scheduled(
            initialDelayString = "${jabr.audit.search-every:PT5S}",
            fixedDelayString = "${jabr.audit.search-every:PT5S}")
    void look() {
        try {
            while (copied()) {
                LOG.debug("Decisions were copied for searching");
            }
        } catch (RuntimeException e) {
            LOG.warn("Decisions cannot be copied for searching for now: {}", e.toString());
        }
    }

    /** Copies the next decisions, unless another node is at it. @return whether there were any leaves to look at */
    boolean copied() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Long> through = jdbc.sql(
                            "select through from decision_turn where name = 'search' for update skip locked")
                    .query(Long.class)
                    .optional();
            long sealed = seals.newest().map(Seal::size).orElse(0L);
            if (through.isEmpty() || through.get() >= sealed) {
                return false;
            }
            long to = Math.min(sealed, through.get() + AT_ONCE);
            copy(journal.sealed("case.decided", through.get(), to));
            jdbc.sql("update decision_turn set through = :to where name = 'search'")
                    .param("to", to)
                    .update();
            return true;
        }));
    }

    private void copy(List<Journal.SealedEntry> entries) {
        Map<Long, Long> positions = new LinkedHashMap<>();
        entries.forEach(placed -> positions.putIfAbsent(decision(placed), placed.position()));
        List<Long> ids = List.copyOf(positions.keySet());
        for (int i = 0; i < ids.size(); i += DOCUMENTS) {
            List<Long> some = ids.subList(i, Math.min(i + DOCUMENTS, ids.size()));
            Set<Long> known = known(some);
            add(
                    past.these(some).stream()
                            .filter(one -> !known.contains(one.id()))
                            .toList(),
                    positions);
        }
    }

    /** Entries that somebody changed may name a decision twice. */
    private Set<Long> known(List<Long> ids) {
        return jdbc.sql("select id from found_decision where id in (:ids)")
                .param("ids", ids)
                .query(Long.class)
                .set();
    }

    /** Whatever somebody did to an entry, the others can be searched. */
    private long decision(Journal.SealedEntry placed) {
        try {
            return json.readTree(placed.entry().content()).path("decision").asLong();
        } catch (JsonProcessingException changed) {
            LOG.warn("Entry {} of the journal cannot be read", placed.entry().id());
            return 0;
        }
    }

    private void add(List<PastDecisions.Past> decisions, Map<Long, Long> positions) {
        List<Object[]> found = new ArrayList<>();
        List<Object[]> remedies = new ArrayList<>();
        List<Object[]> rules = new ArrayList<>();
        for (PastDecisions.Past one : decisions) {
            Decision decision = past.outcome(one);
            Set<RuleRef> answered = answered(decision);
            found.add(new Object[] {
                one.id(),
                positions.get(one.id()),
                one.caseReference(),
                one.moment(),
                one.release(),
                one.asOf(),
                one.by(),
                one.tier(),
                one.type(),
                one.channel(),
                one.language(),
                answered.contains(CHOSEN)
            });
            decision.outcome().forEach(outcome -> remedies.add(remedy(one.id(), outcome)));
            answered.forEach(rule -> rules.add(new Object[] {rule.id(), DecisionFilter.ANSWERED, one.id()}));
            decision.objections().stream()
                    .map(Objection::rule)
                    .distinct()
                    .forEach(rule -> rules.add(new Object[] {rule.id(), DecisionFilter.OBJECTED, one.id()}));
        }
        batches.batchUpdate("""
                insert into found_decision (id, position, reference, moment, release_id, decided_at, decided_by, tier,
                  failure_type, channel, language, chosen) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, found);
        batches.batchUpdate(
                "insert into found_remedy (decision_id, remedy, verdict, authority, amount_minor, currency) values (?, ?, ?, ?, ?, ?)",
                remedies);
        batches.batchUpdate("insert into found_rule (rule_id, part, decision_id) values (?, ?, ?)", rules);
    }

    private static Object[] remedy(long decision, Outcome outcome) {
        return new Object[] {
            decision,
            outcome.remedy(),
            outcome.verdict().name(),
            outcome.authority() == null ? null : outcome.authority().name(),
            outcome.amount() == null ? null : outcome.amount().minor(),
            outcome.amount() == null ? null : outcome.amount().currency()
        };
    }

    /** The rules that answered or proposed; what came out of it names the same ones, and those that objected. */
    private static Set<RuleRef> answered(Decision decision) {
        Set<RuleRef> rules = new LinkedHashSet<>();
        Stream.concat(
                        decision.settings().stream().map(Setting::because),
                        decision.proposals().stream().map(Proposal::because))
                .forEach(rules::addAll);
        return rules;
    }
}
