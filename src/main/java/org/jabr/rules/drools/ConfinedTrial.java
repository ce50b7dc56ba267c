package org.jabr.rules.drools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tries rules in processes of their own, which are ended as soon as one takes too long or asks for too much. */
@Component
final class ConfinedTrial implements RuleTrial, AutoCloseable {

    private final TrialChildren children;
    private final Limits limits;

    /**
     * How long each sort of work may take.
     *
     * @param compile also what a question may take longer about files that a process does not know
     * @param mutants and contracts, which play thousands of cases
     */
    record Limits(Duration compile, Duration inspect, Duration mutants, Duration ask, Duration batch) {

        static Limits usual() {
            return new Limits(
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(240),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(240));
        }
    }

    @Autowired
    ConfinedTrial(
            @Value("${jabr.rules.trial.memory:512m}") String memory,
            @Value("${jabr.rules.trial.processes:2}") int most,
            @Value("${jabr.rules.trial.idle:PT5M}") Duration idle) {
        this(TrialProgram.own(memory), Limits.usual(), most, idle);
    }

    ConfinedTrial(TrialProgram program, Limits limits, int most, Duration idle) {
        this.children = new TrialChildren(program, most, limits.compile(), idle);
        this.limits = limits;
    }

    @Override
    public List<Finding> compile(Map<String, String> files) {
        return findings("compile", files, limits.compile(), Progress.NONE);
    }

    @Override
    public List<Finding> tables(Map<String, String> files, Progress progress) {
        return findings("tables", files, limits.inspect(), progress);
    }

    @Override
    public List<Finding> scenarios(Map<String, String> files, Progress progress) {
        return findings("scenarios", files, limits.inspect(), progress);
    }

    @Override
    public List<Finding> mutants(Map<String, String> files, Progress progress) {
        return findings("mutants", files, limits.mutants(), progress);
    }

    @Override
    public List<Finding> contracts(Map<String, String> files, Progress progress) {
        return findings("contracts", files, limits.mutants(), progress);
    }

    @Override
    public Rulebook rulebook(String release, Map<String, String> files) {
        String key = key(files);
        ask("rules", key, files, Map.of(), limits.compile(), RuleRef[].class);
        return new TrialRulebook(release, new TrialRulebook.Line() {
            @Override
            public <T> T ask(String operation, Map<String, Object> arguments, Class<T> type) {
                return ConfinedTrial.this.ask(operation, key, files, arguments, limits.ask(), type);
            }
        });
    }

    @Override
    public List<Answer> decideAll(String release, Map<String, String> files, List<Question> questions) {
        List<Map<String, Object>> asked = questions.stream()
                .map(question ->
                        Map.<String, Object>of("moment", question.moment().name(), "facts", question.facts()))
                .toList();
        TrialWire.Answered[] answers = ask(
                "decideAll", key(files), files, Map.of("questions", asked), limits.batch(), TrialWire.Answered[].class);
        if (answers.length != questions.size()) {
            throw new TrialFailed(TrialFailed.BROKE_OFF).problem();
        }
        List<Answer> decided = new ArrayList<>(answers.length);
        for (int i = 0; i < answers.length; i++) {
            decided.add(answer(release, questions.get(i), answers[i]));
        }
        return decided;
    }

    private static Answer answer(String release, Question question, TrialWire.Answered answered) {
        TrialWire.Decided decided = answered.decided();
        if (decided == null) {
            return new Answer(null, answered.failed());
        }
        CaseFacts facts = TrialRulebook.facts(question.facts());
        return new Answer(TrialRulebook.decision(release, question.moment(), facts, decided), null);
    }

    private List<Finding> findings(String operation, Map<String, String> files, Duration most, Progress progress) {
        try {
            return children.ask(
                    operation,
                    key(files),
                    files,
                    Map.of(),
                    most,
                    progress,
                    reply -> List.of(value(reply, Finding[].class)));
        } catch (TrialCancelled calledOff) {
            return List.of();
        } catch (TrialFailed failed) {
            return List.of(failed.finding());
        }
    }

    private <T> T ask(
            String operation,
            String key,
            Map<String, String> files,
            Map<String, Object> arguments,
            Duration most,
            Class<T> type) {
        try {
            return children.ask(operation, key, files, arguments, most, Progress.NONE, reply -> Outcome.of(reply, type))
                    .value();
        } catch (TrialFailed failure) {
            throw failure.problem();
        } catch (TrialCancelled interrupted) {
            throw new TrialFailed(TrialFailed.BROKE_OFF).problem();
        }
    }

    /** What a rulebook would do: answer, or throw. A failure of the rules is none of the process. */
    private record Outcome<T>(
            @Nullable T answered, @Nullable RuntimeException thrown) {

        static <T> Outcome<T> of(TrialWire.Reply reply, Class<T> type) {
            TrialWire.Refused refused = reply.problem();
            if (refused != null) {
                return new Outcome<>(
                        null,
                        new Problem(
                                refused.kind(), refused.code(), refused.values().toArray()));
            }
            TrialWire.Failed failed = reply.failed();
            if (failed != null) {
                Moment moment = new Moment(failed.moment());
                return new Outcome<>(null, new DecisionFailed(moment, failed.code(), failed.what(), null));
            }
            return new Outcome<>(ConfinedTrial.value(reply, type), null);
        }

        T value() {
            if (answered == null) {
                throw thrown == null ? new TrialFailed(TrialFailed.BROKE_OFF) : thrown;
            }
            return answered;
        }
    }

    /** Whatever the process says is read as data of this shape, or it is no answer. */
    private static <T> T value(TrialWire.Reply reply, Class<T> type) {
        T value;
        try {
            value = TrialWire.JSON.convertValue(reply.result(), type);
        } catch (IllegalArgumentException malformed) {
            throw new TrialFailed(TrialFailed.BROKE_OFF);
        }
        if (value == null) {
            throw new TrialFailed(TrialFailed.BROKE_OFF);
        }
        return value;
    }

    private static String key(Map<String, String> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((path, text) -> {
                part(digest, path);
                part(digest, text);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    List<Long> processes() {
        return children.processes();
    }

    @Override
    public void close() {
        children.close();
    }
}
