package org.jabr.releases;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jabr.rules.Problem;

/** Reads and writes a zip of {@code processes/} and {@code rules/}; names that would lead elsewhere are refused. */
public final class ReleaseZip {

    /** Most bytes that an upload may have. */
    public static final int ZIP_BYTES = 16 * 1024 * 1024;

    private static final int FILES = 500;
    private static final int FILE_BYTES = 2 * 1024 * 1024;
    private static final int ALL_BYTES = 16 * 1024 * 1024;
    private static final int RATIO = 100;
    private static final int LONGEST_PATH = 200;
    private static final Archive.Limits LIMITS = new Archive.Limits(ZIP_BYTES, 2 * FILES, FILE_BYTES, ALL_BYTES, RATIO);

    private static final Pattern PATH = Pattern.compile("(processes|rules)(/[A-Za-z0-9_][A-Za-z0-9._-]*){1,6}");
    private static final Pattern HIDDEN = Pattern.compile("(.*/)?(\\.[^/]*|__MACOSX(/.*)?)");
    private static final Pattern UNSTORABLE =
            Pattern.compile("(?i)(.*/)?((con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?|.*\\.)(/.*)?");

    private ReleaseZip() {}

    /**
     * @throws Problem {@code RELEASE-006} not UTF-8, {@code RELEASE-008} not a zip, {@code RELEASE-009} too large,
     *     {@code RELEASE-010} a file that may not be in a release, {@code RELEASE-011} nothing in it,
     *     {@code RELEASE-026} a name that some machines cannot store, {@code RELEASE-027} its list and content differ
     */
    public static SortedMap<String, String> read(byte[] zip) {
        Map<String, byte[]> found =
                Archive.read(zip, LIMITS, name -> !HIDDEN.matcher(name).matches());
        SortedMap<String, String> files = new TreeMap<>();
        Set<String> names = new HashSet<>();
        found.forEach((path, content) -> {
            if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-010", Archive.shown(path));
            }
            if (UNSTORABLE.matcher(path).matches() || !names.add(path.toLowerCase(Locale.ROOT))) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-026", path);
            }
            if (files.size() == FILES) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-009", FILES, FILE_BYTES, ALL_BYTES);
            }
            files.put(path, text(path, content));
        });
        if (files.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-011");
        }
        return files;
    }

    /** The same content gives the same bytes, whenever it is written. */
    public static byte[] write(SortedMap<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The text of a file. Line ends are made alike and a byte order mark is left out, so that a folder and its zip are
     * the same release.
     *
     * @throws Problem {@code RELEASE-006} for anything but UTF-8
     */
    static String text(String path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\r\n", "\n");
            if (text.indexOf('\0') < 0) {
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            // Told below.
        }
        throw new Problem(Problem.Kind.INVALID, "RELEASE-006", path);
    }
}
