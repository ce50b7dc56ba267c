package org.jabr.remedies;

import java.util.List;

class KillOnH2Tests extends KillTests {

    @Override
    List<String> database() {
        return List.of(
                "jdbc:h2:file:" + folder.resolve("jabr")
                        + ";DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "jabr",
                "");
    }
}
