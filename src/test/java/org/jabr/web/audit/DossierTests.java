package org.jabr.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Fingerprint;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Entry;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.journal.Verify;
import org.jabr.people.Accounts;
import org.jabr.remedies.Effects;
import org.jabr.rules.Money;
import org.jabr.web.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** One case of the real rules, read by somebody who was not there. */
@SpringBootTest(
        properties = {
            "jabr.demo.data=false",
            "jabr.journal.every=PT24H",
            "jabr.audit.search-every=PT24H",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.gateways.effects.every=PT24H"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(SealLook.class)
abstract class DossierTests {

    @TempDir
    Path folder;

    @Autowired
    ObjectMapper json;

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Effects effects;

    @Autowired
    Journal journal;

    @Autowired
    Accounts accounts;

    @Autowired
    SealLook seal;

    @Autowired
    JdbcClient jdbc;

    RecoveryCase recovery;

    @BeforeEach
    void aCase() {
        recovery = report("en");
        // By then the way through the diagram has come to rest, and nothing is decided beside the test.
        until(() -> desk.file(recovery.reference()).recovery().stage() == Stage.FOLLOW_UP);
    }

    @Test
    void saysWhatWasDecidedOnWhichFactsByWhichRowsAndWhatProvesIt() throws Exception {
        seal.now();
        String page = page("auditor", "en");

        assertThat(page)
                .contains("It came late", "Late delivery", "Decisions and their reasons", "The facts that were used")
                .contains("class=\"lit\"", "What the tables propose", "What was said, as it was sent")
                .contains(recovery.release(), "leaf ", "The newest seal is number")
                .doesNotContain("??");
        desk.file(recovery.reference()).decisions().forEach(decision -> assertThat(page)
                .contains("decision-" + decision.id() + "\""));
        effects.ofCase(recovery.id()).forEach(effect -> assertThat(page).contains(effect.key()));
        desk.file(recovery.reference()).contacts().stream()
                .filter(one -> one.letter() != null && one.subject() != null)
                .forEach(letter -> assertThat(page).contains(letter.subject().value()));
        assertThat(page("auditor", "ar")).contains("dir=\"rtl\"", "القرارات", "ما يثبت ذلك", "تأخر التسليم");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void isAPdfThatCanBeReadAloud(String language) throws Exception {
        boolean arabic = language.equals("ar");
        byte[] pdf = mvc.perform(as("auditor", get(address("dossier.pdf")).param("lang", language)))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("application/pdf"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        Files.write(Path.of("target", "dossier-" + language + ".pdf"), pdf);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDDocumentCatalog catalog = document.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo(language);
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
            assertThat(types(catalog.getStructureTreeRoot()))
                    .contains("H1", "H2", "H3", "P", "Table", "TR", "TH", "TD");
            assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("pdfuaid");
            assertThat(document.getDocumentInformation().getTitle()).contains(recovery.reference());
            assertThat(catalog.getDocumentOutline().getFirstChild().getTitle())
                    .isEqualTo(arabic ? "الحالة" : "The case");
            assertThat(document.getNumberOfPages()).isGreaterThan(1);
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    assertThat(font.getName()).contains("IBMPlexSansArabic");
                }
            }
            String text = new PDFTextStripper().getText(document).replace('\u00a0', ' ');
            assertThat(text).contains(recovery.reference(), "It came late", "Late <b>again</b> & again");
            if (!arabic) {
                assertThat(text).contains("Decisions and their reasons", "USD 40.00", "Late delivery", "late-");
            }
            for (int i = 0; i < 3; i++) {
                ImageIO.write(
                        new PDFRenderer(document).renderImageWithDPI(i, 80),
                        "png",
                        Path.of("target", "dossier-" + language + "-" + i + ".png")
                                .toFile());
            }
        }
        assertThat(journal.newest("dossier.read", recovery.reference(), null, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).isEqualTo("{\"as\":\"PDF\"}"));
    }

    private static Set<String> types(PDStructureNode node) {
        Set<String> types = new TreeSet<>();
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                types.add(element.getStructureType());
                types.addAll(types(element));
            }
        }
        return types;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "manager", "supervisor", "agent", "admin"})
    void isForThoseWhoWorkOnCasesLeadOrAudit(String login) throws Exception {
        mvc.perform(as(login, get(address("dossier")))).andExpect(status().isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "approver"})
    void isNotForThoseWhoWriteTheRules(String login) throws Exception {
        mvc.perform(as(login, get(address("dossier")))).andExpect(status().isForbidden());
        assertThat(journal.newest("dossier.read", recovery.reference(), null, 10))
                .isEmpty();
    }

    @Test
    void hasNoPdfForThoseWhoWriteTheRules() throws Exception {
        mvc.perform(as("analyst", get(address("dossier.pdf")))).andExpect(status().isForbidden());
    }

    @Test
    void thatItWasReadIsWrittenDownWithoutAWordAboutTheCustomer() throws Exception {
        page("supervisor", "en");

        List<Entry> read = journal.newest("dossier.read", recovery.reference(), null, 10);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).by()).isEqualTo("supervisor");
        assertThat(read.get(0).content()).isEqualTo("{\"as\":\"PAGE\"}");
        // The one who reads next sees who read before.
        assertThat(page("auditor", "en")).contains("Dossier of a case read");
    }

    @Test
    void aPackIsCheckedWithoutThisHouse() throws Exception {
        seal.now();
        Map<String, byte[]> files = pack("ar");

        assertThat(files)
                .containsKeys("README.txt", "FORMAT.md", "verify.mjs", "dossier.pdf", "dossier.json", "seal.json")
                .containsKeys("releases/" + recovery.release() + "/rules/resolve.dmn");
        Path export = Files.write(folder.resolve("journal.jsonl"), files.get("journal.jsonl"));
        Path kept = Files.write(folder.resolve("seal.json"), files.get("seal.json"));
        Path second = Files.write(folder.resolve("verify.mjs"), files.get("verify.mjs"));
        assertThat(new Verify().run(List.of(export.toString(), "--seal", kept.toString())))
                .isZero();
        assertThat(node(second, export, kept)).isZero();
        sumsHold(files);
        fingerprintsHold(files);
        assertThat(journal.newest("evidence.taken", recovery.reference(), null, 10))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.content()).matches("\\{\"entries\":\\d+,\"seal\":\\d+,\"size\":\\d+}"));

        // One letter of one entry, and both find it.
        Files.writeString(
                export,
                new String(files.get("journal.jsonl"), StandardCharsets.UTF_8)
                        .replaceFirst("case.opened", "case.openeD"));
        assertThat(new Verify().run(List.of(export.toString(), "--seal", kept.toString())))
                .isEqualTo(1);
        assertThat(node(second, export, kept)).isEqualTo(1);
    }

    @Test
    void aPackIsTakenUnderTheSealThatSomebodyKept() throws Exception {
        seal.now();
        Path kept = Files.write(folder.resolve("kept.json"), pack("en").get("seal.json"));
        page("auditor", "en");
        seal.now();
        Path later = Files.write(folder.resolve("later.jsonl"), pack("en").get("journal.jsonl"));
        assertThat(new Verify().run(List.of(later.toString(), "--seal", kept.toString())))
                .isEqualTo(2);

        long id = json.readTree(kept.toFile()).path("id").asLong();
        byte[] bytes = mvc.perform(as("auditor", get(address("evidence.zip")).param("seal", String.valueOf(id))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        Path under = Files.write(folder.resolve("under.jsonl"), unzipped(bytes).get("journal.jsonl"));
        assertThat(new Verify().run(List.of(under.toString(), "--seal", kept.toString())))
                .isZero();
        mvc.perform(as("auditor", get(address("evidence.zip")).param("seal", "99999")))
                .andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "supervisor", "agent", "analyst", "approver"})
    void aPackIsForAuditors(String login) throws Exception {
        seal.now();
        mvc.perform(as(login, get(address("evidence.zip")))).andExpect(status().isForbidden());
        assertThat(journal.newest("evidence.taken", recovery.reference(), null, 10))
                .isEmpty();
    }

    /** The facts and results in the dossier are those that the sealed entries stand for. */
    private void fingerprintsHold(Map<String, byte[]> files) throws Exception {
        Map<Long, JsonNode> decided = new HashMap<>();
        String published = "";
        for (String line : new String(files.get("journal.jsonl"), StandardCharsets.UTF_8).split("\n")) {
            JsonNode entry = json.readTree(line).path("entry");
            if (entry.path("kind").asText().equals("case.decided")) {
                decided.put(entry.path("content").path("decision").asLong(), entry.path("content"));
            }
            if (entry.path("kind").asText().equals("release.published")) {
                published = entry.path("content").path("hash").asText();
            }
        }
        JsonNode decisions = json.readTree(files.get("dossier.json")).path("decisions");
        assertThat(decisions.size()).isEqualTo(decided.size()).isGreaterThan(3);
        for (JsonNode decision : decisions) {
            JsonNode stored = decision.path("stored");
            JsonNode entry = decided.get(decision.path("id").asLong());
            for (String what : List.of("facts", "result")) {
                assertThat(Fingerprint.of(
                                        stored.path("salt").asText(),
                                        stored.path(what).asText())
                                .hash())
                        .isEqualTo(entry.path(what).asText().replaceFirst("^.*:", ""));
            }
        }
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        String folder = "releases/" + recovery.release() + "/";
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith(folder)) {
                byte[] path = file.getKey().substring(folder.length()).getBytes(StandardCharsets.UTF_8);
                for (byte[] part : List.of(path, file.getValue())) {
                    hash.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
                    hash.update(part);
                }
            }
        }
        assertThat(HexFormat.of().formatHex(hash.digest())).isEqualTo(published);
    }

    private static void sumsHold(Map<String, byte[]> files) throws Exception {
        List<String> sums = new String(files.get("SHA256SUMS"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(sums).hasSize(files.size() - 1);
        for (String line : sums) {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(files.get(line.substring(66)));
            assertThat(HexFormat.of().formatHex(sum)).isEqualTo(line.substring(0, 64));
        }
    }

    private int node(Path verifier, Path export, Path kept) throws Exception {
        Process node = new ProcessBuilder("node", verifier.toString(), export.toString(), "--seal", kept.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return node.exitValue();
    }

    private Map<String, byte[]> pack(String language) throws Exception {
        return unzipped(mvc.perform(as("auditor", get(address("evidence.zip")).param("lang", language)))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("application/zip"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void saysThatThereIsNoSuchCase() throws Exception {
        mvc.perform(as("auditor", get("/cases/R-1999-000001/dossier"))).andExpect(status().isNotFound());
    }

    String address(String what) {
        return "/cases/" + recovery.reference() + "/" + what;
    }

    String page(String login, String language) throws Exception {
        return mvc.perform(as(login, get(address("dossier")).param("lang", language)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    MockHttpServletRequestBuilder as(String login, MockHttpServletRequestBuilder request) {
        SignedIn who = new SignedIn(accounts.find(login).orElseThrow());
        return request.with(authentication(new UsernamePasswordAuthenticationToken(
                who,
                null,
                AuthorityUtils.createAuthorityList(who.account().roles().stream()
                        .map(role -> "ROLE_" + role.name())
                        .toList()))));
    }

    RecoveryCase report(String language) {
        return intake.receive(
                        new Submission(
                                UUID.randomUUID().toString(),
                                UUID.randomUUID().toString(),
                                "EMAIL",
                                "Delivery",
                                "Late <b>again</b> & again",
                                "It came late",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }

    static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
