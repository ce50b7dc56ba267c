package org.jabr.releases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Releases that failed while cases were running, and why. Every node knows within two seconds. */
@Component
class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final long FRESH_NANOS = 2_000_000_000L;
    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;
    private Map<String, Finding> known = Map.of();
    private long knownAt;

    Quarantine(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.knownAt = System.nanoTime() - FRESH_NANOS;
    }

    /** Why a release is in quarantine; empty where it is not. May be two seconds old. */
    synchronized Optional<Finding> of(String release) {
        if (System.nanoTime() - knownAt >= FRESH_NANOS) {
            Map<String, Finding> found = new HashMap<>();
            jdbc.sql("select release_id, code, what from release_quarantine where lifted_at is null")
                    .query((row, n) -> found.putIfAbsent(
                            row.getString("release_id"), finding(row.getString("code"), row.getString("what"))))
                    .list();
            known = found;
            knownAt = System.nanoTime();
        }
        return Optional.ofNullable(known.get(release));
    }

    /** Takes a release out of service. Whatever becomes of the caller's transaction, this stays. */
    synchronized void add(String release, String code, String what) {
        if (of(release).isPresent()) {
            return;
        }
        LOG.error("Release {} is put in quarantine: {} {}", release, code, what);
        String kept = what.substring(0, Math.min(LONGEST, what.length()));
        ownTransaction.executeWithoutResult(status -> jdbc.sql(
                        "insert into release_quarantine (release_id, code, what, since) values (:release, :code, :what, :since)")
                .param("release", release)
                .param("code", code)
                .param("what", kept)
                .param("since", OffsetDateTime.now(clock))
                .update());
        forget();
    }

    /** Puts a release back into service, for instance after the system itself was mended. */
    synchronized void lift(String release, String by) {
        jdbc.sql(
                        "update release_quarantine set lifted_at = :at, lifted_by = :by where release_id = :release and lifted_at is null")
                .param("at", OffsetDateTime.now(clock))
                .param("by", by)
                .param("release", release)
                .update();
        forget();
    }

    private void forget() {
        knownAt = System.nanoTime() - FRESH_NANOS;
    }

    private static Finding finding(String code, String what) {
        return new Finding("RELEASE-020", true, "rules", "", List.of(code + " " + what));
    }
}
