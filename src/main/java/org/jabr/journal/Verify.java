package org.jabr.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.jabr.rules.SideProgram;

/**
 * {@code verify EXPORT [--seal SEAL]... [--key KEY]... [--language en|ar]}: checks an evidence export offline and says what
 * it found; a file may hold several seals, a line each; the exit status is that of {@link Verifier.Verdict}.
 */
public final class Verify implements SideProgram {

    private final PrintStream out;

    public Verify() {
        this(System.out);
    }

    Verify(PrintStream out) {
        this.out = out;
    }

    @Override
    public String word() {
        return "verify";
    }

    @Override
    public int run(List<String> args) {
        List<Path> exports = new ArrayList<>();
        List<Seal> outside = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Locale language = Locale.getDefault();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                exports.add(Path.of(arg));
                continue;
            }
            String value = i + 1 < args.size() ? args.get(++i) : "";
            switch (arg) {
                case "--key" -> keys.add(value);
                case "--language" -> language = Locale.forLanguageTag(value);
                case "--seal" -> {
                    try {
                        for (String line : Files.readAllLines(Path.of(value))) {
                            outside.add(EvidenceFormat.seal(line).orElseThrow(() -> new IOException(value)));
                        }
                    } catch (IOException unreadable) {
                        return say(Verifier.Said.of(Verifier.Verdict.UNREADABLE, "VERIFY-202", value), language);
                    }
                }
                default -> {
                    return say(Verifier.Said.of(Verifier.Verdict.UNREADABLE, "VERIFY-204"), language);
                }
            }
        }
        if (exports.size() != 1) {
            return say(Verifier.Said.of(Verifier.Verdict.UNREADABLE, "VERIFY-204"), language);
        }
        try (InputStream export = Files.newInputStream(exports.get(0))) {
            return say(Verifier.verify(export, outside, keys), language);
        } catch (IOException unreadable) {
            return say(
                    Verifier.Said.of(
                            Verifier.Verdict.UNREADABLE,
                            "VERIFY-205",
                            exports.get(0).toString()),
                    language);
        }
    }

    private int say(Verifier.Said said, Locale language) {
        out.println(said.verdict() + " " + said.code() + ": " + words(said, language));
        return said.verdict().status();
    }

    static String words(Verifier.Said said, Locale language) {
        ResourceBundle words = ResourceBundle.getBundle(
                "messages.verify",
                language.getLanguage().equals("ar") ? language : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return MessageFormat.format(
                words.getString(said.code()),
                said.values().stream().map(String::valueOf).toArray());
    }
}
