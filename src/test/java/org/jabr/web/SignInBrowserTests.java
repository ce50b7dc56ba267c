package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jabr.rules.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@SpringBootTest(classes = HouseWithoutRooms.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@Import(SignInBrowserTests.Patterns.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:signin;DEFAULT_NULL_ORDERING=HIGH",
            "jabr.pages.zone=Asia/Riyadh"
        })
class SignInBrowserTests extends BrowserTest {

    @ParameterizedTest
    @CsvSource({"en, ltr, Sign in, Maya Cole", "ar, rtl, دخول, مايا كول"})
    void signsInAndOutInBothLanguagesAndDirections(String language, String direction, String enter, String name) {
        Page page = open(Screen.desk(language), "/");

        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in"));
        assertThat(page.locator("html")).hasAttribute("dir", direction);
        assertThat(page.locator("html")).hasAttribute("lang", language);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "sign-in-" + language);

        page.locator("#login").fill("agent");
        page.locator("#password").fill("wrong");
        page.locator("#sign-in button").click();
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .isVisible();
        show(page, "sign-in-refused-" + language);

        page.locator("#login").fill("agent");
        page.locator("#password").fill("agent");
        assertThat(page.locator("#sign-in button")).hasText(enter);
        page.locator("#sign-in button").click();
        assertThat(page.locator(".menu summary")).hasText(name);

        page.navigate("/home-of-nobody");
        expectsRefusal(404);
        isAccessible(page);
        show(page, "not-found-" + language);

        page.locator(".menu summary").click();
        show(page, "menu-" + language);
        page.locator(".menu form button").click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in\\?signed-out"));
    }

    @Test
    void signsInWithOneClickOnADemoAccount() {
        Page page = open(Screen.desk("en"), "/sign-in");
        page.locator("[data-fill-login=auditor]").click();
        assertThat(page.locator(".menu summary")).hasText("Salma Farid");
    }

    @Test
    void switchesTheLanguageInPlaceAndKeepsIt() {
        Page page = open(Screen.desk("en"), "/sign-in");
        page.locator(".language").click();
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        page.navigate("/sign-in");
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        page.locator("[data-fill-login=agent2]").click();
        assertThat(page.locator(".menu summary")).hasText("يوسف أمين");
    }

    @Test
    void keepsTheChosenAppearance() {
        Page page = openAs("agent", Screen.desk("en"), "/password");
        page.locator(".menu summary").click();
        page.locator("[data-theme-choice=dark]").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator(".menu summary").click();
        assertThat(page.locator("[data-theme-choice=dark]")).hasAttribute("aria-pressed", "true");
    }

    @ParameterizedTest
    @CsvSource({"en, false", "en, true", "ar, false", "ar, true"})
    void showsEverySmallPartLegiblyInLightAndDark(String language, boolean dark) {
        Screen screen = dark ? Screen.desk(language).inTheDark() : Screen.desk(language);
        Page page = openAs("admin", screen, "/patterns");
        isAccessible(page);
        show(page, "patterns-" + language + (dark ? "-dark" : ""));
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void fitsANarrowScreen(String language) {
        Page page = open(Screen.desk(language).narrow(), "/sign-in");
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "sign-in-narrow-" + language);
        Page patterns = openAs("admin", Screen.desk(language).narrow(), "/patterns");
        fitsItsWidth(patterns);
        show(patterns, "patterns-narrow-" + language);
        patterns.navigate("/password");
        fitsItsWidth(patterns);
        isAccessible(patterns);
        show(patterns, "password-narrow-" + language);
    }

    /** All small parts on one page. */
    @Controller
    static class Patterns {

        private final Clock clock;

        Patterns(Clock clock) {
            this.clock = clock;
        }

        @GetMapping("/patterns")
        String patterns(Model model) {
            Instant now = clock.instant();
            model.addAttribute("tiers", List.of("NEW", "BRONZE", "SILVER", "GOLD", "PLATINUM"));
            model.addAttribute(
                    "stages",
                    List.of(
                            "RECEIVED",
                            "ACKNOWLEDGED",
                            "DECIDED",
                            "RESOLVED",
                            "EXCEEDED",
                            "FOLLOW_UP",
                            "CLOSED",
                            "ESCALATED",
                            "WITHDRAWN"));
            model.addAttribute(
                    "amounts",
                    List.of(
                            Money.of("12.50", "USD"),
                            Money.of("1234.00", "SAR"),
                            Money.of("7.125", "KWD"),
                            Money.of("1500", "JPY"),
                            Money.of("99.99", "EUR")));
            model.addAttribute(
                    "times",
                    List.of(
                            now.minus(Duration.ofMinutes(3)),
                            now.plus(Duration.ofHours(2)),
                            now.minus(Duration.ofHours(30)),
                            now.plus(Duration.ofDays(11)),
                            now.minus(Duration.ofDays(400))));
            return "patterns";
        }
    }
}
