package org.jabr.rules.drools;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The schema of DMN 1.3. */
final class DmnSchema {

    private static final String FOLDER = "/org/omg/spec/DMN/20191111/";
    private static final Schema SCHEMA = load();

    private DmnSchema() {}

    /** The first thing that does not fit the schema. */
    static Optional<SAXParseException> firstError(String text) {
        try {
            Validator validator = SCHEMA.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new StreamSource(new StringReader(text)));
            return Optional.empty();
        } catch (SAXParseException wrong) {
            return Optional.of(wrong);
        } catch (SAXException | IOException wrong) {
            return Optional.of(new SAXParseException(wrong.getMessage(), null));
        }
    }

    private static Schema load() {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            return factory.newSchema(
                    new Source[] {source("DC.xsd"), source("DI.xsd"), source("DMNDI13.xsd"), source("DMN13.xsd")});
        } catch (SAXException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Source source(String name) {
        return new StreamSource(String.valueOf(DmnSchema.class.getResource(FOLDER + name)));
    }
}
