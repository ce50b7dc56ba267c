package org.jabr.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionOperations;

/** What was committed is sealed, once, and whatever happens to it afterwards is found; each subclass on one database. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.journal.search-every=PT24H"})
@ActiveProfiles("demo")
@Import(StubEngines.class)
abstract class SealerTests {

    private final String own = UUID.randomUUID().toString();

    @Autowired
    Journal journal;

    @Autowired
    Sealer sealer;

    @Autowired
    Seals seals;

    @Autowired
    Proofs proofs;

    @Autowired
    Evidence evidence;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Test
    void sealsWhatWasCommittedOnce() throws IOException {
        append(3);
        transaction.executeWithoutResult(undone -> {
            append(1);
            undone.setRollbackOnly();
        });

        assertThat(journal.of(own)).hasSize(3);
        assertThat(sealer.batch(false)).isGreaterThanOrEqualTo(3);
        assertThat(sealer.batch(false)).isZero();
        assertThat(sealer.batch(true)).isZero();
        assertThat(sealed()).isEqualTo(3);
        assertThat(verify().verdict()).isEqualTo(Verifier.Verdict.GOOD);
    }

    @Test
    void whoeverWritesWaitsForNobodyAndWhoeverSealsSealsOnce() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(11);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                work.add(() -> {
                    for (int n = 0; n < 50; n++) {
                        append(1);
                    }
                    return 0;
                });
            }
            for (int i = 0; i < 3; i++) {
                work.add(() -> {
                    for (int n = 0; n < 40; n++) {
                        sealer.batch(false);
                    }
                    return 0;
                });
            }
            for (Future<Integer> one : people.invokeAll(work)) {
                one.get();
            }
        } finally {
            people.shutdown();
        }
        sealer.batch(false);

        assertThat(sealed()).isEqualTo(400);
        assertThat(verify().verdict()).isEqualTo(Verifier.Verdict.GOOD);
        Seal first = seals.get(1);
        for (Seal later : seals.after(0, 1000)) {
            assertThat(proofs.consistency(first.id(), later.id()).holds()).isTrue();
        }
    }

    @Test
    void anEntryThatIsCommittedLaterThanItsNeighboursIsSealedAfterThem() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch sealed = new CountDownLatch(1);
        ExecutorService slow = Executors.newSingleThreadExecutor();
        try {
            Future<?> late = slow.submit(() -> transaction.executeWithoutResult(status -> {
                append(1);
                written.countDown();
                wait(sealed);
            }));
            written.await();
            append(1);
            sealer.batch(false);
            assertThat(sealed()).isEqualTo(1);
            sealed.countDown();
            late.get();
        } finally {
            slow.shutdown();
        }
        sealer.batch(false);

        assertThat(sealed()).isEqualTo(2);
        List<Entry> entries = journal.of(own);
        assertThat(seals.position(entries.get(0).id()).orElseThrow())
                .isGreaterThan(seals.position(entries.get(1).id()).orElseThrow());
        assertThat(verify().verdict()).isEqualTo(Verifier.Verdict.GOOD);
    }

    @Test
    void aSealerThatIsKilledLeavesNothingHalfDone() throws IOException {
        append(2);
        transaction.executeWithoutResult(killed -> {
            sealer.batch(false);
            killed.setRollbackOnly();
        });
        assertThat(sealed()).isZero();

        sealer.batch(false);
        assertThat(sealed()).isEqualTo(2);
        assertThat(verify().verdict()).isEqualTo(Verifier.Verdict.GOOD);
    }

    @Test
    void showsEachEntryBelowItsSeal() {
        append(700);
        sealer.batch(false);
        append(300);
        sealer.batch(false);

        List<Entry> entries = journal.of(own);
        for (int i = 0; i < entries.size(); i += 37) {
            assertThat(proofs.inclusion(entries.get(i).id()).holds()).isTrue();
        }
    }

    @Test
    void namesTheRowThatSomebodyChangedInTheDatabase() throws IOException {
        append(5);
        sealer.batch(false);
        Entry entry = journal.of(own).get(2);
        long position = seals.position(entry.id()).orElseThrow();

        for (String column : List.of("kind", "subject", "by_whom", "content")) {
            jdbc.sql("update journal_entry set " + column + " = " + column + " || ' ' where id = :id")
                    .param("id", entry.id())
                    .update();
            assertThat(verify().code()).isEqualTo("VERIFY-102");
            assertThat(verify().entry()).isEqualTo(position);
            assertThat(proofs.inclusion(entry.id()).holds()).isFalse();
            jdbc.sql(
                            "update journal_entry set kind = :kind, subject = :subject, by_whom = :by, content = :content where id = :id")
                    .param("id", entry.id())
                    .param("kind", entry.kind())
                    .param("subject", entry.subject())
                    .param("by", entry.by())
                    .param("content", entry.content())
                    .update();
        }
        jdbc.sql("update journal_entry set at = at + interval '1' second where id = :id")
                .param("id", entry.id())
                .update();
        assertThat(verify().entry()).isEqualTo(position);
        jdbc.sql("delete from journal_entry where id = :id")
                .param("id", entry.id())
                .update();
        assertThat(verify().code()).isEqualTo("VERIFY-103");
        assertThat(verify().entry()).isEqualTo(position);
        jdbc.sql(
                        "insert into journal_entry (id, kind, subject, by_whom, content, at) values (:id, :kind, :subject, :by, :content, :at)")
                .param("id", entry.id())
                .param("kind", entry.kind())
                .param("subject", entry.subject())
                .param("by", entry.by())
                .param("content", entry.content())
                .param("at", entry.at())
                .update();
        assertThat(verify().verdict()).isEqualTo(Verifier.Verdict.GOOD);
    }

    private void append(int entries) {
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < entries; i++) {
                journal.append("case.moved", own, "rules", Map.of("to", "قيد", "n", i));
            }
        });
    }

    private long sealed() {
        return journal.of(own).stream()
                .filter(entry -> seals.position(entry.id()).isPresent())
                .count();
    }

    private Verifier.Said verify() throws IOException {
        try (InputStream export = evidence.open(evidence.seal(null))) {
            return Verifier.verify(export, List.of(seals.get(1), seals.theNewest()), Set.of());
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
