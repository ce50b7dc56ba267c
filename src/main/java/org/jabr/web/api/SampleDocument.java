package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jabr.review.Sample;
import org.jabr.review.SampleItem;
import org.jspecify.annotations.Nullable;

/**
 * A sample with all that anybody needs to draw it again, as programs see it.
 *
 * @param through decisions whose entries lie before this position of the journal
 * @param confidence in percent
 * @param tolerable share of errors, in percent
 * @param expected share of errors, in percent
 * @param allowed how many errors may turn up for its statement to hold
 * @param strata only where one sample is asked for
 * @param items only where one sample is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SampleDocument(
        long id,
        String name,
        Map<String, String> filter,
        long through,
        String plan,
        String release,
        BigDecimal confidence,
        BigDecimal tolerable,
        BigDecimal expected,
        String seed,
        int population,
        int size,
        int allowed,
        String drawnBy,
        OffsetDateTime drawnAt,
        @Nullable String closedBy,
        @Nullable OffsetDateTime closedAt,
        @Nullable List<Sample.Stratum> strata,
        @Nullable List<Item> items,
        Sample.@Nullable Conclusion conclusion) {

    /** @param verdict null where nobody looked at it yet */
    record Item(
            int place,
            long decision,
            @Schema(name = "case") @JsonProperty("case") String caseReference,
            String moment,
            String stratum,
            String assignedTo,
            SampleItem.@Nullable Verdict verdict,
            Map<String, SampleItem.Answer> answers,
            @Nullable String judgedBy,
            @Nullable OffsetDateTime judgedAt) {

        static Item of(SampleItem item) {
            return new Item(
                    item.place(),
                    item.decision(),
                    item.caseReference(),
                    item.moment(),
                    item.stratum(),
                    item.assignedTo(),
                    item.verdict(),
                    item.answers(),
                    item.judgedBy(),
                    item.judgedAt());
        }
    }

    static SampleDocument of(Sample sample) {
        return of(sample, null, null, null);
    }

    static SampleDocument of(Sample.Whole whole) {
        return of(
                whole.sample(),
                whole.strata(),
                whole.items().stream().map(Item::of).toList(),
                whole.conclusion());
    }

    private static SampleDocument of(
            Sample sample,
            @Nullable List<Sample.Stratum> strata,
            @Nullable List<Item> items,
            Sample.@Nullable Conclusion conclusion) {
        return new SampleDocument(
                sample.id(),
                sample.name(),
                sample.filter().words(),
                sample.through(),
                sample.plan(),
                sample.release(),
                sample.confidence(),
                sample.tolerable(),
                sample.expected(),
                sample.seed(),
                sample.population(),
                sample.size(),
                sample.allowed(),
                sample.by(),
                sample.at(),
                sample.closedBy(),
                sample.closedAt(),
                strata,
                items,
                conclusion);
    }
}
