package org.jabr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.releases.ExportRelease;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Jabr: one application, one database, two engines behind their walls. */
@SpringBootApplication
public class JabrApplication {

    /** @param args {@code export-release [ID] DIR}, or options for the application itself */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("export-release")) {
            System.exit(exportRelease(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(JabrApplication.class, args);
    }

    private static int exportRelease(List<String> args) {
        Map<Boolean, List<String>> parts =
                args.stream().collect(Collectors.partitioningBy(arg -> arg.startsWith("--")));
        return ExportRelease.run(
                parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()), System.out, System.err);
    }
}
