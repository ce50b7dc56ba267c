package org.jabr.web.studio;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.web.SignedIn;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The files of a draft as the editors read and save them. */
@RestController
@RequestMapping(path = "/studio/drafts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DraftFiles {

    private final Drafts drafts;
    private final FindingWords words;

    DraftFiles(Drafts drafts, FindingWords words) {
        this.drafts = drafts;
        this.words = words;
    }

    /** A list of something. */
    record Items<T>(List<T> items) {}

    /** A file without its content. */
    record Entry(String path, FileKind kind, long version, String changedBy, OffsetDateTime changedAt) {

        static Entry of(Draft.File file) {
            return new Entry(file.path(), FileKind.of(file.path()), file.version(), file.changedBy(), file.changedAt());
        }
    }

    /**
     * What is to be saved.
     *
     * @param version the one that the writer started from; 0 for a new file
     */
    record Save(String content, long version) {}

    @GetMapping("/files")
    Items<Entry> files(@PathVariable String id) {
        return new Items<>(drafts.files(id).stream().map(Entry::of).toList());
    }

    @GetMapping("/file")
    Draft.File file(@PathVariable String id, @RequestParam String path) {
        return drafts.file(id, path);
    }

    @PutMapping(path = "/file", consumes = MediaType.APPLICATION_JSON_VALUE)
    Entry save(
            @PathVariable String id,
            @RequestParam String path,
            @RequestBody Save save,
            @AuthenticationPrincipal SignedIn who) {
        return Entry.of(drafts.save(id, path, save.content(), save.version(), who.getName()));
    }

    @DeleteMapping("/file")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestParam String path,
            @RequestParam long version,
            @AuthenticationPrincipal SignedIn who) {
        drafts.remove(id, path, version, who.getName());
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/findings")
    Items<FindingWords.Told> findings(@PathVariable String id) {
        return new Items<>(words.told(drafts.findings(id)));
    }
}
