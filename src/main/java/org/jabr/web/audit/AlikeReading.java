package org.jabr.web.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jabr.alike.Alike;
import org.jabr.alike.AlikePolicy;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts what was found about like cases into the reader's language. */
@Component
class AlikeReading {

    /** What of the suspects decisions can be searched by, and under which name. */
    private static final Map<String, String> SEARCHED = Map.of(
            "channel", "channel", "language", "language", AlikePolicy.DECIDED_BY, "by", "tier", "tier", "type", "type");

    private static final double SMALLEST_P = 0.001;

    private final ReleaseWords words;
    private final Reader reader;

    AlikeReading(ReleaseWords words, Reader reader) {
        this.words = words;
        this.reader = reader;
    }

    /**
     * @param findings a sentence for each comparison that found something
     * @param standing a sentence for each person's pattern that is unusual
     */
    record Shown(
            List<Said> findings,
            List<Row> rows,
            List<TwinRow> twins,
            List<String> standing,
            List<PatternRow> patterns,
            List<FourEyesRow> fourEyes,
            List<LateRow> late,
            List<Person> people,
            List<Term> permitted,
            List<Term> suspects,
            List<Term> limits) {}

    /** @param link to the decisions that it speaks of; empty where they cannot be searched so */
    record Said(String sentence, String link) {}

    record Row(
            String suspect,
            String value,
            String outcome,
            String with,
            String without,
            String shareWith,
            String shareWithout,
            String difference,
            String interval,
            String p,
            String strata,
            String silent,
            boolean finding) {}

    record TwinRow(Side less, Side more, String difference, boolean exact, boolean sameRelease, List<FactRow> facts) {}

    record Side(long decision, String caseReference, String by, Instant at, String release, List<String> given) {}

    record FactRow(String name, String less, String more, boolean permitted) {}

    record PatternRow(
            String who,
            String doing,
            String share,
            String counts,
            String interval,
            String others,
            String p,
            boolean finding) {}

    /** @param link to what it is about */
    record FourEyesRow(String what, String subject, String link, String who, Instant at) {}

    record LateRow(String what, String subject, String link, String who, Instant at) {}

    record Person(String who, String late, String of) {}

    record Term(String name, String value) {}

    Shown of(Alike alike) {
        Names names = new Names(alike);
        return new Shown(
                alike.tests().stream()
                        .filter(Alike.Comparison::finding)
                        .map(one -> new Said(names.sentence(one), link(alike, one)))
                        .toList(),
                alike.tests().stream().map(names::row).toList(),
                alike.twins().stream().map(names::row).toList(),
                alike.patterns().stream()
                        .filter(Alike.Pattern::finding)
                        .map(names::sentence)
                        .toList(),
                alike.patterns().stream().map(names::row).toList(),
                alike.fourEyes().stream()
                        .map(one -> new FourEyesRow(
                                reader.words("alike.four-eyes." + one.what()),
                                one.caseReference().isEmpty() ? one.subject() : one.caseReference(),
                                link(one),
                                names.who(one.login()),
                                one.at().toInstant()))
                        .toList(),
                alike.late().stream()
                        .map(one -> new LateRow(
                                reader.words("alike.late." + one.what()),
                                one.what().equals("DECISION") ? one.subject() : one.caseReference(),
                                one.what().equals("DECISION")
                                        ? "/decisions/" + one.subject()
                                        : "/cases/" + one.caseReference(),
                                names.who(one.login()),
                                one.at().toInstant()))
                        .toList(),
                alike.latePeople().stream()
                        .map(one ->
                                new Person(names.who(one.login()), reader.number(one.late()), reader.number(one.of())))
                        .toList(),
                alike.policy().permitted().stream().map(this::term).toList(),
                alike.policy().suspects().stream().map(this::term).toList(),
                alike.policy().settings().values().stream()
                        .sorted(Comparator.comparing(AlikePolicy.Limit::name))
                        .map(one -> new Term(one.in(reader.locale()), reader.number(one.value())))
                        .toList());
    }

    private Term term(AlikePolicy.Trait trait) {
        return new Term(
                trait.in(reader.locale()),
                trait.bounds().stream().map(reader::number).collect(Collectors.joining(" · ")));
    }

    private static String link(Alike alike, Alike.Comparison one) {
        String name = SEARCHED.get(one.suspect());
        return name == null
                ? ""
                : UriComponentsBuilder.fromPath("/decisions")
                        .queryParam("moment", "{moment}")
                        .queryParam("from", "{from}")
                        .queryParam("until", "{until}")
                        .queryParam(name, "{value}")
                        .encode()
                        .buildAndExpand(alike.moment(), alike.from(), alike.to(), one.value())
                        .toUriString();
    }

    private static String link(Alike.FourEyes one) {
        if (!one.caseReference().isEmpty()) {
            return "/cases/" + one.caseReference();
        }
        return switch (one.what()) {
            case "RELEASE" -> "/releases";
            case "OBSERVATION" -> "/observations/" + one.subject();
            case "FINDING" -> "/findings/" + one.subject();
            default -> "/budgets";
        };
    }

