package org.jabr.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jabr.journal.Verifier.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTests {

    private static final int ENTRIES = 600;

    @TempDir
    Path folder;

    House house;
    Seal outside;
    byte[] export;

    @BeforeEach
    void aJournal() {
        house = new House("here", folder).with(ENTRIES);
        outside = house.seal(7, 400);
        export = house.export(9, ENTRIES);
    }

    @Test
    void findsNothingWhereNothingWasChanged() throws IOException {
        assertThat(verify(export).code()).isEqualTo("VERIFY-001");
        assertThat(Verifier.verify(new ByteArrayInputStream(export), List.of(), Set.of())
                        .code())
                .isEqualTo("VERIFY-002");
        assertThat(verify(export, house.seal(1, 1), outside, house.seal(9, ENTRIES))
                        .verdict())
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void findsEachOfTenThousandRandomEdits() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] edited = edited(random);
            if (!Arrays.equals(edited, export)) {
                assertThat(verify(edited).verdict())
                        .as("edit %s with seed %s", i, seed)
                        .isNotEqualTo(Verdict.GOOD);
            }
        }
    }

    /** The last line is the only one that no hash covers as a whole: the signature says nothing about how it is written. */
    @Test
    void findsEachChangedBitAndEachRemovedByteOfHeaderAndSeal(@TempDir Path elsewhere) throws IOException {
        byte[] small = new House("there", elsewhere).with(8).export(1, 8);
        int header = House.lines(small).get(0).length();
        int seal = small.length - House.lines(small).get(9).length() - 1;
        for (int at = 0; at < small.length; at = at == header ? seal : at + 1) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = small.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThat(alone(flipped)).as("bit %s at %s", bit, at).isNotEqualTo(Verdict.GOOD);
            }
            byte[] shorter = Arrays.copyOf(small, small.length - 1);
            System.arraycopy(small, at + 1, shorter, at, small.length - at - 1);
            assertThat(alone(shorter)).as("without %s", at).isNotEqualTo(Verdict.GOOD);
        }
        assertThat(alone(small)).isEqualTo(Verdict.GOOD);
    }

    private static Verdict alone(byte[] export) throws IOException {
        return Verifier.verify(new ByteArrayInputStream(export), List.of(), Set.of())
                .verdict();
    }

    /** A byte changed, added or removed; a line removed, doubled, swapped or moved; the end cut off. */
    private byte[] edited(Random random) {
        int at = random.nextInt(export.length);
        List<String> lines = new ArrayList<>(House.lines(export));
        int line = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(8)) {
            case 0 -> {
                byte[] bytes = export.clone();
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            }
            case 1 -> {
                byte[] bytes = export.clone();
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            }
            case 2 -> {
                byte[] bytes = new byte[export.length + 1];
                System.arraycopy(export, 0, bytes, 0, at);
                bytes[at] = (byte) random.nextInt(256);
                System.arraycopy(export, at, bytes, at + 1, export.length - at);
                return bytes;
            }
            case 3 -> {
                byte[] bytes = Arrays.copyOf(export, export.length - 1);
                System.arraycopy(export, at + 1, bytes, at, export.length - at - 1);
                return bytes;
            }
            case 4 -> lines.remove(line);
            case 5 -> lines.add(other, lines.get(line));
            case 6 -> Collections.swap(lines, line, other);
            default -> {
                return Arrays.copyOf(export, at);
            }
        }
        return House.bytes(lines);
    }

    @Test
    void namesTheFirstBadEntry() throws IOException {
        assertThat(at(changed(123, line -> line.replaceFirst("RESOLVE", "ACKNOWLEDGE"))))
                .isEqualTo("VERIFY-102 123");
        assertThat(at(without(123))).isEqualTo("VERIFY-101 123");
        assertThat(at(changed(123, line -> EvidenceFormat.line("null", "0".repeat(64), 123))))
                .isEqualTo("VERIFY-103 123");
        List<String> lines = new ArrayList<>(House.lines(export));
        Collections.swap(lines, 50, 60);
        assertThat(at(House.bytes(lines))).isEqualTo("VERIFY-101 49");
        assertThat(at(House.bytes(House.lines(export).subList(0, 300)))).isEqualTo("VERIFY-105 298");
    }

    @Test
    void findsAnEntryThatWasChangedTogetherWithItsHash() throws IOException {
        Verifier.Said before = verify(rehashed(123));
        assertThat(before.code()).isEqualTo("VERIFY-104");
        assertThat(before.values()).startsWith("0", "399");
        // What lies behind the seal that was kept is found by the one of the house.
        Verifier.Said after = verify(rehashed(500));
        assertThat(after.values()).startsWith("400", "599");
    }

    @Test
    void findsAJournalThatWasRebuiltAsAWhole() throws IOException {
        house.entries.set(123, house.entries.get(123).replace("RESOLVE", "ACKNOWLEDGE"));
        byte[] rebuilt = house.export(9, ENTRIES);

        assertThat(Verifier.verify(new ByteArrayInputStream(rebuilt), List.of(), Set.of())
                        .verdict())
                .isEqualTo(Verdict.GOOD);
        assertThat(at(rebuilt)).isEqualTo("VERIFY-104 0");
    }

    @Test
    void findsATailThatWasCutTogetherWithItsSeal() throws IOException {
        byte[] shorter = house.export(5, 300);

        assertThat(Verifier.verify(new ByteArrayInputStream(shorter), List.of(), Set.of())
                        .verdict())
                .isEqualTo(Verdict.GOOD);
        assertThat(at(shorter)).isEqualTo("VERIFY-107 300");
    }

    @Test
    void tellsAnotherInstallationAndAnotherKey() throws IOException {
        House other = new House("there", folder).with(ENTRIES);
        assertThat(verify(other.export(9, ENTRIES)).verdict()).isIn(Verdict.TAMPERED, Verdict.OTHER_INSTALLATION);
        House copy = new House("there", folder);
        copy.entries.addAll(house.entries);
        assertThat(verify(copy.export(9, ENTRIES)).verdict()).isEqualTo(Verdict.OTHER_INSTALLATION);

        House stolen = new House("here", Files.createDirectory(folder.resolve("other"))).with(ENTRIES);
        Verifier.Said unknown = verify(stolen.export(9, ENTRIES));
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(unknown.values()).containsExactly(stolen.signing.key());
        assertThat(Verifier.verify(
                                new ByteArrayInputStream(stolen.export(9, ENTRIES)),
                                List.of(outside),
                                Set.of(stolen.signing.key()))
                        .verdict())
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void refusesWhatIsNoExportAndASealThatIsNoSeal() throws IOException {
        assertThat(verify("{}\n".getBytes(StandardCharsets.UTF_8)).verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(verify(new byte[0]).verdict()).isEqualTo(Verdict.UNREADABLE);
        Seal forged = new Seal(
                7,
                "here",
                400,
                outside.root(),
                outside.at(),
                outside.key(),
                HexFormat.of().formatHex(new byte[64]));
        assertThat(verify(export, forged).code()).isEqualTo("VERIFY-203");
    }

    @Test
    void saysItAsAProgramWithAStatusForEachKind() throws IOException {
        Path file = Files.write(folder.resolve("export.jsonl"), export);
        Path seal = Files.writeString(folder.resolve("seal.json"), outside.json() + "\n");
        assertThat(run(file.toString(), "--seal", seal.toString(), "--language", "en"))
                .startsWith("0 GOOD VERIFY-001: All 600 entries");
        assertThat(run(file.toString(), "--seal", seal.toString(), "--language", "ar"))
                .startsWith("0 GOOD VERIFY-001: كل القيود (600)");
        Path bad =
                Files.write(folder.resolve("bad.jsonl"), changed(123, line -> line.replaceFirst("RESOLVE", "EXCEED")));
        assertThat(run(bad.toString(), "--seal", seal.toString(), "--language", "en"))
                .startsWith("1 TAMPERED VERIFY-102: Entry 123 was changed");
        assertThat(run(file.toString(), "--seal", bad.toString())).startsWith("2 UNREADABLE VERIFY-202");
        assertThat(run(folder.resolve("none").toString())).startsWith("2 UNREADABLE VERIFY-205");
        assertThat(run()).startsWith("2 UNREADABLE VERIFY-204");
        assertThat(run(file.toString(), "--colour")).startsWith("2 UNREADABLE VERIFY-204");
    }

    private static String run(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = new Verify(new PrintStream(said, true, StandardCharsets.UTF_8)).run(List.of(args));
        return status + " " + said.toString(StandardCharsets.UTF_8);
    }

    private Verifier.Said verify(byte[] bytes, Seal... seals) throws IOException {
        return Verifier.verify(
                new ByteArrayInputStream(bytes), seals.length == 0 ? List.of(outside) : List.of(seals), Set.of());
    }

    private String at(byte[] bytes) throws IOException {
        Verifier.Said said = verify(bytes);
        assertThat(said.verdict()).isEqualTo(Verdict.TAMPERED);
        return said.code() + " " + said.entry();
    }

    private byte[] changed(int position, java.util.function.UnaryOperator<String> change) {
        List<String> lines = new ArrayList<>(House.lines(export));
        lines.set(position + 1, change.apply(lines.get(position + 1)));
        return House.bytes(lines);
    }

    private byte[] without(int position) {
        List<String> lines = new ArrayList<>(House.lines(export));
        lines.remove(position + 1);
        return House.bytes(lines);
    }

    private byte[] rehashed(int position) {
        String entry = house.entries.get(position).replace("RESOLVE", "EXCEED");
        return changed(
                position,
                line -> EvidenceFormat.line(entry, HexFormat.of().formatHex(MerkleTree.leaf(entry)), position));
    }
}
