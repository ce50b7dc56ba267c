package org.jabr.web.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/** Reads what is sent, strictly: what it does not understand it refuses by name, and numbers keep all their digits. */
@Component
class Bodies {

    private static final int DIGITS = 40;

    private final ObjectMapper json;

    Bodies() {
        json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new SimpleModule()
                        .addDeserializer(OffsetDateTime.class, new Times())
                        .addDeserializer(LocalDate.class, new Days()))
                .build();
    }

    /** A time as ISO 8601 writes it, with its offset; never a number. */
    private static final class Times extends FromStringDeserializer<OffsetDateTime> {

        private static final long serialVersionUID = 1;

        Times() {
            super(OffsetDateTime.class);
        }

        @Override
        protected OffsetDateTime _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return OffsetDateTime.parse(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, OffsetDateTime.class, "no time");
            }
        }
    }

    /** A day as ISO 8601 writes it. */
    private static final class Days extends FromStringDeserializer<LocalDate> {

        private static final long serialVersionUID = 1;

        Days() {
            super(LocalDate.class);
        }

        @Override
        protected LocalDate _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, LocalDate.class, "no day");
            }
        }
    }

    /**
     * Reads a body of a known shape; no body at all is an empty one.
     *
     * @throws Problem {@code WEB-001} not JSON, {@code WEB-021} a field that is not known, {@code WEB-022} a field of a
     *     wrong type
     */
    <T> T read(byte[] body, Class<T> type) {
        return read(body.length == 0 ? new byte[] {'{', '}'} : body, json.constructType(type));
    }

    /** Reads any object as nested maps. @throws Problem as {@link #read(byte[], Class)} */
    Map<String, Object> document(byte[] body) {
        return read(body, json.constructType(new TypeReference<Map<String, Object>>() {}));
    }

    private <T> T read(byte[] body, JavaType type) {
        refuseEndlessNumbers(body);
        try (JsonParser parser = json.createParser(body)) {
            T read = json.readValue(parser, type);
            if (read == null || parser.nextToken() != null) {
                throw new Problem(Problem.Kind.MALFORMED, "WEB-001");
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw new Problem(Problem.Kind.INVALID, "WEB-021", path(e));
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty()) {
                throw new Problem(Problem.Kind.MALFORMED, "WEB-001");
            }
            throw new Problem(Problem.Kind.INVALID, "WEB-022", path(e));
        } catch (JsonProcessingException e) {
            throw new Problem(Problem.Kind.MALFORMED, "WEB-001");
        } catch (IOException e) {
            throw new Problem(Problem.Kind.MALFORMED, "WEB-001");
        }
    }

    /** {@code 1e999999999} is short to write and fills the memory when it is written out. */
    private void refuseEndlessNumbers(byte[] body) {
        try (JsonParser parser = json.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_FLOAT
                        && Math.abs(parser.getDecimalValue().scale()) > DIGITS) {
                    String path = parser.getParsingContext().pathAsPointer().toString();
                    throw new Problem(Problem.Kind.INVALID, "WEB-022", path.substring(0, Math.min(120, path.length())));
                }
            }
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            throw new Problem(Problem.Kind.MALFORMED, "WEB-001");
        }
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
        return path.length() <= 120 ? path : path.substring(0, 120);
    }
}
