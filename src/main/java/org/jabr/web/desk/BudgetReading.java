package org.jabr.web.desk;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.Customers;
import org.jabr.releases.Releases;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.treasury.BudgetChange;
import org.jabr.treasury.Budgets;
import org.jabr.treasury.LedgerReading;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Rates;
import org.jabr.treasury.Treasury;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts budgets and the ledger into words. */
@Component
class BudgetReading {

    private final LedgerReading ledger;
    private final Rates rates;
    private final Customers customers;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;
    private final Clock clock;

    BudgetReading(
            LedgerReading ledger,
            Rates rates,
            Customers customers,
            Releases releases,
            ReleaseWords words,
            Reader reader,
            Clock clock) {
        this.ledger = ledger;
        this.rates = rates;
        this.customers = customers;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * A budget as a line.
     *
     * @param days within which what is given counts; 0 where it is a calendar period or a store
     * @param other what is left in another currency; null where nobody asked
     */
    record Line(
            String code,
            String who,
            @Nullable String remedy,
            String period,
            long days,
            String limit,
            String reserved,
            boolean underWay,
            String used,
            String left,
            @Nullable String other,
            boolean low,
            String account) {}

    record Changed(
            long id,
            String pot,
            String amount,
            String reason,
            BudgetChange.State state,
            String askedBy,
            Instant askedAt,
            @Nullable Instant until,
            @Nullable String decidedBy,
            boolean own) {}

    record Entry(
            long number,
            String what,
            @Nullable String remedy,
            @Nullable String caseReference,
            @Nullable String reason,
            String amount,
            boolean less,
            String by,
            Instant at) {}

    record Account(String code, String title, String balance) {}

    /** @param currency in which what is left is shown as well; null where it is not */
    Line line(Treasury.Balance balance, @Nullable String currency) {
        PotName pot = balance.pot();
        OffsetDateTime since = balance.terms().since();
        return new Line(
                pot.code(),
                who(pot),
                pot.remedy().isEmpty() || pot.kind() == PotName.Kind.STOCK ? null : word(pot.remedy()),
                pot.period(),
                since == null
                        ? 0
                        : Duration.between(since, OffsetDateTime.now(clock)).toDays(),
                amount(balance.limit(), pot.unit()),
                amount(balance.reserved(), pot.unit()),
                balance.reserved() > 0,
                amount(balance.used(), pot.unit()),
                amount(balance.left(), pot.unit()),
                currency == null || pot.unit().equals(Budgets.PIECES)
                        ? null
                        : reader.money(rates.convert(
                                Money.ofMinor(balance.left(), pot.unit()),
                                currency,
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))),
                balance.low(),
                pot.code() + "/available");
    }

    /** Whose a pot is, in words. */
    String who(PotName pot) {
        return switch (pot.kind()) {
            case ALLOWANCE -> words.who(pot.subject());
            case WINDOW -> customers.get(Long.parseLong(pot.subject())).externalRef();
            default -> word(pot.subject());
        };
    }

    String title(PotName pot) {
        return reader.words("budgets.title." + pot.kind(), who(pot));
    }

    Changed changed(BudgetChange change, String login) {
        OffsetDateTime until = change.until();
        String decidedBy = change.decidedBy();
        return new Changed(
                change.id(),
                title(potOf(change.pot(), change.unit())),
                signed(change.amount(), change.unit()),
                change.reason(),
                change.state(),
                words.who(change.askedBy()),
                change.askedAt().toInstant(),
                until == null ? null : until.toInstant(),
                decidedBy == null ? null : words.who(decidedBy),
                change.askedBy().equals(login));
    }

    private PotName potOf(String code, String unit) {
        return ledger.pot(code + "/available")
                .orElseGet(() -> new PotName(PotName.Kind.STOCK, code.split("/")[1], "", unit, ""));
    }

    Account account(LedgerReading.Account account) {
        return new Account(account.code(), accountTitle(account), signedBalance(account));
    }

    private String signedBalance(LedgerReading.Account account) {
        return amount(account.balance(), account.unit());
    }

    String accountTitle(LedgerReading.Account account) {
        String place = reader.words("ledger.account." + account.kind());
        Optional<PotName> pot = ledger.pot(account.code());
        if (pot.isPresent()) {
            return title(pot.get()) + " · " + place;
        }
        String[] parts = account.code().split("/");
        return parts.length > 2 ? place + " · " + word(parts[1]) : place;
    }

    Entry entry(LedgerReading.Entry entry) {
        String effect = entry.effect();
        int dash = effect == null ? -1 : effect.indexOf('-');
        return new Entry(
                entry.number(),
                reader.words("ledger.kind." + entry.kind()),
                dash < 0 ? null : word(Objects.requireNonNull(effect).substring(dash + 1)),
                entry.caseReference(),
                entry.reason(),
                signed(entry.amount(), entry.unit()),
                entry.amount() < 0,
                words.who(entry.by()),
                entry.at().toInstant());
    }

    /** The currencies of the live release. */
    List<String> currencies() {
        return releases.findLive()
                .map(live -> releases.rulebook(live.id()).currencies().stream()
                        .map(CurrencyTerms::code)
                        .toList())
                .orElse(List.of());
    }

    String amount(long amount, String unit) {
        return unit.equals(Budgets.PIECES)
                ? reader.words("budgets.pieces", amount)
                : reader.money(Money.ofMinor(amount, unit));
    }

    private String signed(long amount, String unit) {
        return (amount > 0 ? "+" : "") + amount(amount, unit);
    }

    /**
     * What somebody typed, in minor units or pieces.
     *
     * @throws Problem {@code TREASURY-008}
     */
    long typed(String amount, String unit) {
        try {
            BigDecimal value = new BigDecimal(amount.strip());
            int digits = unit.equals(Budgets.PIECES) ? 0 : Money.digits(unit);
            if (value.signum() > 0 && value.precision() < 16) {
                return value.movePointRight(digits).longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException notAnAmount) {
            // Said below.
        }
        throw new Problem(Problem.Kind.INVALID, "TREASURY-008");
    }

    private String word(String value) {
        return words.word(releases.findLive().map(live -> live.id()).orElse(""), value);
    }
}
