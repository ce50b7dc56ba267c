package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveTests {

    private static final String GOOD = "rules/words.csv";

    static Stream<Arguments> badZips() throws IOException {
        byte[] good = zip(GOOD, "value,en,ar\n");
        return Stream.of(
                bad("RELEASE-010", "a way up", zip("rules/../../etc/x.csv", "x")),
                bad("RELEASE-010", "a way up inside", zip("processes/forms/../../../x.form", "x")),
                bad("RELEASE-010", "a way up with backslashes", zip("rules\\..\\..\\x.csv", "x")),
                bad("RELEASE-010", "the root", zip("/etc/passwd", "x")),
                bad("RELEASE-010", "a drive", zip("C:/rules/x.csv", "x")),
                bad("RELEASE-010", "a share", zip("//host/share/x.csv", "x")),
                bad("RELEASE-010", "another folder", zip("config/application.yml", "x")),
                bad("RELEASE-010", "no folder", zip("application.yml", "x")),
                bad("RELEASE-010", "a space", zip("rules/a b.csv", "x")),
                bad("RELEASE-010", "a line in a name", zip("rules/a\nb.csv", "x")),
                bad("RELEASE-010", "a letter that looks like another", zip("rules/w\u043Erds.csv", "x")),
                bad("RELEASE-010", "a name that reads the other way", zip("rules/\u202Evsc.csv", "x")),
                bad("RELEASE-010", "a long name", zip("rules/" + "x".repeat(300), "x")),
                bad("RELEASE-010", "a deep name", zip("rules/a/b/c/d/e/f/g/h.csv", "x")),
                bad("RELEASE-010", "a link", link(zip(GOOD, "/etc/passwd"))),
                bad("RELEASE-026", "names that differ by capitals", zip("rules/a.csv", "x", "rules/A.csv", "y")),
                bad("RELEASE-026", "a device", zip("rules/con.csv", "x")),
                bad("RELEASE-026", "a device as folder", zip("rules/NUL/x.csv", "x")),
                bad("RELEASE-026", "a dot at the end", zip("rules/x.", "x")),
                bad("RELEASE-006", "another zip inside", zip("rules/x.csv", good)),
                bad("RELEASE-006", "UTF-16", zip("rules/x.csv", "value".getBytes(StandardCharsets.UTF_16))),
                bad(
                        "RELEASE-006",
                        "Windows Arabic",
                        zip("rules/x.csv", "كلمة".getBytes(Charset.forName("windows-1256")))),
                bad("RELEASE-006", "half a letter", zip("rules/x.csv", new byte[] {(byte) 0xD8})),
                bad("RELEASE-006", "a nothing in a text", zip("rules/x.csv", "a\0b")),
                bad("RELEASE-009", "too many files", many(1200)),
                bad("RELEASE-009", "a file that is too large", zip("rules/x.csv", new byte[3_000_000])),
                bad("RELEASE-009", "content that swells", swelling()),
                bad("RELEASE-009", "more than anybody sends", new byte[ReleaseZip.ZIP_BYTES + 1]),
                bad("RELEASE-008", "nothing", new byte[0]),
                bad("RELEASE-008", "no zip", "processes".getBytes(StandardCharsets.UTF_8)),
                bad("RELEASE-008", "half a zip", Arrays.copyOf(good, good.length - 30)),
                bad("RELEASE-008", "an empty zip", empty()),
                bad("RELEASE-008", "a broken checksum", broken(good)),
                bad("RELEASE-011", "only hidden files", zip("__MACOSX/rules/x.csv", "x", ".DS_Store", "x")),
                bad("RELEASE-027", "a list that hides a file", twoFaced()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badZips")
    void refusesAHostileZip(String code, String what, byte[] zip) {
        assertThatThrownBy(() -> ReleaseZip.read(zip))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void readsAGoodZip() throws IOException {
        byte[] zip = zip(
                "rules/",
                "",
                "rules/words.csv",
                "\uFEFFvalue,en,ar\r\nx,y,ز\r\n",
                "rules/.hidden",
                "x",
                "processes/a.bpmn",
                "<x/>");

        assertThat(ReleaseZip.read(zip))
                .containsOnlyKeys("processes/a.bpmn", "rules/words.csv")
                .containsEntry("rules/words.csv", "value,en,ar\nx,y,ز\n");
    }

    @Test
    void readsTextThatPacksWell() throws IOException {
        assertThat(ReleaseZip.read(zip("rules/x.csv", "x".repeat(900_000)))).hasSize(1);
    }

    static Stream<Arguments> badSpreadsheets() throws IOException {
        String book = "xl/workbook.xml";
        return Stream.of(
                bad("RELEASE-028", "a program", zip(book, "<x/>", "xl/vbaProject.bin", "x")),
                bad("RELEASE-028", "something embedded", zip(book, "<x/>", "xl/embeddings/oleObject1.bin", "x")),
                bad(
                        "RELEASE-028",
                        "a link to another file",
                        zip(book, "<x/>", "xl/externalLinks/externalLink1.xml", "<x/>")),
                bad("RELEASE-028", "a control that runs", zip(book, "<x/>", "xl/activeX/activeX1.xml", "<x/>")),
                bad("RELEASE-028", "a way up", zip(book, "<x/>", "../x.xml", "<x/>")),
                bad("RELEASE-028", "a document type", zip(book, "<!DOCTYPE x [<!ENTITY a \"b\">]><x/>")),
                bad(
                        "RELEASE-028",
                        "a document type in another encoding",
                        zip(book, "<!DOCTYPE x []><x/>".getBytes(StandardCharsets.UTF_16))),
                bad("RELEASE-028", "no workbook", zip("xl/styles.xml", "<x/>")),
                bad("RELEASE-009", "a sheet that swells", zip(book, new byte[30_000_000])),
                bad("RELEASE-008", "no zip", "a;b;c".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badSpreadsheets")
    void refusesAHostileSpreadsheet(String code, String what, byte[] xlsx) {
        assertThatThrownBy(() -> Archive.checkSpreadsheet(xlsx))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void letsAGoodSpreadsheetThrough() throws IOException {
        byte[] xlsx = zip(
                "[Content_Types].xml",
                "<x/>",
                "_rels/.rels",
                "<x/>",
                "xl/workbook.xml",
                "<x/>",
                "xl/_rels/workbook.xml.rels",
                "<x/>",
                "xl/worksheets/sheet1.xml",
                "<x/>",
                "xl/styles.xml",
                "<x/>",
                "docProps/core.xml",
                "<x/>",
                "xl/sharedStrings.xml",
                "<x/>",
                "xl/theme/theme1.xml",
                "<x/>");

        assertThatCode(() -> Archive.checkSpreadsheet(xlsx)).doesNotThrowAnyException();
    }

    private static Arguments bad(String code, String what, byte[] zip) {
        return Arguments.of(code, what, zip);
    }

    private static byte[] zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(content instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] many(int files) throws IOException {
        Object[] all = new Object[2 * files];
        for (int i = 0; i < files; i++) {
            all[2 * i] = "rules/" + i + ".csv";
            all[2 * i + 1] = "x";
        }
        return zip(all);
    }

    /** Each file is small enough, all together are not; the zip is some kilobytes. */
    private static byte[] swelling() throws IOException {
        Object[] all = new Object[20];
        for (int i = 0; i < 10; i++) {
            all[2 * i] = "rules/" + i + ".csv";
            all[2 * i + 1] = new byte[1_900_000];
        }
        return zip(all);
    }

    private static byte[] empty() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ZipOutputStream(bytes).close();
        return bytes.toByteArray();
    }

    private static byte[] broken(byte[] zip) {
        byte[] broken = zip.clone();
        broken[30 + GOOD.length() + 2] ^= 0x55;
        return broken;
    }

    /** Marks the file as a link in the list at the end, as programs on Unix do. */
    private static byte[] link(byte[] zip) {
        byte[] linked = zip.clone();
        int at = listed(zip);
        linked[at + 40] = (byte) 0xFF;
        linked[at + 41] = (byte) 0xA1;
        return linked;
    }

    /** The list names another file than the content has. */
    private static byte[] twoFaced() throws IOException {
        byte[] zip = zip(GOOD, "x");
        zip[listed(zip) + 46 + GOOD.length() - 1] = 'x';
        return zip;
    }

    private static int listed(byte[] zip) {
        for (int i = 0; i < zip.length - 4; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                return i;
            }
        }
        throw new IllegalStateException();
    }
}
