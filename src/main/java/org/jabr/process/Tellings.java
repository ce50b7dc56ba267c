package org.jabr.process;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Date;
import org.jabr.cases.Calendars;
import org.jabr.rules.Money;
import org.springframework.stereotype.Component;

/** Times and amounts as people say them, in Arabic and in English. */
@Component
class Tellings {

    private static final char ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private final Calendars calendars;

    Tellings(Calendars calendars) {
        this.calendars = calendars;
    }

    /** The amount with the currency spelled out, so that nobody takes one dollar for another. */
    String money(Money money, String language) {
        return NumberFormatter.withLocale(locale(language))
                .unit(Currency.getInstance(money.currency()))
                .unitWidth(NumberFormatter.UnitWidth.FULL_NAME)
                .precision(Precision.fixedFraction(Money.digits(money.currency())))
                .format(money.amount())
                .toString();
    }

    /** Day and time where the business is, with the name of that time. */
    String time(OffsetDateTime at, String release, String language) {
        TimeZone zone = TimeZone.getTimeZone(calendars.zone(release).getId());
        DateFormat day = DateFormat.getInstanceForSkeleton("EEEEdMMMMy", locale(language));
        DateFormat time = DateFormat.getInstanceForSkeleton("jmv", locale(language));
        day.setTimeZone(zone);
        time.setTimeZone(zone);
        Date date = Date.from(at.toInstant());
        return day.format(date) + (language.equals("ar") ? "، الساعة " : ", ") + time.format(date);
    }

    /** Several names in one sentence; each stays in one piece. */
    String list(Collection<String> names, String language) {
        return names.size() == 1
                ? names.iterator().next()
                : ListFormatter.getInstance(locale(language))
                        .format(names.stream()
                                .map(name -> isolated(name, language))
                                .toList());
    }

    /** Keeps a Latin name, number or address in one piece inside Arabic text; a link stands alone and stays as it is. */
    String isolated(String value, String language) {
        return language.equals("ar") && !value.startsWith("http") ? ISOLATE + value + POP_ISOLATE : value;
    }

    private static ULocale locale(String language) {
        return ULocale.forLanguageTag(language.equals("ar") ? "ar-u-nu-latn" : language);
    }
}
