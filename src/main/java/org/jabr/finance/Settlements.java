package org.jabr.finance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What payment providers settled, line by line; hostile until looked at, and kept as it came. */
@Service
public class Settlements {

    private static final String COLUMNS =
            "select id, identity, provider, line_id, given_key, reference, effect_key, kind, amount_minor, currency, settled_on from settlement_line ";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/#@+-]*");
    private static final Pattern UNDO = Pattern.compile(".*-UNDO(-\\d{1,3})?");
    private static final Pattern KEY = Pattern.compile("(\\d{1,18})-.+");

    private final JdbcClient jdbc;
    private final SettlementRules rules;
    private final Releases releases;
    private final Clock clock;

    Settlements(JdbcClient jdbc, SettlementRules rules, Releases releases, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.releases = releases;
        this.clock = clock;
    }

    /** What became of a line. @param why it was refused; null where it was not */
    public record Became(boolean added, @Nullable Problem why) {}

    /** What an effect, or nothing yet, has to do with a line. */
    private record Match(
            @Nullable String effect, boolean undo, @Nullable Long caseId) {}

    /**
     * Whether a file of so many lines is taken.
     *
     * @throws Problem {@code SETTLE-001} the live release compares no settlements, {@code SETTLE-002} too many lines
     */
    public void admit(int lines) {
        int most = terms().mostLines();
        if (lines > most) {
            throw new Problem(Problem.Kind.INVALID, "SETTLE-002", lines, most);
        }
    }

    /**
     * Takes in lines, each that can be. What it says holds only if the caller's transaction commits.
     *
     * @return for each line what became of it: {@code SETTLE-003} neither key nor reference, {@code SETTLE-004} text that
     *     cannot be, {@code SETTLE-005} unknown kind, {@code SETTLE-006} an amount of nothing, {@code SETTLE-007} below
     *     zero though nothing is taken back, {@code SETTLE-008} above the ceiling, {@code SETTLE-009} a day that has not
     *     come, {@code SETTLE-010} the line says something else than before
     */
    @Transactional
    public List<Became> take(List<SettlementLine> lines, String by) {
        // Whoever brings the same file at the same moment comes after this.
        jdbc.sql("select name from finance_turn where name = 'settlements' for update")
                .query(String.class)
                .single();
        SettlementTerms terms = terms();
        List<CurrencyTerms> currencies = releases.rulebook(releases.live().id()).currencies();
        return lines.stream().map(line -> take(line, by, terms, currencies)).toList();
    }

    private Became take(SettlementLine line, String by, SettlementTerms terms, List<CurrencyTerms> currencies) {
        Optional<SettlementLine.Taken> before = jdbc.sql(COLUMNS + "where identity = :identity")
                .param("identity", line.identity())
                .query(Settlements::taken)
                .optional();
        if (before.isPresent()) {
            return before.get().line().equals(line)
                    ? new Became(false, null)
                    : refused("SETTLE-010", Objects.requireNonNullElse(line.id(), ""));
        }
        Optional<Became> wrong = wrong(line, terms, currencies);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Match match = match(line);
        if (line.money().amount().signum() < 0 && !match.undo()) {
            return refused("SETTLE-007");
        }
        jdbc.sql("""
                        insert into settlement_line (identity, provider, line_id, given_key, reference, effect_key, case_id, kind, amount_minor,
                            currency, settled_on, by_login, taken_at)
                        values (:identity, :provider, :id, :key, :reference, :effect, :case, :kind, :amount, :currency, :day, :by, :at)
                        """)
                .param("identity", line.identity())
                .param("provider", line.provider())
                .param("id", line.id())
                .param("key", line.key())
                .param("reference", line.reference())
                .param("effect", match.effect())
                .param("case", match.caseId())
                .param("kind", line.kind())
                .param("amount", line.money().minor())
                .param("currency", line.money().currency())
                .param("day", line.settledOn())
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .update();
        return new Became(true, null);
    }

    private Optional<Became> wrong(SettlementLine line, SettlementTerms terms, List<CurrencyTerms> currencies) {
        if (line.key() == null && line.reference() == null) {
            return Optional.of(refused("SETTLE-003"));
        }
        if (Stream.of(line.id(), line.key(), line.reference(), line.provider())
                .anyMatch(text -> text != null && !WORD.matcher(text).matches())) {
            return Optional.of(refused("SETTLE-004"));
        }
        if (line.kind() != null && !terms.kinds().contains(line.kind())) {
            return Optional.of(refused(
                    "SETTLE-005",
                    String.join(", ", terms.kinds().stream().sorted().toList())));
        }
        Money money = line.money();
        if (money.isZero()) {
            return Optional.of(refused("SETTLE-006"));
        }
        Money ceiling = currencies.stream()
                .filter(one -> one.code().equals(money.currency()))
                .findFirst()
                .map(one -> ceiling(terms.ceilingUnits(), one))
                .orElseThrow();
        if (money.amount().abs().compareTo(ceiling.amount()) > 0) {
            return Optional.of(refused("SETTLE-008", ceiling.toString()));
        }
        // A provider may be a day ahead of UTC.
        return line.settledOn()
                        .isAfter(LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(1))
                ? Optional.of(refused("SETTLE-009"))
                : Optional.empty();
    }

