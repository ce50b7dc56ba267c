package org.jabr.web.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jabr.cases.Cases;
import org.jabr.finance.Difference;
import org.jabr.finance.Differences;
import org.jabr.finance.Reconciliation;
import org.jabr.finance.SettlementLine;
import org.jabr.rules.Money;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts sums, effects and differences of reconciliation into words. */
@Component
class ReconciliationReading {

    private static final String NOTHING = "–";

    private final Differences differences;
    private final Cases cases;
    private final ReleaseWords words;
    private final Reader reader;

    ReconciliationReading(Differences differences, Cases cases, ReleaseWords words, Reader reader) {
        this.differences = differences;
        this.cases = cases;
        this.words = words;
        this.reader = reader;
    }

    /** The sums of one day in one currency. @param difference what is promised and not settled, or the other way round */
    record Sums(
            LocalDate iso,
            String day,
            String promised,
            String granted,
            String executed,
            String settled,
            String difference,
            boolean agrees) {}

    /** One effect, or one promise without one. */
    record Line(
            String key,
            String name,
            String caseReference,
            @Nullable String state,
            String tone,
            String promised,
            String granted,
            String executed,
            String settled,
            boolean agrees) {}

    record DifferenceRow(Difference difference, String about, String expected, String found, String tone) {}

    record Step(
            Instant at,
            String happened,
            String expected,
            String found,
            @Nullable String reason,
            String by) {}

    List<Sums> sums(List<Reconciliation.Day> days) {
        return days.stream()
                .map(day -> new Sums(
                        day.day(),
                        reader.day(day.day()),
                        money(day.promised(), day.currency()),
                        money(day.granted(), day.currency()),
                        money(day.executed(), day.currency()),
                        money(day.settled(), day.currency()),
                        money(day.promised() - day.settled(), day.currency()),
                        day.agrees()))
                .toList();
    }

    List<Line> lines(List<Reconciliation.Line> lines) {
        return lines.stream()
                .map(line -> {
                    String release = cases.get(line.caseReference()).release();
                    String remedy = words.word(release, line.remedy());
                    return new Line(
                            line.key(),
                            line.undo() ? reader.words("effects.undo", remedy) : remedy,
                            line.caseReference(),
                            line.state() == null ? null : line.state().name(),
                            line.state() == null ? "" : EffectReading.tone(line.state()),
                            money(line.promised(), line.currency()),
                            money(line.granted(), line.currency()),
                            money(line.executed(), line.currency()),
                            money(line.settled(), line.currency()),
                            line.agrees());
                })
                .toList();
    }

    DifferenceRow row(Difference difference) {
        return new DifferenceRow(
                difference,
                about(difference),
                amount(difference.expected(), difference.currency()),
                amount(difference.found(), difference.foundCurrency()),
                switch (difference.state()) {
                    case OPEN -> "warn";
                    case ACCEPTED -> "";
                    case GONE -> "good";
                });
    }

    private String about(Difference difference) {
        String effect = difference.effect();
        String subject = difference.subject();
        if (subject.startsWith(SettlementLine.SUBJECT)) {
            return reader.words("difference.line", subject.substring(SettlementLine.SUBJECT.length()));
        }
        return effect == null ? subject.substring(subject.indexOf('/') + 1) : effect;
    }

    List<Step> steps(Difference difference) {
        return differences.history(difference.id()).stream()
                .map(step -> new Step(
                        step.at().toInstant(),
                        step.happened().name(),
                        amount(step.expected(), difference.currency()),
                        amount(step.found(), step.foundCurrency()),
                        step.reason(),
                        words.who(step.by())))
                .toList();
    }

    private String amount(long minor, @Nullable String currency) {
        return currency == null ? NOTHING : money(minor, currency);
    }

    private String money(long minor, String currency) {
        return reader.money(Money.ofMinor(minor, currency));
    }
}
