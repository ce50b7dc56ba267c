package org.jabr.web;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.Direction;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeUnit;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.jabr.customers.PersonalText;
import org.jabr.people.Account;
import org.jabr.people.Role;
import org.jabr.rules.Finding;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * Whoever reads the page that is being made: their language, who they are, and how money, numbers and times are
 * written for them. Templates call it {@code reader}.
 */
@Component("reader")
public class Reader {

    private static final ULocale ARABIC = ULocale.forLocale(ReaderLocale.ARABIC);

    /** Day before month, twenty-four hours. */
    private static final ULocale ENGLISH = ULocale.UK;

    private final Clock clock;
    private final MessageSource messages;
    private final ZoneId zone;

    Reader(Clock clock, MessageSource messages, @Value("${jabr.pages.zone:}") String zone) {
        this.clock = clock;
        this.messages = messages;
        this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    // ---- who

    /** Null where nobody is signed in. */
    public @Nullable Account account() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn
                ? signedIn.account()
                : null;
    }

    /** The signed-in person's name in their language, else an empty text. */
    public String name() {
        Account account = account();
        return account == null ? "" : account.name(language());
    }

    /** Whether they are signed in (with a password of their own) and hold one of these roles. */
    public boolean holds(String... roles) {
        Account account = account();
        return account != null
                && !account.passwordIsOneTime()
                && Arrays.stream(roles).anyMatch(role -> account.holds(Role.valueOf(role)));
    }

    // ---- language

    public Locale locale() {
        return LocaleContextHolder.getLocale();
    }

    public String language() {
        return locale().getLanguage().equals("ar") ? "ar" : "en";
    }

    public String direction() {
        return language().equals("ar") ? "rtl" : "ltr";
    }

    public String otherLanguage() {
        return language().equals("ar") ? "en" : "ar";
    }

    /** The same page in the other language; relative, so that it never leaves the page. */
    public String otherLanguageLink() {
        HttpServletRequest request = request();
        String query = request == null || !request.getMethod().equals("GET") ? null : request.getQueryString();
        return UriComponentsBuilder.newInstance()
                .query(query == null ? "" : query)
                .replaceQueryParam(ReaderLocale.PARAMETER, otherLanguage())
                .build()
                .toUriString();
    }

    /** {@code light}, {@code dark}, or null for what the device prefers. */
    public @Nullable String theme() {
        HttpServletRequest request = request();
        Cookie cookie = request == null ? null : WebUtils.getCookie(request, "theme");
        String theme = cookie == null ? "" : cookie.getValue();
        return theme.equals("light") || theme.equals("dark") ? theme : null;
    }

    // ---- words

    public String words(String key, Object... values) {
        return messages.getMessage(key, spoken(values), locale());
    }

    /** A personal text, or that it was erased; empty where there is none. */
    public String said(@Nullable PersonalText text) {
        return text != null && text.erased() ? words("privacy.gone") : PersonalText.shown(text);
    }

    public String words(Flash flash) {
        return words(flash.key(), flash.values().toArray());
    }

    /** A problem's sentence. A code without a sentence of its own is named by its kind. */
    public String words(Problem problem) {
        return problem(problem.code(), problem.kind().name(), problem.values().toArray());
    }

    /** What a check says, as a sentence. */
    public String words(Finding finding) {
        return problem(finding.code(), "FINDING", finding.values().toArray());
    }

    String problem(String code, String kind, Object... values) {
        String general = messages.getMessage("problem.kind." + kind, new Object[] {code}, code, locale());
        String sentence = messages.getMessage("problem." + code, spoken(values), general, locale());
        return sentence == null ? code : sentence;
    }

    private Object[] spoken(Object... values) {
        return Arrays.stream(values)
                .map(value -> value instanceof Money money
                        ? money(money)
                        : value instanceof Instant instant
                                ? when(instant)
                                : value instanceof Number || value instanceof String ? value : String.valueOf(value))
                .toArray();
    }

    // ---- numbers and times

