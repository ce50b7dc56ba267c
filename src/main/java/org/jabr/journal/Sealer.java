package org.jabr.journal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Seals what was committed: one at a time, whoever holds the row, with everything that nobody sealed yet. Entries get their
 * order here, as ids are given before a transaction commits and do not say when it did.
 */
@Service
class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final int AT_ONCE = 5000;
    /** For how long after a seal an entry with a lower id may still be committed without a search through all of them. */
    private static final Duration LATEST = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Journal journal;
    private final Seals seals;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Path keyFile;

    Sealer(
            JdbcTemplate batches,
            Journal journal,
            Seals seals,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${jabr.journal.key-file:data/seal-key.pem}") Path keyFile) {
        this.jdbc = JdbcClient.create(batches);
        this.batches = batches;
        this.journal = journal;
        this.seals = seals;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.keyFile = keyFile;
    }

    @Scheduled(initialDelayString = "${jabr.journal.every:PT2S}", fixedDelayString = "${jabr.journal.every:PT2S}")
    void look() {
        seal(false);
    }

    /** Searches all entries for some that were committed very late. */
    @Scheduled(
            initialDelayString = "${jabr.journal.search-every:PT1H}",
            fixedDelayString = "${jabr.journal.search-every:PT1H}")
    void search() {
        seal(true);
    }

    private void seal(boolean all) {
        try {
            int sealed;
            do {
                sealed = batch(all);
            } while (sealed == AT_ONCE);
        } catch (RuntimeException e) {
            LOG.warn("The journal could not be sealed for now: {}", e.toString());
        }
    }

    /**
     * Seals what is there.
     *
     * @param all whether to look at all entries, or at those since a while ago
     * @return how many entries were sealed
     */
    int batch(boolean all) {
        return transaction.execute(
                status -> turn().map(house -> sealed(house, all)).orElse(0));
    }

    /** The name of the installation, for whoever holds the row. */
    private Optional<String> turn() {
        return jdbc.sql("select installation from journal_turn where name = 'seal' for update skip locked")
                .query(String.class)
                .optional()
                .map(name -> name.isEmpty() ? named() : name);
    }

    private String named() {
        String fresh = UUID.randomUUID().toString();
        jdbc.sql("update journal_turn set installation = :fresh where name = 'seal'")
                .param("fresh", fresh)
                .update();
        return fresh;
    }

    private int sealed(String installation, boolean all) {
        List<Entry> entries = journal.unsealed(all ? 0 : settled(), AT_ONCE);
        if (entries.isEmpty()) {
            return 0;
        }
        MerkleTree tree = seals.tree();
        add(entries, tree);
        long through = entries.stream().mapToLong(Entry::id).max().orElseThrow();
        Seal seal = signed(installation, tree);
        write(seal, tree, through);
        events.publishEvent(new Sealed(seal));
        return entries.size();
    }

    /** Entries up to this id were sealed long enough ago. */
    private long settled() {
        return jdbc.sql("select coalesce(max(through), 0) from journal_seal where at < :before")
                .param("before", OffsetDateTime.now(clock).minus(LATEST))
                .query(Long.class)
                .single();
    }

    private void add(List<Entry> entries, MerkleTree tree) {
        List<Object[]> leaves = new ArrayList<>();
        List<Object[]> blocks = new ArrayList<>();
        List<byte[]> open = new ArrayList<>(seals.leaves(tree.size() - tree.size() % Seals.BLOCK, tree.size()));
        for (Entry entry : entries) {
            byte[] hash = MerkleTree.leaf(entry.json());
            leaves.add(new Object[] {tree.size(), entry.id(), hash});
            tree.add(hash);
            open.add(hash);
            if (open.size() == Seals.BLOCK) {
                blocks.add(new Object[] {tree.size() / Seals.BLOCK - 1, MerkleTree.root(open)});
                open.clear();
            }
        }
        batches.batchUpdate("insert into journal_leaf (position, entry_id, hash) values (?, ?, ?)", leaves);
        batches.batchUpdate("insert into journal_block (number, hash) values (?, ?)", blocks);
    }

    private Seal signed(String installation, MerkleTree tree) {
        long id = seals.newest().map(Seal::id).orElse(0L) + 1;
        Signing signing = Signing.in(keyFile);
        Seal unsigned = new Seal(
                id,
                installation,
                tree.size(),
                HexFormat.of().formatHex(tree.root()),
                CanonicalJson.moment(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                signing.key(),
                "");
        return new Seal(
                id,
                installation,
                unsigned.size(),
                unsigned.root(),
                unsigned.at(),
                unsigned.key(),
                signing.sign(unsigned.signed()));
    }

    private void write(Seal seal, MerkleTree tree, long through) {
        jdbc.sql("""
                        insert into journal_seal (id, installation, size, root, at, seal_key, signature, peaks, through)
                        values (:id, :installation, :size, :root, :at, :key, :signature, :peaks, :through)
                        """)
                .param("id", seal.id())
                .param("installation", seal.installation())
                .param("size", seal.size())
                .param("root", seal.root())
                .param("at", OffsetDateTime.parse(seal.at()))
                .param("key", seal.key())
                .param("signature", seal.signature())
                .param("peaks", tree.peaks())
                .param("through", through)
                .update();
    }
}
