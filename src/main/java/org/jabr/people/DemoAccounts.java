package org.jabr.people;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The demo's people. Each one's password is the login. Never outside the demo profile. */
@Component
@Profile("demo")
public class DemoAccounts implements SmartInitializingSingleton {

    private static final Set<String> DESKS = Set.of(
            "EXECUTIVE",
            "COMPLAINTS",
            "SAFEGUARDING",
            "PRIVACY",
            "PAYMENTS",
            "DELIVERY",
            "SERVICE",
            "CONDUCT",
            "GENERAL");

    private static final List<Account> PEOPLE = List.of(
            demo("analyst", "Lina Haddad", "لينا حداد", Set.of(Role.ANALYST), Set.of(), Set.of("en", "ar"), Set.of()),
            demo("approver", "Omar Nasser", "عمر ناصر", Set.of(Role.APPROVER), Set.of(), Set.of("en", "ar"), Set.of()),
            demo(
                    "agent",
                    "Maya Cole",
                    "مايا كول",
                    Set.of(Role.AGENT),
                    Set.of("STANDARD", "EMPATHY"),
                    Set.of("en"),
                    Set.of("DELIVERY", "PAYMENTS", "GENERAL")),
            demo(
                    "agent2",
                    "Yusuf Amin",
                    "يوسف أمين",
                    Set.of(Role.AGENT),
                    Set.of("STANDARD", "DE_ESCALATION", "SENIOR"),
                    Set.of("en", "ar"),
                    Set.of("SERVICE", "CONDUCT", "GENERAL")),
            demo(
                    "supervisor",
                    "Hana Saleh",
                    "هناء صالح",
                    Set.of(Role.SUPERVISOR),
                    Set.of("STANDARD", "EMPATHY", "DE_ESCALATION", "SENIOR"),
                    Set.of("en", "ar"),
                    Set.of("COMPLAINTS", "SAFEGUARDING", "PAYMENTS", "DELIVERY", "SERVICE", "CONDUCT", "GENERAL")),
            demo(
                    "manager",
                    "Daniel Reyes",
                    "دانيال رييس",
                    Set.of(Role.MANAGER),
                    Set.of("STANDARD", "SENIOR"),
                    Set.of("en", "ar"),
                    DESKS),
            demo("auditor", "Salma Farid", "سلمى فريد", Set.of(Role.AUDITOR), Set.of(), Set.of("en", "ar"), Set.of()),
            demo(
                    "admin",
                    "Adam Khalil",
                    "آدم خليل",
                    EnumSet.allOf(Role.class),
                    Set.of("STANDARD", "EMPATHY", "DE_ESCALATION", "SENIOR"),
                    Set.of("en", "ar"),
                    DESKS));

    private final Accounts accounts;
    private final TransactionOperations transaction;

    DemoAccounts(Accounts accounts, TransactionOperations transaction) {
        this.accounts = accounts;
        this.transaction = transaction;
    }

    /** Who can sign in with the login as password, in the order in which the sign-in page shows them. */
    public List<Account> people() {
        return PEOPLE;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> PEOPLE.stream()
                .filter(person -> accounts.find(person.login()).isEmpty())
                .forEach(person -> accounts.add(person, hash(person.login()))));
    }

    /** Quick to compute: a password that stands on the sign-in page needs no slow hash. */
    private static String hash(String password) {
        return "{bcrypt}" + new BCryptPasswordEncoder(4).encode(password);
    }

    private static Account demo(
            String login,
            String nameEn,
            String nameAr,
            Set<Role> roles,
            Set<String> skills,
            Set<String> languages,
            Set<String> queues) {
        return new Account(login, nameEn, nameAr, null, roles, skills, languages, queues, false, true);
    }
}