    /** An amount with its currency: {@code USD 12.50}; in Arabic with the currency's Arabic sign where it has one. */
    public String money(Money money) {
        Currency currency = Currency.getInstance(money.currency());
        return NumberFormatter.withLocale(writing())
                .unit(currency)
                .unitWidth(signed(currency) ? NumberFormatter.UnitWidth.SHORT : NumberFormatter.UnitWidth.ISO_CODE)
                .precision(Precision.fixedFraction(Money.digits(money.currency())))
                .format(money.amount())
                .toString();
    }

    /** A currency as it stands beside a field for an amount. */
    public String currency(String code) {
        Currency currency = Currency.getInstance(code);
        return signed(currency) ? currency.getSymbol(ARABIC) : code;
    }

    private boolean signed(Currency currency) {
        return language().equals("ar")
                && currency.getSymbol(ARABIC).codePoints().anyMatch(Reader::isArabic);
    }

    private static boolean isArabic(int letter) {
        return Character.UnicodeScript.of(letter) == Character.UnicodeScript.ARABIC;
    }

    public String number(Number number) {
        return NumberFormatter.withLocale(writing()).format(number).toString();
    }

    /** Day and time. */
    public String when(Instant instant) {
        return format("yMMMdHm", instant);
    }

    /** Day, time and the zone that they are meant in. */
    public String exactly(Instant instant) {
        return format("yMMMMdHmsz", instant);
    }

    public String day(Instant instant) {
        return format("yMMMd", instant);
    }

    /** A day of the calendar, wherever the reader is. */
    public String day(LocalDate day) {
        return day(day.atTime(LocalTime.NOON).atZone(zone).toInstant());
    }

    /** How long ago or how far ahead: {@code 3 hours ago}, {@code in 2 days}. */
    public String ago(Instant instant) {
        Duration ahead = Duration.between(clock.instant(), instant);
        Direction direction = ahead.isNegative() ? Direction.LAST : Direction.NEXT;
        long seconds = ahead.abs().toSeconds();
        RelativeDateTimeFormatter formatter = RelativeDateTimeFormatter.getInstance(writing());
        if (seconds < 60) {
            return formatter.format(Direction.PLAIN, RelativeDateTimeFormatter.AbsoluteUnit.NOW);
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return formatter.format(minutes, direction, RelativeUnit.MINUTES);
        }
        long hours = Math.round(minutes / 60.0);
        if (hours < 48) {
            return formatter.format(hours, direction, RelativeUnit.HOURS);
        }
        long days = Math.round(hours / 24.0);
        if (days < 60) {
            return formatter.format(days, direction, RelativeUnit.DAYS);
        }
        return days < 730
                ? formatter.format(Math.round(days / 30.4), direction, RelativeUnit.MONTHS)
                : formatter.format(Math.round(days / 365.25), direction, RelativeUnit.YEARS);
    }

    /** How long: {@code 1 day, 4 hours}. */
    public String span(long minutes) {
        long rest = Math.abs(minutes);
        List<Measure> parts = new ArrayList<>();
        part(parts, rest / (24 * 60), MeasureUnit.DAY);
        part(parts, rest / 60 % 24, MeasureUnit.HOUR);
        part(parts, rest % 60, MeasureUnit.MINUTE);
        if (parts.isEmpty()) {
            parts.add(new Measure(0, MeasureUnit.MINUTE));
        }
        return MeasureFormat.getInstance(writing(), MeasureFormat.FormatWidth.WIDE)
                .formatMeasures(parts.toArray(Measure[]::new));
    }

    private static void part(List<Measure> parts, long value, MeasureUnit unit) {
        if (value > 0) {
            parts.add(new Measure(value, unit));
        }
    }

    /** What a field of day and time says, meant in the reader's zone. @throws java.time.DateTimeException */
    public OffsetDateTime moment(String local) {
        return LocalDateTime.parse(local).atZone(zone).toOffsetDateTime();
    }

    public boolean isPast(Instant instant) {
        return instant.isBefore(clock.instant());
    }

    private String format(String skeleton, Instant instant) {
        DateFormat format = DateFormat.getInstanceForSkeleton(skeleton, writing());
        format.setTimeZone(TimeZone.getTimeZone(zone.getId()));
        return format.format(Date.from(instant));
    }

    private ULocale writing() {
        return language().equals("ar") ? ARABIC : ENGLISH;
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }
}
