package org.jabr.alike;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What comparisons are tested with: the policy of the default release, and decisions that differ in little. */
final class Policies {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2025-03-04T10:00:00Z");

    private Policies() {}

    static AlikePolicy usual() {
        try {
            return AlikeRules.policy(AlikeRules.SHEET
                    .read(Files.readString(Path.of("rules/alike.csv")))
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Compared decision(long id, String stratum, Map<String, String> suspects, double units) {
        SortedMap<String, Double> given = new TreeMap<>();
        if (units > 0) {
            given.put("REFUND", units);
        }
        return new Compared(
                id, "R-" + id, "r1", AT, "rules", stratum, stratum, suspects, given, new TreeMap<>(), false, -1);
    }

    static Compared labelled(Compared one, Map<String, String> suspects) {
        return new Compared(
                one.id(),
                one.caseReference(),
                one.release(),
                one.at(),
                one.by(),
                one.stratum(),
                one.exact(),
                suspects,
                one.given(),
                one.facts(),
                one.chosen(),
                one.used());
    }

    static Compared in(String stratum, Compared one) {
        return new Compared(
                one.id(),
                one.caseReference(),
                one.release(),
                one.at(),
                one.by(),
                stratum,
                one.exact(),
                one.suspects(),
                one.given(),
                one.facts(),
                one.chosen(),
                one.used());
    }

    static Compared of(
            long id, String release, String stratum, String exact, double units, SortedMap<String, Object> facts) {
        SortedMap<String, Double> given = new TreeMap<>();
        if (units > 0) {
            given.put("REFUND", units);
        }
        return new Compared(id, "R-" + id, release, AT, "agent", stratum, exact, Map.of(), given, facts, false, -1);
    }

    /** A decision of somebody who used up such a part of what they might give. */
    static Compared used(long id, String login, double used) {
        return new Compared(
                id,
                "R-" + id,
                "r1",
                AT,
                login,
                "all",
                "all",
                Map.of(),
                new TreeMap<>(Map.of("GOODWILL", 10.0)),
                new TreeMap<>(),
                true,
                used);
    }
}
