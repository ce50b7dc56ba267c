package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** A page worked by somebody who has no mouse, with the keyboard of their language. */
final class Keyboard {

    /** More steps than this to a control are a page that nobody can work by keyboard. */
    private static final int MOST_STEPS = 150;

    /** What stands on the keys of an Arabic keyboard. */
    private static final Map<Character, String> ARABIC = Map.of('J', "ت", 'K', "ن", 'X', "ء", 'C', "ؤ");

    private final Page page;
    private final boolean arabic;
    private final CDPSession keys;

    Keyboard(Page page, String language) {
        this.page = page;
        this.arabic = language.equals("ar");
        this.keys = page.context().newCDPSession(page);
    }

    /** A letter key by its place, which writes another letter on an Arabic keyboard. */
    void letter(char place) {
        listens();
        if (!arabic) {
            page.keyboard().press("Key" + place);
            return;
        }
        for (String type : new String[] {"keyDown", "keyUp"}) {
            JsonObject key = new JsonObject();
            key.addProperty("type", type);
            key.addProperty("code", "Key" + place);
            key.addProperty("key", ARABIC.get(place));
            key.addProperty("windowsVirtualKeyCode", (int) place);
            keys.send("Input.dispatchKeyEvent", key);
        }
    }

    /** The list hears keys as soon as its script has come, which on a slow machine is later than its rows. */
    private void listens() {
        if (page.locator("[data-worklist]").count() > 0) {
            assertThat(page.locator("[data-worklist][data-ready]")).isAttached();
        }
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    /** To the search of the list. */
    void slash() {
        listens();
        press("Slash");
    }

    /** Steps on until a control has the focus, and somebody can see that it has. */
    void goTo(Locator control) {
        control.waitFor();
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            if (isOn(control)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("no key leads to " + control + " of " + page.url());
    }

    private static boolean isOn(Locator control) {
        return (Boolean) control.evaluate("one => one === document.activeElement");
    }

    void open(Locator summary) {
        goTo(summary);
        press("Enter");
        assertThat(summary.locator("xpath=..")).hasAttribute("open", "");
    }

    /** Follows a link or presses a button. */
    void enter(Locator control) {
        goTo(control);
        press("Enter");
    }

    void tick(Locator box) {
        goTo(box);
        press("Space");
        assertThat(box).isChecked();
    }

    /** One of several buttons of which one can be on: the first is reached by Tab, the others by arrows. */
    void choose(Locator first, Locator wanted) {
        goTo(first);
        press("Space");
        for (int steps = 0; steps < 12 && !wanted.isChecked(); steps++) {
            press("ArrowDown");
        }
        assertThat(wanted).isChecked();
    }

    void select(Locator list, String value) {
        goTo(list);
        for (int steps = 0; steps < 40 && !list.inputValue().equals(value); steps++) {
            press("ArrowDown");
        }
        assertThat(list).hasValue(value);
    }

    /** Writes over what stands there. */
    void write(Locator field, String text) {
        goTo(field);
        press("ControlOrMeta+A");
        page.keyboard().type(text);
        assertThat(field).hasValue(text);
    }

    /** A day and time, part by part as browsers want it. */
    void write(Locator field, LocalDateTime at) {
        goTo(field);
        page.keyboard().type(at.format(DateTimeFormatter.ofPattern("MMddyyyy", Locale.ENGLISH)));
        press("Tab");
        page.keyboard().type(at.format(DateTimeFormatter.ofPattern("hhmma", Locale.ENGLISH)));
        assertThat(LocalDateTime.parse(field.inputValue())).isEqualTo(at.truncatedTo(ChronoUnit.MINUTES));
    }
}
