package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jabr.guard.GuardFinding;

/**
 * What stood out in giving or claiming.
 *
 * @param rule the line of the rules that found it
 * @param about whom it is about, such as {@code agent/LOGIN} or {@code customer/ID}
 * @param needs who may judge it at least
 * @param numbers what was measured
 * @param evidence keys of the remedies that it was seen in
 * @param judgements in order; their reasons stand on the page only
 */
@Schema(name = "GuardFinding")
record FindingDocument(
        long id,
        String rule,
        String sign,
        String about,
        String state,
        String severity,
        String needs,
        Map<String, BigDecimal> numbers,
        @Schema(name = "case") @JsonProperty("case") String caseReference,
        OffsetDateTime from,
        OffsetDateTime until,
        OffsetDateTime foundAt,
        List<String> evidence,
        List<JudgementDocument> judgements) {

    @Schema(name = "GuardJudgement")
    record JudgementDocument(String judgement, String by, OffsetDateTime at) {}

    static FindingDocument of(GuardFinding finding) {
        return new FindingDocument(
                finding.id(),
                finding.rule(),
                finding.sign().name(),
                finding.subject(),
                finding.state().name(),
                finding.severity(),
                finding.authority().name(),
                finding.numbers(),
                finding.caseReference(),
                finding.from(),
                finding.until(),
                finding.foundAt(),
                finding.evidence(),
                finding.judgements().stream()
                        .map(one -> new JudgementDocument(one.judgement().name(), one.by(), one.at()))
                        .toList());
    }
}
