package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.Item;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be given.
 *
 * @param name by language
 * @param about by language
 * @param left how many pieces are left; null where they are not counted
 * @param account of its stock, as the ledger names it; null where its pieces are not counted
 */
@Schema(name = "Item")
record ItemDocument(
        String code,
        String kind,
        Map<String, String> name,
        Map<String, String> about,
        List<Amount> costs,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Set<String> regions,
        Set<String> languages,
        Set<String> failures,
        Set<String> tiers,
        Set<String> moods,
        boolean active,
        int version,
        @Nullable Long left,
        boolean low,
        @Nullable String account) {

    static ItemDocument of(Catalogue.Stocked stocked) {
        Item item = stocked.item();
        return new ItemDocument(
                item.code(),
                item.kind().name(),
                Map.of("en", item.nameEn(), "ar", item.nameAr()),
                Map.of("en", item.aboutEn(), "ar", item.aboutAr()),
                item.costs().values().stream()
                        .map(cost -> Objects.requireNonNull(Amount.of(cost)))
                        .toList(),
                item.from(),
                item.until(),
                item.regions(),
                item.languages(),
                item.failures(),
                item.tiers(),
                item.moods(),
                item.active(),
                item.version(),
                stocked.stock() == null ? null : stocked.stock().left(),
                stocked.low() || stocked.gone(),
                stocked.stock() == null ? null : item.store().code() + "/available");
    }
}
