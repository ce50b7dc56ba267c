package org.jabr.web.studio;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.process.BuildingBlocks;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The building blocks as element templates, which the studio's editor and Camunda Modeler both read. */
@RestController
class BlockCatalogue {

    private final BuildingBlocks blocks;
    private final Releases releases;
    private final Drafts drafts;
    private final Reader reader;

    BlockCatalogue(BuildingBlocks blocks, Releases releases, Drafts drafts, Reader reader) {
        this.blocks = blocks;
        this.releases = releases;
        this.drafts = drafts;
        this.reader = reader;
    }

    /**
     * In the reader's language. What can be chosen, such as letters, comes from a draft, a release, or the live one.
     *
     * @param draft id of a draft
     * @param release id of a release
     */
    @GetMapping(path = "/studio/blocks", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Map<String, Object>> blocks(
            @RequestParam(required = false) @Nullable String draft,
            @RequestParam(required = false) @Nullable String release) {
        return new BlockTemplates(reader::words, files(draft, release)).of(blocks.all());
    }

    private SortedMap<String, String> files(@Nullable String draft, @Nullable String release) {
        if (draft != null) {
            return drafts.contents(draft);
        }
        String id = release == null ? releases.live().id() : release;
        return releases.files(releases.get(id).id());
    }
}
