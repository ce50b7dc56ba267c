package org.jabr.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jabr.journal.Verifier.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export of some entries, before both verifiers. */
class PartVerifierTests {

    private static final int ENTRIES = 600;
    private static final int[] SOME = {0, 3, 255, 256, 300, 511, 512, 598, 599};

    @TempDir
    Path folder;

    House house;
    byte[] part;

    @BeforeEach
    void aPart() {
        house = new House("here", folder).with(ENTRIES);
        part = house.part(9, ENTRIES, SOME);
    }

    @Test
    void findsNothingWhereNothingWasChanged() throws Exception {
        assertThat(verify(part).code()).isEqualTo("VERIFY-004");
        assertThat(verify(part, house.seal(9, ENTRIES)).code()).isEqualTo("VERIFY-003");
        assertThat(verify(house.part(1, 1, 0)).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(both(part)).isZero();
        assertThat(both(house.part(1, 1, 0))).isZero();
        assertThat(both(part, house.seal(9, ENTRIES))).isZero();
    }

    @Test
    void eachEntryOfEachSmallTreeLeadsToItsRoot() throws Exception {
        for (int size = 1; size <= 20; size++) {
            int[] all = new int[size];
            Arrays.setAll(all, at -> at);
            assertThat(verify(house.part(1, size, all)).verdict())
                    .as("size %s", size)
                    .isEqualTo(Verdict.GOOD);
        }
    }

    @Test
    void findsEachOfTenThousandRandomEdits() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] edited = edited(random);
            if (!Arrays.equals(edited, part)) {
                assertThat(verify(edited).verdict())
                        .as("edit %s with seed %s", i, seed)
                        .isNotEqualTo(Verdict.GOOD);
            }
        }
    }

    @Test
    void findsEachChangedBit() throws IOException {
        byte[] small = house.part(1, 5, 1, 4);
        for (int at = 0; at < small.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = small.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThat(verify(flipped).verdict())
                        .as("bit %s at %s", bit, at)
                        .isNotEqualTo(Verdict.GOOD);
            }
        }
    }

    /** A byte changed, added or removed; a line removed, doubled or swapped; the end cut off. */
    private byte[] edited(Random random) {
        int at = random.nextInt(part.length);
        List<String> lines = new ArrayList<>(House.lines(part));
        int line = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        byte[] bytes = part.clone();
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                bytes = Arrays.copyOf(part, part.length - 1);
                System.arraycopy(part, at + 1, bytes, at, part.length - at - 1);
            }
            case 3 -> lines.remove(line);
            case 4 -> lines.add(other, lines.get(line));
            case 5 -> Collections.swap(lines, line, other);
            default -> bytes = Arrays.copyOf(part, at);
        }
        return Arrays.equals(bytes, part) ? House.bytes(lines) : bytes;
    }

    @Test
    void saysWhatIsWrongAndSoDoesTheOther() throws Exception {
        // Changed alone; changed with its hash; the proof of another one; at another place; without its proof.
        assertThat(said(changed(3, "RESOLVE", "EXCEED"))).isEqualTo("VERIFY-102 255");
        house.entries.set(255, house.entries.get(255).replace("RESOLVE", "EXCEED"));
        assertThat(said(with(3, PartFormat.line(house.entries.get(255), leaf(255), path(3), 255))))
                .isEqualTo("VERIFY-112 255");
        house = new House("here", folder).with(ENTRIES);
        assertThat(said(with(3, PartFormat.line(house.entries.get(255), leaf(255), path(4), 255))))
                .isEqualTo("VERIFY-112 255");
        assertThat(said(with(3, PartFormat.line(house.entries.get(255), leaf(255), path(3), 254))))
                .isEqualTo("VERIFY-112 254");
        assertThat(said(with(3, PartFormat.line(house.entries.get(255), leaf(255), List.of(), 255))))
                .isEqualTo("VERIFY-112 255");
        assertThat(said(with(3, PartFormat.line("null", leaf(255), path(3), 255))))
                .isEqualTo("VERIFY-103 255");
        assertThat(said(with(3, lines().get(2)))).isEqualTo("VERIFY-111 3");
        assertThat(said(without(3))).isEqualTo("VERIFY-114 null");
        assertThat(said(without(SOME.length + 1))).isEqualTo("VERIFY-113 null");
        assertThat(said(with(3, lines().get(3) + " "))).isEqualTo("VERIFY-110 null");
        assertThat(said(with(0, PartFormat.header(house.seal(9, ENTRIES), 8)))).isEqualTo("VERIFY-114 null");
        assertThat(said(with(
                        SOME.length + 1,
                        house.signed(9, ENTRIES, "0".repeat(64)).json())))
                .isEqualTo("VERIFY-112 0");
        assertThat(both(part, new House("there", folder).with(9).seal(1, 9))).isEqualTo(3);
        House stolen = new House("here", Files.createDirectory(folder.resolve("other"))).with(ENTRIES);
        assertThat(both(part, stolen.seal(9, ENTRIES))).isEqualTo(4);
        assertThat(both(part, house.seal(7, 400))).isEqualTo(2);
        House rebuilt = new House("here", folder).with(ENTRIES);
        rebuilt.entries.set(3, rebuilt.entries.get(3).replace("RESOLVE", "EXCEED"));
        assertThat(both(rebuilt.part(9, ENTRIES, SOME), house.seal(9, ENTRIES))).isEqualTo(1);
    }

    @Test
    void theOtherFindsRandomEditsToo() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] edited = edited(random);
            if (!Arrays.equals(edited, part)) {
                assertThat(second(edited)).as("edit %s with seed %s", i, seed).isNotZero();
            }
        }
    }

    private List<String> lines() {
        return House.lines(part);
    }

    private String leaf(int position) {
        return java.util.HexFormat.of().formatHex(MerkleTree.leaf(house.entries.get(position)));
    }

    private List<String> path(int line) {
        return PartFormat.read(lines().get(line).getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .path();
    }

    private byte[] changed(int line, String was, String is) {
        return with(line, lines().get(line).replace(was, is));
    }

    private byte[] with(int line, String text) {
        List<String> lines = new ArrayList<>(lines());
        lines.set(line, text);
        return House.bytes(lines);
    }

    private byte[] without(int line) {
        List<String> lines = new ArrayList<>(lines());
        lines.remove(line);
        return House.bytes(lines);
    }

    private String said(byte[] bytes) throws Exception {
        Verifier.Said said = verify(bytes);
        assertThat(said.verdict()).isEqualTo(Verdict.TAMPERED);
        assertThat(Verify.words(said, java.util.Locale.ENGLISH)).doesNotContain("{");
        assertThat(second(bytes)).as(said.code()).isEqualTo(1);
        return said.code() + " " + said.entry();
    }

    private static Verifier.Said verify(byte[] bytes, Seal... outside) throws IOException {
        return Verifier.verify(new ByteArrayInputStream(bytes), List.of(outside), Set.of());
    }

    private int both(byte[] bytes, Seal... outside) throws Exception {
        int first = verify(bytes, outside).verdict().status();
        assertThat(second(bytes, outside)).isEqualTo(first);
        return first;
    }

    private int second(byte[] bytes, Seal... outside) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node",
                "src/main/resources/evidence/verify.mjs",
                Files.write(folder.resolve("part.jsonl"), bytes).toString()));
        for (Seal seal : outside) {
            command.addAll(List.of(
                    "--seal",
                    Files.writeString(folder.resolve("seal.json"), seal.json() + "\n")
                            .toString()));
        }
        Process node = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return node.exitValue();
    }
}
