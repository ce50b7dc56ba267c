package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.ReleaseZip;
import org.jabr.releases.Releases;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The way of a draft through the studio, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = "jabr.demo.data=false")
class StudioBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void goesFromADraftToTheLiveReleaseByTwoPeople(String language) {
        String name = "Letters " + COUNT.incrementAndGet();
        Page page = openAs("analyst", Screen.desk(language), "/studio");
        isFit(page);
        page.locator("#name").fill(name);
        page.locator("form[action='/studio/drafts'] button").click();
        assertThat(page.locator("h1")).hasText(name);
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        isFit(page);
        comes(page.locator("form[action$='/submit'] button"));
        assertThat(page.locator("form[action$='/submit'] button")).isDisabled();

        write(id, language + COUNT.get());
        page.locator("#words").fill("Why so short?");
        page.locator("form[action$='/comments'] button").click();
        assertThat(page.locator("#talk li")).hasCount(1);
        page.locator("#talk li button").click();
        assertThat(page.locator("#talk li.passed")).hasCount(1);
        isFit(page);
        show(page, "studio-draft-" + language);

        page.locator("section[aria-labelledby=history] a").first().click();
        assertThat(page.locator(".diff-added, .diff-changed")).not().hasCount(0);
        isFit(page);
        show(page, "studio-change-" + language);

        page.navigate("/studio/drafts/" + id);
        isFit(page);
        comes(page.locator("form[action$='/submit'] button"));
        assertThat(page.locator("form[action$='/submit'] button")).isDisabled();
        runTheChecks(page);
        page.locator("form[action$='/submit'] button").click();
        assertThat(page).hasURL(Pattern.compile(".*/studio/releases/r-.*"));
        String release = page.url().substring(page.url().lastIndexOf('/') + 1);
        assertThat(page.locator("form[action$='/approve']")).hasCount(0);
        isFit(page);

        Page other = openAs("approver", Screen.desk(language), "/studio/releases/" + release);
        isFit(other);
        show(other, "studio-release-" + language);
        other.locator("form[action$='/approve'] button").click();
        other.locator("#publish-note").fill("Only a letter changes.");
        other.locator("form[action$='/publish'] button").click();
        assertThat(other.locator("form[action$='/publish']")).hasCount(0);
        assertThat(releases.live().id()).isEqualTo(release);
        other.navigate("/studio");
        isFit(other);
        show(other, "studio-home-" + language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void showsFindingsAndLetsNothingThroughThatTheyBlock(String language) {
        Draft draft =
                drafts.open("Broken " + COUNT.incrementAndGet(), releases.live().id(), "analyst");
        Draft.File table = drafts.file(draft.id(), "rules/resolve.dmn");
        drafts.save(
                draft.id(),
                table.path(),
                table.content().replaceFirst("<text>20</text>", "<text>\"ten\"</text>"),
                table.version(),
                "analyst");
        Page page = openAs("analyst", Screen.desk(language), "/studio/drafts/" + draft.id());

        assertThat(page.locator("section[aria-labelledby=findings] li .tone-bad")
                        .first())
                .containsText("RULE-008");
        assertThat(page.locator("form[action$='/submit'] button")).isDisabled();
        isFit(page);
        show(page, "studio-findings-" + language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void takesAZipOverADraft(String language) {
        Draft draft =
                drafts.open("Zip " + COUNT.incrementAndGet(), releases.live().id(), "analyst");
        TreeMap<String, String> files = new TreeMap<>(drafts.contents(draft.id()));
        files.remove("processes/letters/thanks.en.txt");
        Page page = openAs("analyst", Screen.desk(language), "/studio/drafts/" + draft.id());

        page.locator("#zip").setInputFiles(new FilePayload("a.zip", "application/zip", ReleaseZip.write(files)));
        page.locator("form[action$='/upload'] button").click();

        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(drafts.changed(draft.id())).containsOnlyKeys("processes/letters/thanks.en.txt");
        page.locator("#zip").setInputFiles(new FilePayload("a.zip", "application/zip", new byte[] {1, 2, 3}));
        page.locator("form[action$='/upload'] button").click();
        assertThat(page.locator("#flash .tone-bad")).isVisible();
    }

    private void write(String id, String words) {
        Draft.File letter = drafts.file(id, "processes/letters/thanks.en.txt");
        drafts.save(id, letter.path(), letter.content() + "\n" + words + "\n", letter.version(), "analyst");
    }

    private static void isFit(Page page) {
        assertThat(page.locator("[hx-trigger=load] #findings, body:not(:has([hx-trigger=load]))"))
                .not()
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(page.locator("body")).not().containsText("??");
        isAccessible(page);
        fitsItsWidth(page);
    }
}
