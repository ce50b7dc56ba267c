package org.jabr.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Where the built styles and scripts are; their names carry a hash, the manifest of the build tells them. */
@Component("ui")
public class UiFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UiFiles.class);

    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> styles = new HashMap<>();

    UiFiles(ObjectMapper json) throws IOException {
        ClassPathResource manifest = new ClassPathResource("static/ui/manifest.json");
        if (!manifest.exists()) {
            LOG.warn("The pages' styles and scripts were not built (ui.skip); pages come without them.");
            return;
        }
        try (InputStream content = manifest.getInputStream()) {
            for (JsonNode entry : json.readTree(content)) {
                if (entry.path("isEntry").asBoolean()) {
                    String name = entry.path("name").asText();
                    files.put(name, "/ui/" + entry.path("file").asText());
                    if (entry.has("css")) {
                        styles.put(name, "/ui/" + entry.path("css").path(0).asText());
                    }
                }
            }
        }
    }

    /** Path of a stylesheet ({@code ltr}, {@code rtl}) or of an island's script; null where the build was skipped. */
    public @Nullable String file(String name) {
        return files.get(name);
    }

    /** Path of the stylesheet that an island brings along; null where it has none. */
    public @Nullable String styleOf(String island) {
        return styles.get(island);
    }
}
