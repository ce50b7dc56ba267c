package org.jabr.people;

import java.util.Set;
import java.util.function.Function;

/** What work is routed by. */
public enum Trait {
    /** What somebody is good at. */
    SKILL(Account::skills, AccountChange.Kind.SKILLS),
    /** What somebody speaks with customers. */
    LANGUAGE(Account::languages, AccountChange.Kind.LANGUAGES),
    /** The desks that somebody works at. */
    QUEUE(Account::queues, AccountChange.Kind.DESKS);

    private final Function<Account, Set<String>> words;
    private final AccountChange.Kind changed;

    Trait(Function<Account, Set<String>> words, AccountChange.Kind changed) {
        this.words = words;
        this.changed = changed;
    }

    public Set<String> of(Account account) {
        return words.apply(account);
    }

    AccountChange.Kind changed() {
        return changed;
    }
}
