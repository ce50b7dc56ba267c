package org.jabr.rules.drools;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Proposal;
import org.jabr.rules.Setting;
import org.jspecify.annotations.Nullable;

/**
 * How a trial process is spoken to: frames of a length in four bytes and that much JSON. Plain data only: whatever
 * answers, it cannot make the asking side build objects of its choice.
 */
final class TrialWire {

    /** Longest frame, in bytes. */
    static final int LONGEST = 48 * 1024 * 1024;

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(60).build())
                    .build())
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private TrialWire() {}

    /**
     * What is asked.
     *
     * @param key names the files, so that they need not be sent twice
     * @param files null where the other side should know them
     */
    record Request(String operation, String key, @Nullable Map<String, String> files, Map<String, Object> arguments) {}

    /**
     * What is answered; exactly one part is given.
     *
     * @param need the files of this key are not known here
     * @param progress done, of
     */
    record Reply(
            boolean need,
            @Nullable List<Long> progress,
            @Nullable JsonNode result,
            @Nullable Refused problem,
            @Nullable Failed failed) {

        static Reply of(@Nullable Object result) {
            return new Reply(false, null, JSON.valueToTree(result), null, null);
        }
    }

    /** A {@link Problem} on its way. */
    record Refused(Problem.Kind kind, String code, List<Object> values) {}

    /** A {@link org.jabr.rules.DecisionFailed} on its way. */
    record Failed(String moment, String code, String what) {}

    /** A decision without its facts, which the asking side has. */
    record Decided(
            List<Setting> settings, List<Proposal> proposals, List<Objection> objections, List<Outcome> outcome) {}

    /** One of many decisions. */
    record Answered(@Nullable Decided decided, @Nullable String failed) {}

    static void write(DataOutputStream out, Object frame) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(frame);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    /** @return null at the end of the stream; throws where what comes is no frame, or an oversized one */
    static <T> @Nullable T read(DataInputStream in, Class<T> type) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        if (length < 2 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return JSON.readValue(bytes, type);
    }
}
