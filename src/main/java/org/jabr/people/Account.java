package org.jabr.people;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works here.
 *
 * @param login the short name that they sign in with, and that records name them by
 * @param nameEn their name as English pages show it
 * @param nameAr their name as Arabic pages show it
 * @param language language of their pages, {@code en} or {@code ar}; null where they leave it to their browser
 * @param roles what they may do
 * @param skills what they are good at; words of the rules ({@code SENIOR}, {@code EMPATHY})
 * @param languages what they speak with customers: lower-case codes
 * @param queues the desks that they work at; words of the rules ({@code DELIVERY})
 * @param passwordIsOneTime whether they must choose a password of their own before anything else
 * @param active whether they may sign in
 */
public record Account(
        String login,
        String nameEn,
        String nameAr,
        @Nullable String language,
        Set<Role> roles,
        Set<String> skills,
        Set<String> languages,
        Set<String> queues,
        boolean passwordIsOneTime,
        boolean active) {

    public Account {
        roles = Set.copyOf(roles);
        skills = Set.copyOf(skills);
        languages = Set.copyOf(languages);
        queues = Set.copyOf(queues);
    }

    /** Their name for readers of this language. */
    public String name(String language) {
        return language.equals("ar") ? nameAr : nameEn;
    }

    public boolean holds(Role role) {
        return roles.contains(role);
    }

    public boolean holdsAny(Role... some) {
        return Arrays.stream(some).anyMatch(roles::contains);
    }
}
