package org.jabr.releases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jabr.rules.Problem;

/**
 * Opens zips that somebody sends, in memory. Sizes are counted while they are read, not believed; nothing is ever
 * written to a disk, so a name leads nowhere; and the list at the end must say what the content says, because other
 * programs believe the list.
 */
public final class Archive {

    private static final int END = 0x06054b50;
    private static final int LISTED = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int KIND = 0xF000;
    private static final int LINK = 0xA000;
    private static final int FREE_OF_RATIO = 1024 * 1024;

    /** A spreadsheet of tables: a few sheets, some thousand rows. */
    private static final Limits SPREADSHEET = new Limits(4 * 1024 * 1024, 200, 24 * 1024 * 1024, 32 * 1024 * 1024, 150);

    private static final Pattern SPREADSHEET_PARTS = Pattern.compile("\\[Content_Types]\\.xml|_rels/\\.rels"
            + "|docProps/(core|app|custom)\\.xml"
            + "|xl/(workbook|sharedStrings|styles|calcChain|metadata|comments\\d*)\\.xml"
            + "|xl/(theme|worksheets|tables|persons|threadedComments)/[A-Za-z0-9]+\\.xml"
            + "|xl/(worksheets/)?_rels/[A-Za-z0-9]+\\.xml\\.rels"
            + "|xl/(printerSettings|drawings)/[A-Za-z0-9]+\\.(bin|xml|vml)");

    private Archive() {}

    /**
     * How much an archive may hold.
     *
     * @param ratio how many times its own size the content may be, once it is more than a megabyte
     */
    public record Limits(int bytes, int entries, int entryBytes, int allBytes, int ratio) {}

    /**
     * The files of an archive by name, folders left out.
     *
     * @param wanted names that are read; others are counted and skipped
     * @throws Problem {@code RELEASE-008} not a zip, {@code RELEASE-009} too large, {@code RELEASE-010} a link,
     *     {@code RELEASE-027} list and content differ
     */
    public static Map<String, byte[]> read(byte[] zip, Limits limits, Predicate<String> wanted) {
        if (zip.length > limits.bytes()) {
            throw tooLarge(limits);
        }
        List<String> listed = listed(zip, limits);
        List<String> found = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        long left = Math.min(limits.allBytes(), Math.max(FREE_OF_RATIO, (long) zip.length * limits.ratio()));
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                found.add(name);
                if (found.size() > limits.entries()) {
                    throw tooLarge(limits);
                }
                byte[] content = in.readNBytes((int) Math.min(limits.entryBytes(), left) + 1);
                left -= content.length;
                if (content.length > limits.entryBytes() || left < 0) {
                    throw tooLarge(limits);
                }
                if (!entry.isDirectory() && wanted.test(name) && files.put(name, content) != null) {
                    throw new Problem(Problem.Kind.INVALID, "RELEASE-010", shown(name));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw notAZip();
        }
        if (found.isEmpty()) {
            throw notAZip();
        }
        compare(listed, found);
        return files;
    }

    /**
     * Looks at a spreadsheet file before anything opens it: sizes, and only parts that hold cells; no programs, no links
     * to other files, nothing embedded.
     *
     * @throws Problem as {@link #read}, and {@code RELEASE-028} for a part that does not belong there
     */
    public static void checkSpreadsheet(byte[] xlsx) {
        Map<String, byte[]> parts = read(xlsx, SPREADSHEET, name -> true);
        parts.forEach((name, content) -> {
            if (!SPREADSHEET_PARTS.matcher(name).matches() || documentType(name, content)) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-028", shown(name));
            }
        });
        if (!parts.containsKey("xl/workbook.xml")) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-028", "xl/workbook.xml");
        }
    }

    /** Entities that grow without end need one; in another encoding it could hide. */
    private static boolean documentType(String name, byte[] content) {
        if (name.endsWith(".bin")) {
            return false;
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains("<!DOCTYPE") || text.contains("<!ENTITY") || text.indexOf('\0') >= 0;
    }

    /** The names in the list at the end of the archive. */
    private static List<String> listed(byte[] zip, Limits limits) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_LENGTH;
        int first = Math.max(0, end - LONGEST_COMMENT);
        while (end >= first && bytes.getInt(end) != END) {
            end--;
        }
        if (end < first) {
            throw notAZip();
        }
        int entries = Short.toUnsignedInt(bytes.getShort(end + 10));
        int at = bytes.getInt(end + 16);
        if (entries > limits.entries()) {
            throw tooLarge(limits);
        }
        List<String> names = new ArrayList<>();
        try {
            for (int i = 0; i < entries; i++) {
                if (bytes.getInt(at) != LISTED) {
                    throw notAZip();
                }
                int length = Short.toUnsignedInt(bytes.getShort(at + 28));
                int more = Short.toUnsignedInt(bytes.getShort(at + 30));
                int comment = Short.toUnsignedInt(bytes.getShort(at + 32));
                String name = new String(zip, at + 46, length, StandardCharsets.UTF_8);
                if ((bytes.getInt(at + 38) >>> 16 & KIND) == LINK) {
                    throw new Problem(Problem.Kind.INVALID, "RELEASE-010", shown(name));
                }
                names.add(name);
                at += 46 + length + more + comment;
            }
        } catch (IndexOutOfBoundsException brokenOff) {
            throw notAZip();
        }
        return names;
    }

    private static void compare(List<String> listed, List<String> found) {
        for (int i = 0; i < Math.max(listed.size(), found.size()); i++) {
            String one = i < listed.size() ? listed.get(i) : "";
            String other = i < found.size() ? found.get(i) : "";
            if (!one.equals(other)) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-027", shown(one.isEmpty() ? other : one));
            }
        }
    }

    private static Problem notAZip() {
        return new Problem(Problem.Kind.INVALID, "RELEASE-008");
    }

    private static Problem tooLarge(Limits limits) {
        return new Problem(
                Problem.Kind.INVALID, "RELEASE-009", limits.entries(), limits.entryBytes(), limits.allBytes());
    }

    static String shown(String path) {
        return path.length() <= 80 ? path : path.substring(0, 80);
    }
}
