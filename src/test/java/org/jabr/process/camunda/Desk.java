package org.jabr.process.camunda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Cases;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.process.Recovery;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests do with cases: report, let the engine work, complete work, look. */
@TestComponent
class Desk {

    static final Decider AGENT = new Decider("agent", Authority.AGENT);
    static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);
    static final Decider MANAGER = new Decider("manager", Authority.MANAGER);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final CaseDesk cases;
    final Cases found;
    final Customers customers;
    final Recovery recovery;
    final Worklist worklist;
    final RuntimeService runtime;
    final ManagementService jobs;
    final HistoryService history;
    final TransactionTemplate transaction;

    Desk(
            CaseDesk cases,
            Cases found,
            Customers customers,
            Recovery recovery,
            Worklist worklist,
            RuntimeService runtime,
            ManagementService jobs,
            HistoryService history,
            TransactionTemplate transaction) {
        this.cases = cases;
        this.found = found;
        this.customers = customers;
        this.recovery = recovery;
        this.worklist = worklist;
        this.runtime = runtime;
        this.jobs = jobs;
        this.history = history;
        this.transaction = transaction;
    }

    /** A report being put together; a calm late delivery of a new customer, unless said otherwise. */
    class Case {

        private final Map<String, Object> facts = new HashMap<>();
        private String language = "en";
        private @Nullable String loss = "40.00";
        private @Nullable String email;
        private @Nullable String phone;
        private @Nullable String preferredChannel;
        private boolean vulnerable;
        private String ref = "C-" + NUMBER.incrementAndGet();

        /** Of the same customer as another case. */
        Case of(RecoveryCase other) {
            ref = customers.get(other.customerId()).externalRef();
            return this;
        }

        Case type(String type) {
            return fact("failure.type", type);
        }

        Case fact(String path, Object value) {
            facts.put(path, value);
            return this;
        }

        Case loss(@Nullable String amount) {
            loss = amount;
            return this;
        }

        Case language(String code) {
            language = code;
            return this;
        }

        Case email(String address) {
            email = address;
            return this;
        }

        Case phone(String number) {
            phone = number;
            return this;
        }

        Case prefers(String channel) {
            preferredChannel = channel;
            return this;
        }

        Case vulnerable() {
            vulnerable = true;
            return this;
        }

        /** Reports it; the engine has not worked on it yet. */
        RecoveryCase reported() {
            PersonalText name = new PersonalText(language.equals("ar") ? "هدى" : "Huda");
            facts.putIfAbsent("failure.type", "LATE_DELIVERY");
            return transaction.execute(status -> {
                customers.save(new Customer.Details(
                        ref,
                        name,
                        email == null ? null : new PersonalText(email),
                        phone == null ? null : new PersonalText(phone),
                        language,
                        preferredChannel,
                        vulnerable,
                        false,
                        false));
                RecoveryCase opened = cases.open(
                        new Report(
                                null,
                                ref,
                                "EMAIL",
                                "Delivery",
                                "Late",
                                new PersonalText("It came late."),
                                loss == null ? null : Money.of(loss, "USD"),
                                "USD",
                                null,
                                null,
                                facts,
                                Map.of()),
                        "test");
                recovery.start(opened);
                return opened;
            });
        }

        /** Reports it and lets the engine work until it waits. */
        RecoveryCase open() {
            RecoveryCase opened = reported();
            work(opened);
            return now(opened);
        }
    }

    Case lateDelivery() {
        return new Case();
    }

    /** Runs everything of a case that is due, one after the other, until it waits for a person or for time. */
    void work(RecoveryCase recovery) {
        for (int i = 0; i < 50; i++) {
            List<Job> due =
                    runtime
                            .createProcessInstanceQuery()
                            .processInstanceBusinessKey(recovery.reference())
                            .list()
                            .stream()
                            .flatMap(instance -> jobs
                                    .createJobQuery()
                                    .processInstanceId(instance.getId())
                                    .messages()
                                    .withRetriesLeft()
                                    .list()
                                    .stream())
                            .toList();
            if (due.isEmpty()) {
                return;
            }
            jobs.executeJob(due.get(0).getId());
        }
        throw new AssertionError("the case never waits");
    }

    /** As {@link #work}, where a step may fail. */
    void workAndFail(RecoveryCase recovery) {
        try {
            work(recovery);
        } catch (RuntimeException e) {
            return;
        }
        throw new AssertionError("nothing failed");
    }

    /** Lets a timer fire, and works on. */
    void timePasses(RecoveryCase recovery, String timer) {
        Job job = jobs.createJobQuery()
                .processInstanceId(instance(recovery))
                .activityId(timer)
                .timers()
                .singleResult();
        jobs.executeJob(job.getId());
        work(recovery);
    }

    String instance(RecoveryCase recovery) {
        return history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(recovery.reference())
                .rootProcessInstances()
                .singleResult()
                .getId();
    }

    boolean ended(RecoveryCase recovery) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(recovery.reference())
                        .count()
                == 0;
    }

    RecoveryCase now(RecoveryCase recovery) {
        return found.get(recovery.id());
    }

    Stage stage(RecoveryCase recovery) {
        return now(recovery).stage();
    }

    CaseFile file(RecoveryCase recovery) {
        return cases.file(recovery.reference());
    }

    List<WorkItem> items(RecoveryCase recovery) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(i -> i.state() == WorkItem.State.OPEN || i.state() == WorkItem.State.CLAIMED)
                .toList();
    }

    /** The one item that waits. */
    WorkItem item(RecoveryCase recovery) {
        List<WorkItem> items = items(recovery);
        if (items.size() != 1) {
            throw new AssertionError("not one item: " + items);
        }
        return items.get(0);
    }

    void complete(WorkItem item, Map<String, Object> answers, Decider by) {
        worklist.complete(item.id(), answers, by);
        work(found.get(item.caseId()));
    }

    /** Where the case waits, by element. */
    List<String> waitsAt(RecoveryCase recovery) {
        return this.recovery.path(recovery.id()).active();
    }

    List<String> passed(RecoveryCase recovery) {
        return this.recovery.path(recovery.id()).done();
    }

    List<String> letters(RecoveryCase recovery) {
        return file(recovery).contacts().stream()
                .filter(c -> c.direction() == Contact.Direction.OUT)
                .map(Contact::letter)
                .toList();
    }

    String letter(RecoveryCase recovery, String name) {
        return file(recovery).contacts().stream()
                .filter(c -> name.equals(c.letter()))
                .map(c -> PersonalText.shown(c.subject()) + "\n" + PersonalText.shown(c.body()))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    List<Effect> effects(RecoveryCase recovery, Effect.State state) {
        return file(recovery).remedies().stream()
                .filter(e -> e.state() == state)
                .toList();
    }
}
