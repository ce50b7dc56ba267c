package org.jabr.web.audit;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jabr.web.Reader;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringTemplateEngine;

/**
 * A dossier as PDF/UA in the reader's language: tagged, with a title and a language, and with its letters inside, so that it
 * reads the same everywhere and for everybody. Nothing is fetched while it is made.
 */
@Component
class DossierPdf {

    private static final String FAMILY = "Plex";

    /** What XML cannot hold; customers write it all the same. */
    private static final Pattern UNWRITABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    /** Vowel signs of Arabic. Their maker sets them beside the letters that they belong on; readers know them without. */
    private static final Pattern VOWEL_SIGNS = Pattern.compile("[\\u064B-\\u0652\\u0670]");

    private final ISpringTemplateEngine templates;
    private final Reader reader;

    DossierPdf(ISpringTemplateEngine templates, Reader reader) {
        this.templates = templates;
        this.reader = reader;
        // What it cannot lay out it leaves out; its own running report is of no use to anybody.
        XRLog.setLoggingEnabled(false);
    }

    byte[] of(DossierReading.Told told) {
        String html = templates.process(
                "audit/dossier-pdf",
                new Context(reader.locale(), Map.of("told", told, "reader", reader, "pdf", Boolean.TRUE)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    .usePdfUaAccessibility(true)
                    .useExternalResourceAccessControl(
                            (address, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                    .useFont(() -> font("Regular"), FAMILY, 400, FontStyle.NORMAL, true)
                    .useFont(() -> font("Bold"), FAMILY, 700, FontStyle.NORMAL, true)
                    .useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory())
                    .useUnicodeBidiReorderer(new ICUBidiReorderer())
                    .defaultTextDirection(reader.direction().equals("rtl") ? TextDirection.RTL : TextDirection.LTR)
                    .withProducer("Jabr")
                    .withHtmlContent(written(html), null)
                    .toStream(out)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String written(String html) {
        return VOWEL_SIGNS.matcher(UNWRITABLE.matcher(html).replaceAll("")).replaceAll("");
    }

    private static InputStream font(String weight) {
        return Objects.requireNonNull(
                DossierPdf.class.getResourceAsStream("/fonts/IBMPlexSansArabic-" + weight + ".ttf"),
                "the font travels in the jar");
    }
}
