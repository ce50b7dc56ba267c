package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagramLintTests {

    private static final String PATH = "processes/p.bpmn";

    /** In short: {@code s} start, {@code e} end, {@code u} user task, {@code b} block, {@code a>b} a flow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s e s>e",
                "s u:ask e s>ask ask>e",
                "s b:a x:g b:c e s>a a>g g>c? g>e! c>e",
                "s x:g u:ask b:again e s>g g>ask? g>e! ask>again again>g",
                "s p:fork b:a b:c p:join m:money e s>fork fork>a fork>c a>join c>join join>money money>e",
                "s m:money p:fork b:a b:c p:join e s>money money>fork fork>a fork>c a>join c>join join>e",
                "s t:wait=P14D e s>wait wait>e",
                "s t:wait=P${days}D e s>wait wait>e",
                "s t:wait=PT4H30M e s>wait wait>e",
                "s t:wait=P1DT4H e s>wait wait>e"
            })
    void saysNothingAboutAWayThatWorks(String drawing) {
        assertThat(findings(drawing)).filteredOn(Finding::blocking).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROC-022 | a     | s b:a e s>a
            PROC-022 | a     | s b:a u:c e s>a a>c c>a
            PROC-023 | a     | s b:a e s>e a>e
            PROC-023 | c     | s b:a b:c e s>a a>e c>a
            PROC-024 | g>a   | s x:g b:a e s>g g>a g>e! a>e
            PROC-025 | g     | s x:g b:a e s>g g>a? g>e? a>e
            PROC-027 | a     | s b:a b:a e s>a a>e
            PROC-028 | late  | s u:a o:late@a e s>a a>e
            PROC-032 | money | s p:fork m:money b:c p:join e s>fork fork>money fork>c money>join c>join join>e
            PROC-032 | money | s b:a m:money b:c e s>a a>money a>c money>e c>e
            PROC-032 | money | s p:fork u:c m:money e s>fork fork>c fork>money c>e money>e
            PROC-033 | wait  | s t:wait=P-1D e s>wait wait>e
            PROC-033 | wait  | s t:wait=P0D e s>wait wait>e
            PROC-033 | wait  | s t:wait=PT0S e s>wait wait>e
            PROC-033 | wait  | s t:wait=P99Y e s>wait wait>e
            PROC-033 | wait  | s t:wait=tomorrow e s>wait wait>e
            PROC-033 | wait  | s t:wait=P${days} e s>wait wait>e
            PROC-037 | p     | b:a e a>e
            PROC-060 | a     | s b:a x:g e s>a a>g g>a? g>e!
            """)
    void findsAWayThatDoesNot(String code, String place, String drawing) {
        assertThat(findings(drawing)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.place()).isEqualTo(place);
            assertThat(finding.blocking()).isTrue();
        });
    }

    @Test
    void findsWhatHasNoNameAndWhatNobodyUses() {
        SortedMap<String, String> files = files("s u:ask e s>ask ask>e");
        files.computeIfPresent(PATH, (path, text) -> text.replace("name=\"ask\"", ""));
        files.put("processes/forms/old.form", "{}");
        files.put("processes/letters/old.ar.txt", "");

        assertThat(new DiagramLint().check(files))
                .extracting(Finding::code, Finding::blocking, finding -> finding.values()
                        .get(0))
                .contains(
                        org.assertj.core.groups.Tuple.tuple("PROC-026", true, "ask"),
                        org.assertj.core.groups.Tuple.tuple("PROC-029", false, "processes/forms/old.form"),
                        org.assertj.core.groups.Tuple.tuple("PROC-029", false, "processes/letters/old.ar.txt"),
                        org.assertj.core.groups.Tuple.tuple("PROC-038", false, "ask"));
    }

    @Test
    void findsAChoiceThatNoStepDecides() {
        String chooses = with(drawn("s u:ask b:decide e s>ask ask>decide decide>e"), "ask", "chooses", "resolve");
        assertThat(lint(chooses))
                .extracting(Finding::code, Finding::place)
                .contains(org.assertj.core.groups.Tuple.tuple("PROC-047", "ask"));

        String decided = with(chooses, "decide", "moment", "resolve", "decider", "person");
        assertThat(lint(decided)).extracting(Finding::code).doesNotContain("PROC-047");
    }

    @Test
    void findsProcessesThatCallEachOtherForEver() {
        SortedMap<String, String> files = files("s c:call=q e s>call call>e");
        files.put("processes/q.bpmn", drawn("s c:back=p e s>back back>e").replace("id=\"p\"", "id=\"q\""));

        assertThat(new DiagramLint().check(files))
                .extracting(Finding::code, Finding::file)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("PROC-039", PATH),
                        org.assertj.core.groups.Tuple.tuple("PROC-039", "processes/q.bpmn"));
    }

    @Test
    void findsAMessageThatNobodySends() {
        SortedMap<String, String> files = files("s e s>e");
        files.computeIfPresent(
                PATH,
                (path, text) -> text.replace(
                        "</bpmn:definitions>",
                        "<bpmn:message id=\"m\" name=\"customerContacted\"/><bpmn:message id=\"n\" name=\"moonRose\"/></bpmn:definitions>"));

        assertThat(new DiagramLint().check(files))
                .extracting(Finding::code, Finding::place)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("PROC-034", "n"));
    }

    private static List<Finding> findings(String drawing) {
        return new DiagramLint().check(files(drawing));
    }

    private static List<Finding> lint(String diagram) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(PATH, diagram);
        return new DiagramLint().check(files);
    }

    /** The diagram with parameters at an element, name behind name. */
    private static String with(String diagram, String id, String... parameters) {
        StringBuilder properties = new StringBuilder();
        for (int n = 0; n < parameters.length; n += 2) {
            properties.append(
                    "<camunda:property name=\"%s\" value=\"%s\"/>".formatted(parameters[n], parameters[n + 1]));
        }
        return diagram.replaceFirst(
                "<bpmn:(\\w+) id=\"" + id + "\" name=\"" + id + "\"/>",
                "<bpmn:$1 id=\"" + id + "\" name=\"" + id + "\"><bpmn:extensionElements><camunda:properties>"
                        + properties + "</camunda:properties></bpmn:extensionElements></bpmn:$1>");
    }

    private static SortedMap<String, String> files(String drawing) {
        return new TreeMap<>(java.util.Map.of(PATH, drawn(drawing)));
    }

    private static String drawn(String drawing) {
        StringBuilder text =
                new StringBuilder("<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
                        + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\"><bpmn:process id=\"p\">");
        for (String word : drawing.split(" ")) {
            text.append(word.contains(">") ? flow(word) : element(word, drawing));
        }
        return text.append("</bpmn:process></bpmn:definitions>").toString();
    }

    private static String flow(String word) {
        String[] ends = word.replaceAll("[?!]", "").split(">");
        return "<bpmn:sequenceFlow id=\"%s&gt;%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</bpmn:sequenceFlow>"
                .formatted(
                        ends[0],
                        ends[1],
                        ends[0],
                        ends[1],
                        word.endsWith("?") ? "<bpmn:conditionExpression>${x}</bpmn:conditionExpression>" : "");
    }

    private static String element(String word, String drawing) {
        String kind = word.split(":")[0];
        String rest = word.contains(":") ? word.split(":")[1] : word;
        String id = rest.split("[=@]")[0];
        String more = rest.contains("=") ? rest.split("=", 2)[1] : rest.contains("@") ? rest.split("@")[1] : "";
        String named = " id=\"" + id + "\" name=\"" + id + "\"";
        return switch (kind) {
            case "s" -> "<bpmn:startEvent" + named + "/>";
            case "e" -> "<bpmn:endEvent" + named + "/>";
            case "u" -> "<bpmn:userTask" + named + "/>";
            case "b" -> "<bpmn:serviceTask" + named + "/>";
            case "m" -> "<bpmn:serviceTask" + named + " camunda:delegateExpression=\"${carryOutRemedies}\"/>";
            case "p" -> "<bpmn:parallelGateway" + named + "/>";
            case "c" -> "<bpmn:callActivity" + named + " calledElement=\"" + more + "\"/>";
            case "o" -> "<bpmn:boundaryEvent" + named + " attachedToRef=\"" + more + "\"/>";
            case "x" -> "<bpmn:exclusiveGateway" + named + usual(id, drawing) + "/>";
            case "t" ->
                "<bpmn:intermediateCatchEvent" + named + "><bpmn:timerEventDefinition><bpmn:timeDuration>" + more
                        + "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>";
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static String usual(String gateway, String drawing) {
        for (String word : drawing.split(" ")) {
            if (word.startsWith(gateway + ">") && word.endsWith("!")) {
                return " default=\"" + word.replace("!", "").replace(">", "&gt;") + "\"";
            }
        }
        return "";
    }
}
