package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Entry;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.journal.Seals;
import org.jabr.journal.Verify;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An auditor reads the journal, takes a seal and an export away, and finds a row that somebody changed; in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import(SealLook.class)
// Changes rows, so it has a house of its own.
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.journal.every=PT24H",
            "jabr.anchors.every=PT0.001S",
            "jabr.anchors.look-every=PT1S",
            "camunda.bpm.job-execution.enabled=false"
        })
class JournalBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path elsewhere;

    @DynamicPropertySource
    static void sealsAreKeptElsewhere(DynamicPropertyRegistry properties) {
        properties.add(
                "jabr.anchors.file", () -> elsewhere.resolve("seals.jsonl").toString());
    }

    @Autowired
    CaseIntake intake;

    @Autowired
    Journal journal;

    @Autowired
    Seals seals;

    @Autowired
    SealLook seal;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAuditorTakesASealAwayAndFindsTheRowThatSomebodyChanged(String language) throws IOException {
        boolean arabic = language.equals("ar");
        RecoveryCase recovery = report(language);
        seal.now();
        Page page = openAs("auditor", Screen.desk(language), "/journal");
        assertThat(page.locator("tbody tr").first()).isVisible();
        looksRight(page, "journal-" + language, language);
        picture(page, "journal-" + language);
        page.locator("#kind").selectOption("case.opened");
        page.locator("#subject").fill(recovery.reference());
        page.locator(".filters button").click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator("tbody a").first().click();
        page.waitForURL("**/journal/entries/*");
        assertThat(page.locator("#proof-title ~ p .badge-house")).hasText(arabic ? "صحيح" : "Holds");
        looksRight(page, "journal-entry-" + language, language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        page.setViewportSize(1280, 800);

        isKeptElsewhere(page, seals.newest().orElseThrow().id());
        looksRight(page, "journal-seals-" + language, language);
        picture(page, "seals-" + language);
        Path kept = file(page.waitForDownload(
                () -> page.locator("tbody a[href$='/file']").first().click()));
        assertThat(Files.readAllLines(elsewhere.resolve("seals.jsonl")))
                .last()
                .isEqualTo(Files.readString(kept).strip());
        Path export = file(page.waitForDownload(
                () -> page.locator("a[href$='/journal/export']").first().click()));
        assertThat(new Verify().run(List.of(export.toString(), "--seal", kept.toString())))
                .isZero();
        check(page, kept);
        assertThat(page.locator("#found")).hasClass(java.util.regex.Pattern.compile(".*tone-good.*"));
        assertThat(page.locator("#found"))
                .containsText(arabic ? "والأختام المحفوظة في الخارج توافقها" : "the seals kept outside agree");

        Entry entry =
                journal.newest("case.opened", recovery.reference(), null, 1).get(0);
        change(entry, entry.content().replace(recovery.release(), "r-none"));
        try {
            check(page, kept);
            assertThat(page.locator("#found")).hasClass(java.util.regex.Pattern.compile(".*tone-bad.*"));
            assertThat(page.locator("#found")).containsText(arabic ? "غُيّر" : "was changed");
            looksRight(page, "journal-changed-" + language, language);
            page.locator("#found a").click();
            page.waitForURL("**/journal/entries/" + entry.id());
            assertThat(page.locator("#proof-title ~ p .badge-house")).hasText(arabic ? "غير صحيح" : "Does not hold");
        } finally {
            change(entry, entry.content());
        }
        page.navigate("/journal/seals");
        check(page, export);
        assertThat(page.locator("#flash .note")).containsText(arabic ? "ليس ختمًا" : "is no seal");
    }

    private static void isKeptElsewhere(Page page, long seal) {
        Locator kept = page.locator("tr[data-way='file'] td:nth-child(2) .id");
        page.waitForCondition(() -> {
            page.navigate("/journal/seals");
            return kept.count() == 1 && kept.textContent().equals(String.valueOf(seal));
        });
    }

    private static void check(Page page, Path seal) {
        page.locator("#seal").setInputFiles(seal);
        page.locator("form[action$='/journal/check'] button").click();
        assertThat(page.locator("#found, #flash .note").first()).isVisible();
    }

    private void change(Entry entry, String content) {
        jdbc.sql("update journal_entry set content = :content where id = :id")
                .param("content", content)
                .param("id", entry.id())
                .update();
    }

    private static Path file(Download download) {
        return download.path();
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "JOURNAL-" + n,
                                "J-" + n,
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "It came late",
                                Money.of("40.00", "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
