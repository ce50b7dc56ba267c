package org.jabr.outside;

import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** News between systems in the form of CloudEvents 1.0, structured mode. */
public final class CloudEvent {

    public static final String CONTENT_TYPE = "application/cloudevents+json";
    public static final String VERSION = "1.0";

    private CloudEvent() {}

    /**
     * What stands in the body.
     *
     * @param id the same however often it is sent
     * @param subject the case that it is about
     */
    public static Map<String, @Nullable Object> of(
            String id,
            URI source,
            String type,
            OffsetDateTime time,
            @Nullable String subject,
            Map<String, @Nullable Object> data) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("specversion", VERSION);
        event.put("id", id);
        event.put("source", source.toString());
        event.put("type", type);
        event.put("time", time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        if (subject != null) {
            event.put("subject", subject);
        }
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }
}
