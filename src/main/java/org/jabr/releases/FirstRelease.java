package org.jabr.releases;

import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes in the folders at start. In the demo profile a changed folder becomes the live release, elsewhere it waits as a
 * draft; a broken folder leaves the last good release live, and at the very first start the copy in the jar serves.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FirstRelease implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRelease.class);

    /** Origins of what lies on the machine itself. */
    static final String FOLDER = "folder";

    static final String JAR = "jar";

    private final Releases releases;
    private final ReleaseFolder folder;
    private final FolderState state;
    private final boolean goesLive;

    FirstRelease(
            Releases releases,
            ReleaseFolder folder,
            FolderState state,
            @Value("${jabr.releases.folder-goes-live:false}") boolean goesLive) {
        this.releases = releases;
        this.folder = folder;
        this.state = state;
        this.goesLive = goesLive;
    }

    @Override
    public void run(ApplicationArguments args) {
        boolean first = releases.findLive().isEmpty();
        if (folder.present()) {
            takeIn(first);
        }
        if (releases.findLive().isEmpty()) {
            publish(folder.readFromJar(), JAR);
        }
        Release live = releases.live();
        releases.rulebook(live.id());
        LOG.info("Release {} is live", live.id());
    }

    private void takeIn(boolean first) {
        try {
            Releases.FolderContent content = releases.addFolder(folder.read(), FOLDER);
            Release.Checked checked = content.checked();
            if (checked.blocked()) {
                tell(checked.findings());
            } else if (first || goesLive && content.changed()) {
                releases.publish(checked.release().id(), FOLDER);
            }
        } catch (Problem problem) {
            tell(List.of(new Finding(problem.code(), true, String.valueOf(problem.values()), "", problem.values())));
        } catch (RuntimeException e) {
            LOG.error("The folders could not be taken in", e);
            tell(List.of(new Finding("RELEASE-007", true, "", "", List.of(String.valueOf(e.getMessage())))));
        }
    }

    private void publish(SortedMap<String, String> files, String origin) {
        Release.Checked checked = releases.add(files, origin, origin);
        releases.publish(checked.release().id(), origin);
    }

    private void tell(List<Finding> findings) {
        state.refused(findings);
        findings.stream()
                .filter(Finding::blocking)
                .forEach(f -> LOG.error(
                        "The folders were not taken in: {} in {} {} {}", f.code(), f.file(), f.place(), f.values()));
    }
}
