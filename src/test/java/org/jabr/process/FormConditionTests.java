package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormConditionTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            =reached = true                             | true  | 2  | true
            =reached = true                             | false | 2  | false
            =reached != true                            |       | 2  | true
            =reached = null                             |       | 2  | true
            =days < 3                                   | true  | 2  | true
            =days < 3                                   | true  | 3  | false
            =days <= 3                                  | true  | 3  | true
            =days = 3                                   | true  | 3.0 | true
            =days > 3                                   | true  |    | false
            =days > 3                                   | true  | x  | false
            =reached = false and days > 3 or days = 1   | true  | 1  | true
            =reached = false and days > 3 or days = 1   | true  | 4  | false
            =emotion = "CALM"                           | true  | 1  | false
            """)
    void comparesAnswersWithLiterals(String condition, String reached, String days, boolean holds) {
        Map<String, Object> answers = new HashMap<>();
        answers.put("reached", reached);
        answers.put("days", days);

        assertThat(FormCondition.read(condition).orElseThrow().test(answers)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=",
                "reached",
                "=f()",
                "=reached = other",
                "=reached = true; x = 1",
                "=(reached = true)",
                "=if reached then 1 else 2",
                "=reached.x.y = 1",
                "=reached = true and",
                "=reached = \"a\\u0022\"",
                "=for x in 1..1000000000 return x",
                "=days in [1..2]"
            })
    void readsNothingElse(String condition) {
        assertThat(FormCondition.read(condition)).isEmpty();
    }

    @Test
    void tellsPagesTheSame() {
        assertThat(FormCondition.read("=a = \"x'<\" or b >= 2.50 and c = null")
                        .orElseThrow()
                        .json())
                .isEqualTo("[\"or\",[\"=\",\"a\",\"x'<\"],[\"and\",[\">=\",\"b\",2.50],[\"=\",\"c\",null]]]");
    }
}
