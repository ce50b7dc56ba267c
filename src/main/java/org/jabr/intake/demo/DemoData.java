package org.jabr.intake.demo;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.CatalogueDesk;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.TypedItem;
import org.jabr.customers.MadeUp;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Imports;
import org.jabr.intake.Submission;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Fills the demo's shop after the house is ready, once: what is done is remembered, and a restart goes on with it. */
@Component
@ConditionalOnProperty("jabr.demo.data")
class DemoData implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String NAME = "demo-shop";
    private static final String BY = "demo";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 300;

    private final Imports imports;
    private final CaseIntake intake;
    private final Storyteller storyteller;
    private final Catalogue catalogue;
    private final CatalogueDesk catalogueDesk;
    private final MadeUp madeUp;
    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile boolean running;

    DemoData(
            Imports imports,
            CaseIntake intake,
            Storyteller storyteller,
            Catalogue catalogue,
            CatalogueDesk catalogueDesk,
            MadeUp madeUp,
            JdbcClient jdbc,
            Clock clock) {
        this.imports = imports;
        this.intake = intake;
        this.storyteller = storyteller;
        this.catalogue = catalogue;
        this.catalogueDesk = catalogueDesk;
        this.madeUp = madeUp;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (filled()) {
            return;
        }
        Thread thread = new Thread(this::fillLogged, NAME);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void fillLogged() {
        try {
            fill();
        } catch (RuntimeException e) {
            if (running) {
                LOG.error("The demo's data are not complete; the next start goes on with them", e);
            }
        }
    }

    void fill() {
        Shop shop = Shop.open(LocalDate.ofInstant(clock.instant(), clock.getZone()));
        madeUp.add(shop.customerRefs());
        shop.gifts().forEach(this::offer);
        imports.start("customers", "generic", bytes(shop.customersFile()), BY);
        imports.start("purchases", "generic", bytes(shop.purchasesFile()), BY);
        shop.cases().forEach(this::report);
        List<Shop.Case> untold = new ArrayList<>(shop.cases());
        OffsetDateTime end = OffsetDateTime.now(clock).plus(PATIENCE);
        while (running && !untold.isEmpty() && OffsetDateTime.now(clock).isBefore(end)) {
            untold.removeIf(told -> toldOrGivenUp(shop, told));
            pause();
        }
        if (running) {
            remember();
            LOG.info("The demo's shop has {} cases", shop.cases().size());
        }
    }

    /** Where analysts changed the folders, an item may not fit them any more; the shop then has one less. */
    private void offer(Shop.Gift gift) {
        try {
            if (catalogue.find(gift.fields().getOrDefault("code", "")).isEmpty()) {
                Item item = catalogueDesk.add(new TypedItem(gift.fields()), BY);
                if (gift.pieces() > 0) {
                    catalogueDesk.receive(
                            item.code(), gift.pieces(), gift.delivery(), new Decider(BY, Authority.MANAGER));
                }
            }
        } catch (Problem problem) {
            LOG.warn("The shop goes without {}: {}", gift.fields().get("code"), problem.code());
        }
    }

    boolean filled() {
        return jdbc.sql("select count(*) from filled_in where name = :name")
                        .param("name", NAME)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Where analysts changed the folders, a story may not fit them any more; the case then stays where it is. */
    private boolean toldOrGivenUp(Shop shop, Shop.Case told) {
        try {
            return storyteller.tell(shop, told);
        } catch (Problem problem) {
            LOG.warn("The story of {} ends early: {}", told.ref(), problem.code());
            return true;
        }
    }

    private void report(Shop.Case told) {
        OffsetDateTime occurred = OffsetDateTime.now(clock).minusDays(told.daysAgo() + 1L);
        intake.receive(
                new Submission(
                        told.ref(),
                        told.person().ref(),
                        told.channel(),
                        told.category(),
                        told.subject(),
                        told.description(),
                        new Money(told.loss(), told.person().currency()),
                        told.person().currency(),
                        occurred,
                        OffsetDateTime.now(clock),
                        told.person().language(),
                        Map.of(
                                "failure.type", told.type(),
                                "failure.practicalImpact", told.impact(),
                                "failure.durationDays", (long) told.daysAgo(),
                                "failure.causedBy", "ORGANISATION",
                                "conversation.emotion", told.emotion(),
                                "conversation.desiredOutcome", told.desired()),
                        Map.of("item", told.item())),
                BY);
    }

    private void remember() {
        jdbc.sql(
                        "insert into filled_in (name, at) select cast(:name as varchar(40)), cast(:at as timestamp(3) with time zone) where not exists (select 1 from filled_in where name = :name)")
                .param("name", NAME)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
