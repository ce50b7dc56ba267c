package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
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
@ExtendWith({BrowserTest.NeedsChromium.class, BrowserTest.ShowsWhatFailed.class})
abstract class BrowserTest {

    /** What one journey may take; a browser that answers no more is ended then, and says so. */
    private static final Duration PATIENCE = Duration.ofMinutes(12);

    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final int MOST_HANGS = 2;
    private static final AtomicInteger hangs = new AtomicInteger();
    private static final double SLOW_MACHINE = 20_000;

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watches-the-browser");
        thread.setDaemon(true);
        return thread;
    });

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Path AXE = Path.of("src/main/frontend/node_modules/axe-core/axe.min.js");

    @Nullable
    private static volatile Browser browser;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<Predicate<String>> expected = new ArrayList<>();

    @Nullable
    private ScheduledFuture<?> watch;

    @LocalServerPort
    private int port;

    /** Keys and scripts of a page wait without end where its browser hangs, so somebody else must see it. */
    @BeforeEach
    void isWatched(TestInfo test) {
        assertThat(hangs).as("browsers that had to be ended").hasValueLessThan(MOST_HANGS);
        Thread thread = Thread.currentThread();
        watch = WATCH.schedule(() -> endBrowser(test, thread), PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void endBrowser(TestInfo test, Thread thread) {
        hangs.incrementAndGet();
        System.out.println("The browser is ended: %s %s takes longer than %s"
                .formatted(test.getTestMethod().orElse(null), test.getDisplayName(), PATIENCE));
        Thread.getAllStackTraces().forEach((one, stack) -> {
            System.out.print(one == thread ? "The test, " : "");
            show(one, stack);
        });
        endBrowsers();
    }

    private static void show(Thread thread, StackTraceElement[] stack) {
        System.out.println(thread.getName());
        for (StackTraceElement at : stack) {
            System.out.println("    at " + at);
        }
    }

    private static void endBrowsers() {
        browser = null;
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*(chrom|headless|node).*"))
                .forEach(ProcessHandle::destroyForcibly);
    }

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
        context.setDefaultTimeout(SLOW_MACHINE);
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
        fontsAreThere(page);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Asked once: what is asked again and again is evaluated by the page itself, and its policy does not let it. */
    private static void fontsAreThere(Page page) {
        page.evaluate("() => document.fonts.ready.then(() => true)");
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
            fontsAreThere(page);
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
        Object wider = page.evaluate("""
                () => {
                  const { scrollWidth, clientWidth } = document.documentElement;
                  if (scrollWidth <= clientWidth) return [];
                  return [...document.body.querySelectorAll('*')]
                    .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 0 && (box.right > clientWidth + 1 || box.left < -1); })
                    .map((one) => one.outerHTML.slice(0, 200));
                }
                """);
        assertThat((List<?>) wider).as("what sticks out of %s", page.url()).isEmpty();
    }

    /** Whole words in the reader's language, readable for everybody, nothing sticking out; and a picture of it. */
    static void looksRight(Page page, String name, String language) {
        assertThat((String) page.evaluate(SHOWN))
                .doesNotContain("??")
                .doesNotContainPattern("(?<![-\\w])[A-Z]{3,}_[A-Z]{3,}\\b");
        if (language.equals("ar")) {
            assertThat((List<?>) page.evaluate(ENGLISH))
                    .as("English words on %s", page.url())
                    .isEmpty();
        }
        isAccessible(page);
        fitsItsWidth(page);
        show(page, name);
    }

    /** What stands on the page, but for rows of rule tables, which are quoted as their file has them. */
    private static final String SHOWN = """
            () => [...document.querySelectorAll('table.cells')]
              .reduce((text, quoted) => text.replace(quoted.innerText, ''), document.body.innerText)
            """;

    /** Words in Latin letters that are no currency, no text of a person and no source that an analyst names. */
    private static final String ENGLISH = """
            () => {
              const own = 'bdi, code, kbd, script, style, template, [dir=ltr], [dir=auto], [lang=en], .said, .because-why, .bjs-powered-by';
              const english = (words) => /[A-Za-z]{2,}/.test(words.replace(/\\b[A-Z]{3}\\b/g, ''));
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const text = walker.currentNode;
                if (english(text.data) && !text.parentElement.closest(own)) found.push(text.data.trim());
              }
              for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
                for (const name of ['aria-label', 'title', 'placeholder']) {
                  const words = one.getAttribute(name) ?? '';
                  if (english(words) && !one.closest('svg, .bjs-powered-by')) found.push(`${name}: ${words}`);
                }
              }
              return found;
            }
            """;

    /** Waits for what comes as soon as everything is compiled: the first time in a new process, which takes its time. */
    static void comes(Locator what) {
        what.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE.toMillis() * 0.4));
    }

    /** On the page of a draft, as soon as its verdict is there, for which everything is compiled. */
    static void startTheChecks(Page page) {
        page.locator("form[action$='/inspections'] button")
                .click(new Locator.ClickOptions().setTimeout(PATIENCE.toMillis() * 0.4));
    }

    /** On the page of a draft: every check runs, and what may be handed over can be. */
    static void runTheChecks(Page page) {
        startTheChecks(page);
        assertThat(page.locator("#submit ~ .tone-bad, form[action$='/submit'] button:enabled"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis() * 0.8));
        assertThat(page.locator("#submit ~ .tone-bad").count())
                .as("what blocks: %s", page.locator("#verdict").innerText())
                .isZero();
    }

    /** Leaves the field, and waits until the rules were asked about the choice and answered. */
    static void settled(Page page) {
        page.keyboard().press("Tab");
        assertThat(page.locator("#choice[aria-busy]")).hasCount(0);
    }

    /** For a test with a step that is refused on purpose, which browsers report as an error, though not at once. */
    void expectsRefusal(int status) {
        expected.add(error -> error.contains("status of " + status));
    }

    /** For a test with a step in which the connection is cut on purpose. */
    void expectsNoConnection() {
        expected.add(error -> error.contains("net::ERR_") || error.startsWith("htmx:"));
    }

    @AfterEach
    void closesWithoutErrors() {
        if (watch != null) {
            watch.cancel(false);
        }
        close();
        errors.removeIf(error -> expected.stream().anyMatch(one -> one.test(error)));
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    /** A browser may hang while it closes a page that is on its way to another: nothing of the test is lost by ending it. */
    private void close() {
        ScheduledFuture<?> closing = WATCH.schedule(BrowserTest::endBrowsers, CLOSING.toSeconds(), TimeUnit.SECONDS);
        try {
            contexts.forEach(BrowserContext::close);
        } catch (PlaywrightException ended) {
            System.out.println("The browser did not close its pages and was ended: " + ended.getMessage());
            browser = null;
        } finally {
            closing.cancel(false);
        }
    }

    private static synchronized Browser browser() {
        if (browser == null || !browser.isConnected()) {
            PlaywrightAssertions.setDefaultAssertionTimeout(SLOW_MACHINE);
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
            // Closing it properly is for the thread that made it, which is gone by then.
            Runtime.getRuntime().addShutdownHook(new Thread(BrowserTest::endBrowsers));
        }
        return browser;
    }

    private static Optional<Path> chromium() {
        String named = System.getProperty("jabr.chromium", "");
        String fromEnvironment = System.getenv().getOrDefault("JABR_CHROMIUM", "");
        Stream<String> usual = Stream.of(
                        // Without windows it is the same engine for half of the work.
                        "chromium-headless-shell",
                        "chromium",
                        "chromium-browser",
                        "google-chrome",
                        "google-chrome-stable")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "/usr/bin").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name).toString()));
        return Stream.concat(Stream.of(named, fromEnvironment), usual)
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What every page showed when a test failed, as {@code target/screenshots/failed-...png} and its text, and what the house did. */
    static class ShowsWhatFailed implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isEmpty()) {
                return;
            }
            String name = "failed-" + context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName();
            List<Page> pages = ((BrowserTest) context.getRequiredTestInstance())
                    .contexts.stream().flatMap(one -> one.pages().stream()).toList();
            for (int i = 0; i < pages.size(); i++) {
                show(pages.get(i), name + "-" + i);
            }
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                if (Stream.of(stack).anyMatch(at -> at.getClassName().startsWith("org.jabr."))) {
                    BrowserTest.show(thread, stack);
                }
            });
        }

        private static void show(Page page, String name) {
            try {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + ".png"))
                        .setFullPage(true)
                        .setTimeout(5_000));
                System.out.println(
                        name + " " + page.url() + "\n" + page.locator("main").innerText());
            } catch (PlaywrightException gone) {
                System.out.println(name + " could not be shown: " + gone.getMessage());
            }
        }
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
