package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jabr.cases.Cases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/remedies", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Remedies")
class RemediesApi {

    private final Effects effects;
    private final Cases cases;

    RemediesApi(Effects effects, Cases cases) {
        this.effects = effects;
        this.cases = cases;
    }

    @GetMapping
    @Operation(summary = "Remedies of a case, or all of them, oldest first")
    Listing<RemedyDocument> list(
            @RequestParam(name = "case", required = false) @Nullable String caseReference,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after) {
        return Listing.of(
                limit,
                most -> caseReference == null
                        ? effects.list(after, most)
                        : behind(effects.ofCase(cases.get(caseReference).id()), after, most),
                Effect::key,
                RemedyDocument::of);
    }

    /** A case has few remedies, so its page is cut out of all of them. */
    private static List<Effect> behind(List<Effect> all, @Nullable String after, int most) {
        List<String> keys = all.stream().map(Effect::key).toList();
        int from = after == null ? 0 : keys.indexOf(after) + 1;
        return all.subList(from, Math.min(all.size(), from + most));
    }
}
