package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormMistakesTests {

    private static final String ARABIC = "'properties':{'label-ar':'س'}";
    private static final String CHOICES = "'values':[{'label':'A','label-ar':'أ','value':'A'}]";
    private static final String FIRST = "{'type':'checkbox','key':'first','label':'F'," + ARABIC + "},";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'textfield','key':'a','label':'A',P}",
                "{'type':'textarea','key':'a','label':'A','validate':{'minLength':1,'maxLength':9},P}",
                "{'type':'number','key':'a','label':'A','decimalDigits':2,'validate':{'min':0,'max':9},P}",
                "{'type':'checkbox','key':'a','label':'A',P}",
                "{'type':'radio','key':'a','label':'A',V,P}",
                "{'type':'select','key':'a','label':'A',V,'searchable':true,P}",
                "{'type':'checklist','key':'a','label':'A',V,P}",
                "{'type':'taglist','key':'a','label':'A',V,P}",
                "{'type':'datetime','subtype':'date','key':'a','dateLabel':'A',P}",
                "{'type':'datetime','subtype':'datetime','key':'failure.occurredAt','dateLabel':'A',P}",
                "{'type':'textfield','key':'a','label':'A','validate':{'pattern':'^[A-Z]{2}\\\\d{4}$'},P}",
                "{'type':'textfield','key':'a','label':'A','validate':{'validationType':'email'},P}",
                "{'type':'textfield','key':'a','label':'A','conditional':{'hide':'=first = true'},P}",
                "{'type':'text','text':'Read this','properties':{'text-ar':'اقرؤوا هذا'}}",
                "{'type':'separator'}",
                "{'type':'spacer'}",
                "{'type':'group','label':'G',P,'components':[{'type':'textfield','key':'b','label':'B',P}]}"
            })
    void takesEveryPartThatAPageCanShow(String part) throws JsonProcessingException {
        assertThat(mistakes(part)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            FORM-008 | {'type':'html','content':'<b>x</b>'}
            FORM-008 | {'type':'iframe','url':'https://evil.example'}
            FORM-008 | {'type':'image','source':'https://evil.example'}
            FORM-008 | {'type':'expression','key':'a','expression':'=1'}
            FORM-008 | {'type':'filepicker','key':'a'}
            FORM-008 | {'type':'dynamiclist','path':'a','components':[]}
            FORM-008 | {'type':'table','dataSource':'=x'}
            FORM-008 | {'type':'button','action':'submit'}
            FORM-008 | {'type':'group','label':'G',P,'components':[{'type':'html'}]}
            FORM-009 | {'type':'textfield','key':'a','label':'=secret',P}
            FORM-009 | {'type':'textfield','key':'a','label':'A','defaultValue':'=x',P}
            FORM-009 | {'type':'text','text':'{{secret}}','properties':{'text-ar':'س'}}
            FORM-009 | {'type':'select','key':'a','label':'A','valuesExpression':'=x',V,P}
            FORM-009 | {'type':'textfield','key':'a','label':'A','readonly':true,P}
            FORM-009 | {'type':'number','key':'a','label':'A','validate':{'max':'=x'},P}
            FORM-010 | {'type':'textfield','key':'a','label':'A','conditional':{'hide':'=later = true'},P}
            FORM-010 | {'type':'textfield','key':'a','label':'A','conditional':{'hide':'=f(first)'},P}
            FORM-011 | {'type':'textfield','label':'A',P}
            FORM-011 | {'type':'textfield','key':'first','label':'A',P}
            FORM-011 | {'type':'textfield','key':'a-b','label':'A',P}
            FORM-011 | {'type':'textfield','key':'a.b.c','label':'A',P}
            FORM-012 | {'type':'textfield','key':'failure.colour','label':'A',P}
            FORM-012 | {'type':'number','key':'failure.loss','label':'A',P}
            FORM-012 | {'type':'checkbox','key':'customer.vulnerable','label':'A',P}
            FORM-012 | {'type':'textfield','key':'conversation.emotion','label':'A',P}
            FORM-013 | {'type':'select','key':'a','label':'A',P}
            FORM-013 | {'type':'select','key':'conversation.emotion','label':'A',V,P}
            FORM-013 | {'type':'checklist','key':'a','label':'A','values':[{'label':'A','label-ar':'أ','value':'x,y'}],P}
            FORM-014 | {'type':'textfield','key':'a','label':'A','validate':{'pattern':'(a+)+'},P}
            FORM-014 | {'type':'textfield','key':'a','label':'A','validate':{'pattern':'a*b*c*'},P}
            FORM-015 | {'type':'number','key':'a','label':'A','validate':{'min':3,'max':2},P}
            FORM-015 | {'type':'textfield','key':'a','label':'A','validate':{'minLength':3,'maxLength':2},P}
            PROC-014 | {'type':'textfield','key':'a','label':'A'}
            PROC-014 | {'type':'text','text':'English only'}
            PROC-014 | {'type':'textfield','key':'a','label':'A','description':'Hint',P}
            PROC-014 | {'type':'radio','key':'a','label':'A','values':[{'label':'A','value':'A'}],P}
            """)
    void findsWhatAPageCannotShowOrNobodyCouldAnswer(String code, String part) throws JsonProcessingException {
        assertThat(mistakes(part)).extracting(FormMistakes.Mistake::code).contains(code);
    }

    @Test
    void laysPartsOutAsTheyWereDrawn() throws JsonProcessingException {
        String half = "'layout':{'row':'r1','columns':8}";
        Form form = new FormFile(Locale.forLanguageTag("ar"))
                .read(
                        "form",
                        json(
                                "{'type':'text','text':'# Title\\n\\n* one','properties':{'text-ar':'عنوان'}},"
                                        + "{'type':'textfield','key':'a','label':'A'," + half + ",P},"
                                        + "{'type':'textfield','key':'b','label':'B'," + half + ",P},"
                                        + "{'type':'group','path':'more','components':[{'type':'checkbox','key':'c','label':'C',P}]}"));

        assertThat(form.rows()).hasSize(3);
        assertThat(form.rows().get(1).cells()).extracting(Form.Cell::width).containsExactly(6, 6);
        assertThat(form.rows().get(0).cells().get(0).part()).isEqualTo(new Form.Words(List.of("عنوان"), null));
        assertThat(form.fields()).extracting(Form.Field::key).containsExactly("a", "b", "more.c");
        assertThat(form.fields()).extracting(Form.Field::label).containsOnly("س");
    }

    private static List<FormMistakes.Mistake> mistakes(String part) throws JsonProcessingException {
        return new FormMistakes(json(FIRST + part)).found();
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String parts) throws JsonProcessingException {
        String text = "{'components':["
                + parts.replace("P}", ARABIC + "}")
                        .replace("P,'components'", ARABIC + ",'components'")
                        .replace(",V,", "," + CHOICES + ",")
                + "]}";
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