    /** Every name is asked for once. */
    private final class Names {

        private final Map<String, String> known = new HashMap<>();
        private final Alike alike;

        Names(Alike alike) {
            this.alike = alike;
        }

        String who(String login) {
            return known.computeIfAbsent(login, words::who);
        }

        private String suspect(String name) {
            AlikePolicy.Trait trait = alike.policy().suspect(name);
            return trait == null ? name : trait.in(reader.locale());
        }

        private String value(String suspect, String value) {
            return switch (suspect) {
                case AlikePolicy.DECIDED_BY -> who(value);
                case "language" -> words.named(alike.release(), "search.language.", value);
                case "tier" -> words.named(alike.release(), "tier.", value);
                default -> words.word(alike.release(), value);
            };
        }

        String sentence(Alike.Comparison one) {
            return reader.words(
                    "alike.finding." + one.outcome(),
                    suspect(one.suspect()),
                    value(one.suspect(), one.value()),
                    one.with(),
                    rounded(one.shareWith()),
                    one.without(),
                    rounded(one.shareWithout()),
                    signed(one.difference()),
                    interval(one.low(), one.high()),
                    p(one.corrected()));
        }

        Row row(Alike.Comparison one) {
            return new Row(
                    suspect(one.suspect()),
                    value(one.suspect(), one.value()),
                    reader.words("alike.outcome." + one.outcome()),
                    reader.number(one.with()),
                    reader.number(one.without()),
                    measured(one.outcome(), one.shareWith()),
                    measured(one.outcome(), one.shareWithout()),
                    signed(one.difference()),
                    interval(one.low(), one.high()),
                    p(one.corrected()),
                    reader.number(one.strata()),
                    reader.number(one.silent()),
                    one.finding());
        }

        private String measured(Alike.Outcome outcome, double value) {
            return outcome == Alike.Outcome.GRANTED ? percent(value) : rounded(value);
        }

        TwinRow row(Alike.Twins twins) {
            return new TwinRow(
                    side(twins.less()),
                    side(twins.more()),
                    units(twins.difference()),
                    twins.exact(),
                    twins.sameRelease(),
                    twins.facts().stream()
                            .map(fact -> new FactRow(
                                    words.word(alike.release(), fact.name()),
                                    fact(fact.name(), fact.less()),
                                    fact(fact.name(), fact.more()),
                                    fact.permitted()))
                            .toList());
        }

        private String fact(String name, Object value) {
            return value.equals("")
                    ? "–"
                    : value instanceof String text ? value(name, text) : words.value(alike.release(), value);
        }

        private Side side(Alike.Twin twin) {
            return new Side(
                    twin.decision(),
                    twin.caseReference(),
                    who(twin.by()),
                    twin.at().toInstant(),
                    twin.release(),
                    given(twin.given()));
        }

        private List<String> given(SortedMap<String, BigDecimal> given) {
            return given.isEmpty()
                    ? List.of(reader.words("alike.nothing"))
                    : given.entrySet().stream()
                            .map(one -> words.word(alike.release(), one.getKey()) + " " + units(one.getValue()))
                            .toList();
        }

        String sentence(Alike.Pattern one) {
            return reader.words(
                    "alike.pattern." + one.doing(),
                    who(one.login()),
                    one.some(),
                    one.of(),
                    percent(one.percent()),
                    interval(one.low(), one.high()),
                    percent(one.othersPercent()),
                    p(one.corrected()));
        }

        PatternRow row(Alike.Pattern one) {
            return new PatternRow(
                    who(one.login()),
                    reader.words("alike.doing." + one.doing()),
                    percent(one.percent()),
                    reader.words("alike.some-of", reader.number(one.some()), reader.number(one.of())),
                    interval(one.low(), one.high()),
                    percent(one.othersPercent()),
                    p(one.corrected()),
                    one.finding());
        }
    }

    private String units(BigDecimal units) {
        return reader.words("alike.units", reader.number(units.stripTrailingZeros()));
    }

    private String interval(double low, double high) {
        return reader.words("alike.interval", rounded(low), rounded(high));
    }

    private String percent(double value) {
        return reader.words("alike.percent", rounded(value));
    }

    private String signed(double value) {
        return value > 0 ? leftToRight("+" + plain(value)) : rounded(value);
    }

    private String rounded(double value) {
        return leftToRight(plain(value));
    }

    private String plain(double value) {
        return reader.number(BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN));
    }

    private String p(double value) {
        return leftToRight(
                value < SMALLEST_P
                        ? "<\u00a0" + reader.number(SMALLEST_P)
                        : reader.number(BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN)));
    }

    /** A sign before a number stays before it, also amid words that run from right to left. */
    private static String leftToRight(String number) {
        return "\u2066" + number + "\u2069";
    }
}
