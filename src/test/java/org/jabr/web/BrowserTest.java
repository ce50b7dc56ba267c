package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A journey through pages in a real browser. Whatever the browser reports as an error fails the test. Without Chromium
 * these tests are skipped with one line; with {@code -Djabr.browser.required=true} they fail instead.
 * {@code -Djabr.chromium=PATH} or the environment variable {@code JABR_CHROMIUM} names another browser.
 */
@ExtendWith(BrowserTest.NeedsChromium.class)
abstract class BrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Path AXE = Path.of("src/main/frontend/node_modules/axe-core/axe.min.js");

    @Nullable
    private static Browser browser;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @LocalServerPort
    private int port;

    /** How a reader's browser is set up. */
    record Screen(String language, int width, int height, boolean dark) {

        static Screen desk(String language) {
            return new Screen(language, 1280, 800, false);
        }

        Screen narrow() {
            return new Screen(language, 320, 700, dark);
        }

        Screen inTheDark() {
            return new Screen(language, width, height, true);
        }
    }

    Page open(Screen screen, String path) {
        BrowserContext context = browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL("http://localhost:" + port)
                        .setLocale(screen.language())
                        .setViewportSize(screen.width(), screen.height())
                        .setColorScheme(screen.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
        contexts.add(context);
        context.setDefaultTimeout(10_000);
        context.onWebError(error -> errors.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        Page page = context.newPage();
        page.navigate(path);
        return page;
    }

    /** Opens a page as one of the demo's people. */
    Page openAs(String login, Screen screen, String path) {
        Page page = open(screen, "/sign-in");
        page.locator("#login").fill(login);
        page.locator("#password").fill(login);
        page.locator("#sign-in button").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        page.navigate(path);
        return page;
    }

    /** The whole page as a picture in {@code target/screenshots}. */
    static void show(Page page, String name) {
        page.waitForFunction("document.fonts.status === 'loaded'");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /**
     * What a reader sees first, as a picture of the README: only where {@code -Djabr.pictures=src/docs/screenshots} names
     * a folder for it.
     */
    static void picture(Page page, String name) {
        String folder = System.getProperty("jabr.pictures", "");
        if (!folder.isBlank()) {
            page.setViewportSize(1280, 1000);
            page.evaluate("scrollTo(0, 0)");
            page.waitForFunction("document.fonts.status === 'loaded'");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder).resolve(name + ".png")));
        }
    }

    /** Readable for everybody, as far as a machine can tell: WCAG 2.2 A and AA. */
    static void isAccessible(Page page) {
        try {
            page.evaluate(Files.readString(AXE));
        } catch (IOException e) {
            throw new IllegalStateException("axe-core is installed by the pages' build", e);
        }
        Object found = page.evaluate("""
                async () => {
                  const result = await axe.run(document, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
                  return result.violations.map(v =>
                    `${v.id}: ${v.help}: ${v.nodes.map(n => n.target + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
                }
                """);
        assertThat((List<?>) found).as("accessibility of %s", page.url()).isEmpty();
    }

    /** Nothing sticks out sideways. */
    static void fitsItsWidth(Page page) {
        Object wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wider).intValue())
                .as("how far %s sticks out", page.url())
                .isLessThanOrEqualTo(0);
    }

    /** For a step that is refused on purpose, which browsers report as an error. */
    void expectsRefusal(int status) {
        errors.removeIf(error -> error.contains("status of " + status));
    }

    /** For a step in which the connection is cut on purpose. */
    void expectsNoConnection() {
        errors.removeIf(error -> error.contains("net::ERR_"));
    }

    @AfterEach
    void closesWithoutErrors() {
        contexts.forEach(BrowserContext::close);
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    private static synchronized Browser browser() {
        if (browser == null) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium().orElseThrow())
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }

    private static Optional<Path> chromium() {
        String named = System.getProperty("jabr.chromium", "");
        String fromEnvironment = System.getenv().getOrDefault("JABR_CHROMIUM", "");
        Stream<String> usual = Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "/usr/bin").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name).toString()));
        return Stream.concat(Stream.of(named, fromEnvironment), usual)
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static class NeedsChromium implements ExecutionCondition {

        private static boolean told;

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (chromium().isPresent()) {
                return ConditionEvaluationResult.enabled("a browser is there");
            }
            if (Boolean.getBoolean("jabr.browser.required")) {
                throw new IllegalStateException(
                        "Browser tests are required (jabr.browser.required), but there is no Chromium. Install it, or name it with -Djabr.chromium=PATH.");
            }
            synchronized (NeedsChromium.class) {
                if (!told) {
                    told = true;
                    System.out.println(
                            "Browser tests are skipped: there is no Chromium. Install it, or name it with -Djabr.chromium=PATH.");
                }
            }
            return ConditionEvaluationResult.disabled("no Chromium");
        }
    }
}
