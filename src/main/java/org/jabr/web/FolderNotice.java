package org.jabr.web;

import java.util.List;
import org.jabr.releases.FolderState;
import org.jabr.rules.Finding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells those who can mend it what was wrong with the folders at start; templates call it {@code folder}. */
@Component("folderNotice")
public class FolderNotice {

    private final ObjectProvider<FolderState> state;
    private final Reader reader;

    FolderNotice(ObjectProvider<FolderState> state, Reader reader) {
        this.state = state;
        this.reader = reader;
    }

    /** A finding as a sentence. */
    public record Told(String code, String file, String place, boolean blocking, String sentence) {}

    /** What the reader is told now; nothing where it is none of their business. */
    public List<Told> findings() {
        FolderState folder = state.getIfAvailable();
        if (folder == null || !reader.holds("ANALYST", "APPROVER", "ADMIN")) {
            return List.of();
        }
        return folder.findings().stream().map(this::told).toList();
    }

    public Told told(Finding finding) {
        return new Told(
                finding.code(),
                finding.file(),
                finding.place(),
                finding.blocking(),
                reader.problem(finding.code(), "FINDING", finding.values().toArray()));
    }
}
