package org.jabr.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier that was written from the format alone, in another language, comes to the same end as ours. */
class SecondVerifierTests {

    private static final int ENTRIES = 60;

    @TempDir
    Path folder;

    House house;
    Path seal;
    byte[] export;

    @BeforeEach
    void aJournal() throws IOException {
        house = new House("here", folder).with(ENTRIES);
        seal = Files.writeString(
                folder.resolve("seals.jsonl"),
                house.seal(1, 20).json() + "\n" + house.seal(2, 40).json() + "\n");
        export = house.export(3, ENTRIES);
    }

    @Test
    void agreesOnWhatIsGood() throws Exception {
        assertThat(both(export)).isZero();
        assertThat(both(house.export(1, 40))).isZero();
    }

    @Test
    void agreesOnEachKindOfWhatIsNot() throws Exception {
        List<String> lines = House.lines(export);
        assertThat(both(changed(lines, 8, "RESOLVE", "EXCEED"))).isEqualTo(1);
        assertThat(both(without(lines, 8))).isEqualTo(1);
        assertThat(both(House.bytes(lines.subList(0, 20)))).isEqualTo(1);
        assertThat(both(house.export(1, 30))).isEqualTo(1);
        assertThat(both(changed(lines, 0, "\"size\":60", "\"size\":61"))).isEqualTo(1);
        assertThat(both("nothing\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(2);
        House other = new House("there", folder);
        other.entries.addAll(house.entries);
        assertThat(both(other.export(3, ENTRIES))).isEqualTo(3);
        House stolen = new House("here", Files.createDirectory(folder.resolve("other"))).with(ENTRIES);
        assertThat(both(stolen.export(3, ENTRIES))).isEqualTo(4);
        house.entries.set(5, house.entries.get(5).replace("RESOLVE", "EXCEED"));
        assertThat(both(house.export(3, ENTRIES))).isEqualTo(1);
        List<String> rehashed = new ArrayList<>(lines);
        rehashed.set(
                6,
                EvidenceFormat.line(
                        house.entries.get(5), HexFormat.of().formatHex(MerkleTree.leaf(house.entries.get(5))), 5));
        assertThat(both(House.bytes(rehashed))).isEqualTo(1);
    }

    @Test
    void agreesOnRandomEdits() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            byte[] edited = export.clone();
            int at = random.nextInt(edited.length);
            edited[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(second(edited)).as("byte %s with seed %s", at, seed).isNotZero();
        }
    }

    private int both(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("export.jsonl"), bytes);
        int first = new Verify().run(List.of(file.toString(), "--seal", seal.toString()));
        assertThat(second(bytes)).isEqualTo(first);
        return first;
    }

    private int second(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("export.jsonl"), bytes);
        Process node = new ProcessBuilder(
                        "node", "src/main/resources/evidence/verify.mjs", file.toString(), "--seal", seal.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return node.exitValue();
    }

    private static byte[] changed(List<String> lines, int line, String was, String is) {
        List<String> all = new ArrayList<>(lines);
        all.set(line, all.get(line).replace(was, is));
        return House.bytes(all);
    }

    private static byte[] without(List<String> lines, int line) {
        List<String> all = new ArrayList<>(lines);
        all.remove(line);
        return House.bytes(all);
    }
}
