package org.jabr.releases;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jabr.rules.Problem;

/**
 * Reads and writes a zip of {@code processes/} and {@code rules/}. Nothing is ever written to a disk, and names that
 * would lead elsewhere are refused; sizes are counted while they are read, not believed.
 */
public final class ReleaseZip {

    /** The largest upload in bytes. */
    public static final int ZIP_BYTES = 16 * 1024 * 1024;

    private static final int FILES = 500;
    private static final int FILE_BYTES = 2 * 1024 * 1024;
    private static final int ALL_BYTES = 16 * 1024 * 1024;
    private static final int LONGEST_PATH = 200;

    private static final Pattern PATH = Pattern.compile("(processes|rules)(/[A-Za-z0-9_][A-Za-z0-9._-]*){1,6}");
    private static final Pattern HIDDEN = Pattern.compile("(.*/)?(\\.[^/]*|__MACOSX(/.*)?)");

    private ReleaseZip() {}

    /**
     * @throws Problem {@code RELEASE-006} not UTF-8, {@code RELEASE-008} not a zip, {@code RELEASE-009} too large,
     *     {@code RELEASE-010} a file that may not be in a release, {@code RELEASE-011} nothing in it
     */
    public static SortedMap<String, String> read(byte[] zip) {
        SortedMap<String, String> files = new TreeMap<>();
        int left = ALL_BYTES;
        int entries = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > 2 * FILES) {
                    throw tooLarge();
                }
                String path = entry.getName();
                if (entry.isDirectory() || HIDDEN.matcher(path).matches()) {
                    continue;
                }
                if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches() || files.containsKey(path)) {
                    throw new Problem(Problem.Kind.INVALID, "RELEASE-010", shown(path));
                }
                byte[] content = in.readNBytes(FILE_BYTES + 1);
                left -= content.length;
                if (content.length > FILE_BYTES || left < 0 || files.size() == FILES) {
                    throw tooLarge();
                }
                files.put(path, text(path, content));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-008");
        }
        if (entries == 0) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-008");
        }
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

    /** Line ends are made alike, so that a folder and its zip are the same release. */
    private static String text(String path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\r\n", "\n");
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Told below.
        }
        throw new Problem(Problem.Kind.INVALID, "RELEASE-006", path);
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.INVALID, "RELEASE-009", FILES, FILE_BYTES, ALL_BYTES);
    }

    private static String shown(String path) {
        return path.length() <= 80 ? path : path.substring(0, 80);
    }
}
