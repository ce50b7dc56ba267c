package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jabr.cases.DecisionDocument;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/rules", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Rules")
class RulesApi {

    private final Releases releases;

    RulesApi(Releases releases) {
        this.releases = releases;
    }

    @PostMapping(path = "/try", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Try the rules on facts",
            description = "Facts in, decision out; nothing is stored. Without a release the live one decides.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            type = "object",
                                                            example =
                                                                    "{\"asOf\":\"2026-01-15T10:00:00Z\",\"failure\":{\"currency\":\"USD\"}}"))))
    Map<String, Object> attempt(
            @RequestParam(required = false) @Nullable String release, @RequestParam String moment, Write write) {
        Rulebook rulebook = releases.rulebook(release == null ? releases.live().id() : release);
        Moment asked = new Moment(moment);
        CaseFacts facts = rulebook.read(write.document());
        Map<String, Object> document = new LinkedHashMap<>(DecisionDocument.of(decide(rulebook, asked, facts)));
        document.put("decidedBy", decider(facts));
        return document;
    }

    /** An evaluation that did not succeed is told, never an empty outcome. */
    private static Decision decide(Rulebook rulebook, Moment moment, CaseFacts facts) {
        try {
            return rulebook.decide(moment, facts);
        } catch (DecisionFailed e) {
            throw new Problem(Problem.Kind.INVALID, "RULES-003", moment.name());
        }
    }

    private static Object decider(CaseFacts facts) {
        return facts.document().get("means") instanceof Map<?, ?> means && means.get("decider") != null
                ? means.get("decider")
                : "RULES";
    }
}
