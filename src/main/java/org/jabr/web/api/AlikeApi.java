package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.jabr.alike.Alike;
import org.jabr.alike.AlikeDesk;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Like cases alike, for those who audit. */
@RestController
@RequestMapping("/api/alike")
@Tag(name = "alike")
class AlikeApi {

    private final AlikeDesk desk;

    AlikeApi(AlikeDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    @Operation(
            summary = "Whether like cases were treated alike, and whether anybody's doings stand out",
            description =
                    "Worked out from what is stored, by rules/alike.csv of the live release. Amounts are in policy "
                            + "units, shares in percent. A difference is a reason to look, no proof.")
    Alike alike(
            @Parameter(description = "first day, of UTC") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "last day, of UTC") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @RequestParam(defaultValue = "resolve") String moment) {
        return desk.look(moment, from, to);
    }
}
