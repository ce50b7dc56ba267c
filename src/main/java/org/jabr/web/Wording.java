package org.jabr.web;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

/**
 * The house's sentences in both languages. Patterns are ICU's, because Arabic has six plural forms:
 * {@code {0, plural, one {...} other {...}}}. A sentence without values is taken as it stands.
 */
@Component("messageSource")
class Wording extends ResourceBundleMessageSource {

    Wording(@Value("${spring.messages.basename}") List<String> basenames) {
        setBasenames(basenames.toArray(String[]::new));
        setDefaultEncoding("UTF-8");
        setDefaultLocale(Locale.ENGLISH);
    }

    @Override
    protected @Nullable String getMessageInternal(
            @Nullable String code, Object @Nullable [] values, @Nullable Locale locale) {
        Locale reading = locale == null ? Locale.ENGLISH : locale;
        String pattern = code == null ? null : resolveCodeWithoutArguments(code, reading);
        if (pattern == null || values == null || values.length == 0) {
            return pattern;
        }
        return new MessageFormat(pattern, ULocale.forLocale(reading)).format(values);
    }
}