    private static Money ceiling(BigDecimal units, CurrencyTerms terms) {
        return new Money(
                units.multiply(terms.factor()).setScale(Money.digits(terms.code()), RoundingMode.HALF_EVEN),
                terms.code());
    }

    /** By the key first; else by the reference, where exactly one effect has it. */
    private Match match(SettlementLine line) {
        List<Match> found = new ArrayList<>();
        if (line.key() != null) {
            found.addAll(effects("effect_key = :one", line.key()));
        }
        if (found.isEmpty() && line.reference() != null) {
            found.addAll(effects("reference = :one", line.reference()));
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String key = line.key();
        return new Match(null, key != null && UNDO.matcher(key).matches(), caseOf(key));
    }

    private List<Match> effects(String which, String one) {
        return jdbc.sql("select effect_key, undoes, case_id from effect where " + which + " fetch first 2 rows only")
                .param("one", one)
                .query((row, n) ->
                        new Match(row.getString("effect_key"), row.getString("undoes") != null, row.getLong("case_id")))
                .list();
    }

    /** A key begins with its decision, so that a wrong one may still say whose case it is. */
    private @Nullable Long caseOf(@Nullable String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            return null;
        }
        return jdbc.sql("select case_id from decision where id = :id")
                .param("id", Long.parseLong(key.substring(0, key.indexOf('-'))))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Lines that came before their effect was known, or before its reference was, find it now. */
    @Transactional
    public void matchAgain() {
        jdbc.sql("""
                        update settlement_line set
                            case_id = (select e.case_id from effect e where e.effect_key = settlement_line.given_key),
                            effect_key = given_key
                        where effect_key is null and exists (select 1 from effect e where e.effect_key = settlement_line.given_key)
                        """).update();
        jdbc.sql("""
                        update settlement_line set
                            case_id = (select min(e.case_id) from effect e where e.reference = settlement_line.reference),
                            effect_key = (select min(e.effect_key) from effect e where e.reference = settlement_line.reference)
                        where effect_key is null
                            and (select count(*) from effect e where e.reference = settlement_line.reference) = 1
                        """).update();
    }

    /** The lines of a case, in the order in which they were settled. */
    public List<SettlementLine.Taken> ofCase(CaseId id) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by settled_on, id")
                .param("id", id.value())
                .query(Settlements::taken)
                .list();
    }

    /** The first lines of a day that belong to no effect. */
    public List<SettlementLine.Taken> strays(LocalDate day, int most) {
        return jdbc.sql(COLUMNS
                        + "where effect_key is null and settled_on = :day order by id fetch first :most rows only")
                .param("day", day)
                .param("most", most)
                .query(Settlements::taken)
                .list();
    }

    /** The line that a difference is about, where it is about one. */
    public Optional<SettlementLine> of(Difference difference) {
        return difference.subject().startsWith(SettlementLine.SUBJECT)
                ? jdbc.sql(COLUMNS + "where id = :id")
                        .param("id", Long.parseLong(difference.subject().substring(SettlementLine.SUBJECT.length())))
                        .query(Settlements::taken)
                        .optional()
                        .map(SettlementLine.Taken::line)
                : Optional.empty();
    }

    private SettlementTerms terms() {
        return rules.terms().orElseThrow(Reckoned::notCompared);
    }

    private static Became refused(String code, Object... values) {
        return new Became(false, new Problem(Problem.Kind.INVALID, code, values));
    }

    private static SettlementLine.Taken taken(ResultSet row, int n) throws SQLException {
        return new SettlementLine.Taken(
                row.getLong("id"),
                new SettlementLine(
                        row.getString("identity"),
                        row.getString("provider"),
                        row.getString("line_id"),
                        row.getString("given_key"),
                        row.getString("reference"),
                        row.getString("kind"),
                        Money.ofMinor(row.getLong("amount_minor"), row.getString("currency")),
                        row.getObject("settled_on", LocalDate.class)),
                row.getString("effect_key"));
    }
}
