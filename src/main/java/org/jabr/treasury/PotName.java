package org.jabr.treasury;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is given out of.
 *
 * @param subject whose it is: the desk, the login, the number of the customer, or what is in stock
 * @param remedy the only remedy that it is for; empty for all of them together
 * @param unit the currency, or what is counted in pieces
 * @param period such as {@code 2026-11}; empty where days are counted back from now
 */
public record PotName(Kind kind, String subject, String remedy, String unit, String period) {

    /** Sorts of pots. */
    public enum Kind {
        /** What a desk may give. */
        TEAM,
        /** What a person may give. */
        ALLOWANCE,
        /** What a customer may get. */
        WINDOW,
        /** What lies in store. */
        STOCK
    }

    /** The store of one thing of the catalogue; {@code remedy} is what it is given as. */
    public static PotName store(String item, String remedy) {
        return new PotName(Kind.STOCK, item, remedy, Budgets.PIECES, "");
    }

    /** How people and addresses name it, such as {@code team/DELIVERY/USD}. */
    public String code() {
        return Stream.of(kind.name().toLowerCase(Locale.ROOT), subject, remedy, period, unit)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    /** @param place where in the pot */
    String account(AccountKind place) {
        return code() + "/" + place.word();
    }
}
