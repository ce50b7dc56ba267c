package org.jabr.web.desk;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.process.Diagrams;
import org.jabr.releases.Releases;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts values, rules and steps into the reader's language, in the words of the release that a case is pinned to. */
@Component
public class ReleaseWords {

    private final Releases releases;
    private final Diagrams diagrams;
    private final Accounts accounts;
    private final Reader reader;
    private final MessageSource messages;

    ReleaseWords(Releases releases, Diagrams diagrams, Accounts accounts, Reader reader, MessageSource messages) {
        this.releases = releases;
        this.diagrams = diagrams;
        this.accounts = accounts;
        this.reader = reader;
        this.messages = messages;
    }

    /** The release's word for a value, a fact or a setting; the value itself where it has none. */
    public String word(String release, String value) {
        return rulebook(release)
                .map(rules -> rules.word(value, reader.locale()))
                .orElse(value);
    }

    /** A sentence of the house, or else the release's word: for names that analysts may add to. */
    public String named(String release, String prefix, String value) {
        String known = messages.getMessage(prefix + value, null, "", reader.locale());
        return known == null || known.isEmpty() ? word(release, value) : known;
    }

    /** A rule in words; its bare id where the release does not know it any more. */
    public RuleWords rule(String release, RuleRef rule) {
        return rulebook(release)
                .map(rules -> {
                    try {
                        return rules.explain(rule, reader.locale());
                    } catch (Problem unknown) {
                        return bare(rule);
                    }
                })
                .orElseGet(() -> bare(rule));
    }

    public List<RuleWords> rules(String release, List<RuleRef> rules) {
        return rules.stream().distinct().map(rule -> rule(release, rule)).toList();
    }

    /** What a step of a diagram is called. */
    public String step(String release, String element, String name) {
        if (element.isEmpty()) {
            // No diagram asks for it, so none has its name.
            return reader.words("work.step." + name);
        }
        return diagrams.label(release, element, name, reader.locale());
    }

    /** The name of whoever did something: a person, the rules or the customer. */
    public String who(String login) {
        String known = messages.getMessage("who." + login, null, "", reader.locale());
        if (known != null && !known.isEmpty()) {
            return known;
        }
        return accounts.find(login)
                .map(account -> account.name(reader.language()))
                .orElse(login);
    }

    public Optional<Account> account(String login) {
        return accounts.find(login);
    }

    /** A value of facts or settings as people read it. */
    public String value(String release, @Nullable Object value) {
        if (value == null) {
            return word(release, "null");
        }
        if (value instanceof Boolean) {
            return reader.words(Boolean.TRUE.equals(value) ? "yes" : "no");
        }
        if (value instanceof Number number) {
            return reader.number(number);
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? reader.words("none")
                    : list.stream().map(one -> value(release, one)).collect(Collectors.joining(comma()));
        }
        if (value instanceof Map<?, ?> map) {
            return money(map).map(reader::money).orElseGet(() -> map.values().stream()
                    .filter(part -> part != null)
                    .map(part -> value(release, part))
                    .collect(Collectors.joining(" · ")));
        }
        String text = value.toString();
        if (text.matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
            try {
                return reader.when(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException other) {
                return text;
            }
        }
        return word(release, text);
    }

    private String comma() {
        return reader.words("list.comma");
    }

    private static Optional<Money> money(Map<?, ?> map) {
        if (map.size() != 2 || map.get("amount") == null || map.get("currency") == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.rounded(
                    new BigDecimal(map.get("amount").toString()),
                    map.get("currency").toString()));
        } catch (IllegalArgumentException notMoney) {
            return Optional.empty();
        }
    }

    private static RuleWords bare(RuleRef rule) {
        return new RuleWords(rule, "", "", rule.id(), "");
    }

    /** Empty where the release cannot be compiled any more: its words are missing then, the page is not. */
    private Optional<Rulebook> rulebook(String release) {
        try {
            return Optional.of(releases.rulebook(release));
        } catch (Problem gone) {
            return Optional.empty();
        }
    }
}
