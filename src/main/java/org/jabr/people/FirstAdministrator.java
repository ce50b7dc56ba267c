package org.jabr.people;

import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Where nobody works yet, the first start lets one person in: with a password that is printed once and works once. */
@Component
@Profile("!demo")
class FirstAdministrator implements SmartInitializingSingleton {

    static final String LOGIN = "admin";

    /** Without letters and digits that are taken for one another. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Accounts accounts;
    private final Passwords passwords;
    private final TransactionOperations transaction;

    FirstAdministrator(Accounts accounts, Passwords passwords, TransactionOperations transaction) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        String password = new SecureRandom()
                .ints(20, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining());
        Boolean added = transaction.execute(status -> {
            if (!accounts.isEmpty()) {
                return false;
            }
            Set<Role> roles = Set.of(Role.ADMIN);
            accounts.add(
                    new Account(
                            LOGIN,
                            "Administrator",
                            "مدير النظام",
                            null,
                            roles,
                            Set.of(),
                            Set.of("en", "ar"),
                            Set.of(),
                            true,
                            true),
                    passwords.hash(password));
            return true;
        });
        if (Boolean.TRUE.equals(added)) {
            // On the console and not in the log, because logs are kept and read by others.
            System.out.printf(
                    "%n    The first administrator: %s%n    One-time password: %s%n    It is shown only now and must be changed at the first sign-in.%n%n",
                    LOGIN, password);
        }
    }
}
