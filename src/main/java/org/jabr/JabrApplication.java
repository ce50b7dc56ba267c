package org.jabr;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jabr.rules.SideProgram;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Jabr: one application, one database, two engines behind their walls. */
@SpringBootApplication
public class JabrApplication {

    /** @param args the word of a {@link SideProgram} first makes this process that program */
    public static void main(String[] args) {
        Optional<SideProgram> other = args.length == 0 ? Optional.empty() : named(args[0]);
        if (other.isPresent()) {
            System.exit(other.get().run(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(JabrApplication.class, args);
    }

    private static Optional<SideProgram> named(String word) {
        return ServiceLoader.load(SideProgram.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(program -> program.word().equals(word))
                .findFirst();
    }
}
