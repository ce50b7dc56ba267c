package org.jabr.treasury;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The books of finance: what is granted is an expense and owed, then paid; or not owed any more; or it came back. All
 * cases share these accounts, so they are written at the very end of a transaction: nobody waits for another one's
 * rules or letters.
 */
@Component
class Books {

    private final Ledger ledger;

    Books(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One thing of value on its way. */
    record Item(String effect, String caseReference, String remedy, Money money) {

        String key(Movement.Kind kind) {
            return effect + "/" + kind.name().toLowerCase(Locale.ROOT);
        }
    }

    private record Note(Item item, Movement.Kind kind, String by) {}

    /** What a transaction will have written at its end. */
    private final class Pending implements TransactionSynchronization {

        private final List<Note> notes = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            write(notes);
            notes.clear();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Books.this);
        }
    }

    void owe(Item item, String by) {
        note(item, Movement.Kind.OWE, by);
    }

    void pay(Item item, String by) {
        note(item, Movement.Kind.PAY, by);
    }

    void cancel(Item item, String by) {
        note(item, Movement.Kind.CANCEL, by);
    }

    void giveBack(Item item, String by) {
        note(item, Movement.Kind.RETURN, by);
    }

    private void note(Item item, Movement.Kind kind, String by) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("no transaction to write the books in");
        }
        Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        pending.notes.add(new Note(item, kind, by));
    }

    private void write(List<Note> notes) {
        Map<String, Set<Movement.Kind>> before = new HashMap<>();
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Note note : notes) {
            Set<Movement.Kind> done = before.computeIfAbsent(note.item().effect(), effect -> done(note.item()));
            if (follows(note.kind(), done)) {
                done.add(note.kind());
                entries.add(entry(note));
            }
        }
        if (!entries.isEmpty()) {
            ledger.book(entries);
        }
    }

    private Set<Movement.Kind> done(Item item) {
        Set<Movement.Kind> done = EnumSet.noneOf(Movement.Kind.class);
        done.addAll(ledger.kinds(item.effect()));
        return done;
    }

    /** What was never granted is not paid, what was paid is not called off, what was not paid does not come back. */
    private static boolean follows(Movement.Kind kind, Set<Movement.Kind> done) {
        return !done.contains(kind)
                && switch (kind) {
                    case PAY -> done.contains(Movement.Kind.OWE) && !done.contains(Movement.Kind.CANCEL);
                    case CANCEL -> done.contains(Movement.Kind.OWE) && !done.contains(Movement.Kind.PAY);
                    case RETURN -> done.contains(Movement.Kind.PAY);
                    default -> true;
                };
    }

    private Ledger.Entry entry(Note note) {
        Item item = note.item();
        String unit = item.money().currency();
        long amount = item.money().minor();
        return switch (note.kind()) {
            case PAY ->
                entry(note, null, AccountKind.PAID_OUT, "", ledger.account(AccountKind.LIABILITY, "", unit), amount);
            case CANCEL ->
                entry(
                        note,
                        item.key(Movement.Kind.OWE),
                        AccountKind.EXPENSE,
                        item.remedy(),
                        ledger.account(AccountKind.LIABILITY, "", unit),
                        amount);
            case RETURN ->
                entry(
                        note,
                        item.key(Movement.Kind.PAY),
                        AccountKind.REVERSED,
                        item.remedy(),
                        ledger.account(AccountKind.PAID_OUT, "", unit),
                        amount);
            default ->
                entry(
                        note,
                        null,
                        AccountKind.LIABILITY,
                        "",
                        ledger.account(AccountKind.EXPENSE, item.remedy(), unit),
                        amount);
        };
    }

    private Ledger.Entry entry(
            Note note, @Nullable String reverses, AccountKind from, String subject, Ledger.Account to, long amount) {
        Item item = note.item();
        return new Ledger.Entry(
                new Movement(
                        item.key(note.kind()),
                        note.kind(),
                        item.effect(),
                        item.caseReference(),
                        reverses,
                        null,
                        note.by()),
                Ledger.from(ledger.account(from, subject, item.money().currency()), to, amount));
    }
}
