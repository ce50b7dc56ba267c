package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ReaderTests {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final Reader reader =
            new Reader(Clock.fixed(NOW, ZoneOffset.UTC), new Wording(List.of("messages/pages")), "Asia/Riyadh");

    @BeforeEach
    void readsEnglish() {
        LocaleContextHolder.setLocale(ReaderLocale.ENGLISH);
    }

    @AfterEach
    void leaves() {
        LocaleContextHolder.resetLocaleContext();
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void writesMoneyWithItsCurrencyAndDigits() {
        assertThat(visible(reader.money(Money.of("1234.50", "USD")))).isEqualTo("USD 1,234.50");
        assertThat(visible(reader.money(Money.of("7.125", "KWD")))).isEqualTo("KWD 7.125");
        assertThat(visible(reader.money(Money.of("1500", "JPY")))).isEqualTo("JPY 1,500");
        LocaleContextHolder.setLocale(ReaderLocale.ARABIC);
        assertThat(visible(reader.money(Money.of("1234.50", "USD")))).isEqualTo("1,234.50 USD");
        assertThat(visible(reader.money(Money.of("12.00", "SAR")))).isEqualTo("12.00 ر.س.");
        assertThat(visible(reader.currency("SAR"))).isEqualTo("ر.س.");
        assertThat(visible(reader.currency("USD"))).isEqualTo("USD");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T09:00:30Z, now",
        "2026-03-02T08:57:00Z, 3 minutes ago",
        "2026-03-02T11:00:00Z, in 2 hours",
        "2026-02-27T09:00:00Z, 3 days ago",
        "2026-07-02T09:00:00Z, in 4 months",
    })
    void saysHowLongAgo(Instant at, String expected) {
        assertThat(reader.ago(at)).isEqualTo(expected);
    }

    @Test
    void writesTimesInTheHousesZoneAndTheReadersLanguage() {
        assertThat(reader.when(NOW)).isEqualTo("2 Mar 2026, 12:00");
        LocaleContextHolder.setLocale(ReaderLocale.ARABIC);
        assertThat(reader.when(NOW)).contains("2 مارس 2026").endsWith("12:00");
        assertThat(reader.ago(NOW.minusSeconds(3 * 60))).isEqualTo("قبل 3 دقائق");
    }

    @Test
    void namesAProblemWithoutASentenceByItsKind() {
        assertThat(reader.words(new Problem(Problem.Kind.NOT_FOUND, "NONE-001")))
                .isEqualTo("There is nothing by this name (NONE-001).");
    }

    @Test
    void linksToTheSamePageInTheOtherLanguageAndNowhereElse() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/worklist");
        request.setQueryString("mine=true&lang=en&next=https://elsewhere.example");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        assertThat(reader.otherLanguageLink())
                .startsWith("?")
                .contains("mine=true", "lang=ar")
                .doesNotContain("lang=en");
    }

    /** Without marks of direction and with plain spaces. */
    private static String visible(String text) {
        return text.replaceAll("[\\u200e\\u200f\\u061c]", "").replace('\u00a0', ' ');
    }
}
