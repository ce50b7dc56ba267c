package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.Item;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Catalogue")
class CatalogueApi {

    private final Catalogue catalogue;

    CatalogueApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping
    @Operation(summary = "What there is to give besides money, with what is left of it now")
    Listing<ItemDocument> list(
            @RequestParam(required = false) Item.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable Boolean active,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after) {
        return Listing.of(
                limit,
                most -> catalogue.list(kind, active, after, most),
                stocked -> stocked.item().code(),
                ItemDocument::of);
    }
}
