package org.jabr.web.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jabr.audit.EvidencePack;
import org.springframework.stereotype.Component;

/** An evidence pack as one file. */
@Component
class EvidenceZip {

    private final DossierReading reading;
    private final DossierPdf pdf;
    private final DossierDocument document;

    EvidenceZip(DossierReading reading, DossierPdf pdf, DossierDocument document) {
        this.reading = reading;
        this.pdf = pdf;
        this.document = document;
    }

    byte[] of(EvidencePack pack) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("README.txt", resource("PACK.txt"));
        files.put("FORMAT.md", resource("FORMAT.md"));
        files.put("verify.mjs", resource("verify.mjs"));
        files.put("dossier.pdf", pdf.of(reading.told(pack.dossier())));
        files.put("dossier.json", bytes(document.of(pack)));
        files.put("journal.jsonl", bytes(pack.part().text()));
        files.put("seal.json", bytes(pack.part().seal().json() + "\n"));
        pack.releases()
                .forEach((id, contents) ->
                        contents.forEach((path, text) -> files.put("releases/" + id + "/" + path, bytes(text))));
        files.put("SHA256SUMS", bytes(sums(files)));
        return zip(files, pack);
    }

    private static byte[] zip(SortedMap<String, byte[]> files, EvidencePack pack) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(pack.dossier().at().atOffset(ZoneOffset.UTC).toLocalDateTime());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As {@code sha256sum -c} reads it. */
    private static String sums(SortedMap<String, byte[]> files) {
        StringBuilder sums = new StringBuilder();
        files.forEach((name, content) ->
                sums.append(sha256(content)).append("  ").append(name).append('\n'));
        return sums.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(
                EvidenceZip.class.getResourceAsStream("/evidence/" + name), "it travels in the jar")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
