package org.jabr.hooks;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jabr.cases.Cases;
import org.jabr.intake.Attempts;
import org.jabr.intake.CaseIntake;
import org.jabr.outside.Signature;
import org.jabr.post.Delivery;
import org.jabr.post.PostDesk;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Problem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Hears what other systems have to tell. Who they are is known by their signature alone. Each notice counts once, however
 * often and however many at the same moment bring it; in whatever order they come, the end is the same.
 */
@Service
public class Hooks {

    private static final int STRIPES = 16;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    private static final String CUSTOMER = "customer";
    private static final int LONGEST_REPLY = 10_000;

    private static final Map<String, PostDesk.News> LETTERS = Map.of(
            "org.jabr.message.accepted", PostDesk.News.ACCEPTED,
            "org.jabr.message.delivered", PostDesk.News.DELIVERED,
            "org.jabr.message.bounced", PostDesk.News.BOUNCED,
            "org.jabr.message.complained", PostDesk.News.COMPLAINED);
    private static final String REPLY = "org.jabr.message.reply";
    private static final String EFFECT = "org.jabr.effect.changed";

    private final HookTerms terms;
    private final Tally tally;
    private final PostDesk post;
    private final RemedyDesk remedies;
    private final CaseIntake intake;
    private final Cases cases;
    private final Worklist worklist;
    private final Attempts attempts;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, RateLimiter> rates = new HashMap<>();

    Hooks(
            HookTerms terms,
            Tally tally,
            PostDesk post,
            RemedyDesk remedies,
            CaseIntake intake,
            Cases cases,
            Worklist worklist,
            Attempts attempts,
            JdbcClient jdbc,
            Clock clock) {
        this.terms = terms;
        this.tally = tally;
        this.post = post;
        this.remedies = remedies;
        this.intake = intake;
        this.cases = cases;
        this.worklist = worklist;
        this.attempts = attempts;
        this.jdbc = jdbc;
        this.clock = clock;
        RateLimiterConfig rate = RateLimiterConfig.custom()
                .limitForPeriod(terms.inRate())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        terms.in().keySet().forEach(source -> rates.put(source, RateLimiter.of("hook-" + source, rate)));
    }

    /** What came of a notice. */
    public enum Outcome {
        /** It changed something. */
        DONE,
        /** What it tells was known, or nothing waited for it. */
        KNOWN,
        /** It is about an earlier sending of a letter. */
        LATE,
        /** What it is about is not known here. */
        UNKNOWN,
        /** Nobody here understands its type; it is kept. */
        KEPT,
        /** The very same was heard before. */
        DUPLICATE
    }

    /**
     * Hears one notice.
     *
     * @param timestamp header {@code X-Jabr-Timestamp}, null where it is missing
     * @param signature header {@code X-Jabr-Signature}, null where it is missing
     * @throws HookRefused {@code HOOK-001} no such source, {@code HOOK-002} too many, {@code HOOK-003} too long, {@code
     *     HOOK-004} not signed by the source, {@code HOOK-005} signed too long ago or ahead of time, {@code HOOK-006} no
     *     CloudEvent, {@code HOOK-007} the id was used for something else, {@code HOOK-008} what is told is not told as
     *     agreed
     * @throws Problem as {@link CaseIntake#contact}; {@code HOOK-009} a reply to nothing that is known here
     */
    public Outcome receive(String source, @Nullable String timestamp, @Nullable String signature, InputStream body)
            throws IOException {
        HookTerms.In known = terms.in().get(source);
        String name = known == null ? Tally.NOBODY : source;
        try {
            if (known == null) {
                throw new HookRefused(404, "HOOK-001");
            }
            if (!Objects.requireNonNull(rates.get(source)).acquirePermission()) {
                throw new HookRefused(429, "HOOK-002");
            }
            byte[] bytes = read(body);
            checkSignature(known, timestamp, signature, bytes);
            Notice notice = Notice.read(bytes);
            String fingerprint = sha256(bytes);
            Outcome outcome = attempts.inTransaction(() -> once(source, notice, fingerprint));
            tally.count(name, outcome.name());
            return outcome;
        } catch (HookRefused refused) {
            tally.count(name, refused.code());
            throw refused;
        } catch (Problem problem) {
            tally.count(name, problem.code());
            throw problem;
        }
    }

    private byte[] read(InputStream body) throws IOException {
        int most = (int) terms.longestBody().toBytes();
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new HookRefused(413, "HOOK-003");
        }
        return bytes;
    }

    private void checkSignature(
            HookTerms.In source, @Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null
                || signature == null
                || !SECONDS.matcher(timestamp).matches()) {
            throw new HookRefused(401, "HOOK-004");
        }
        boolean now = Signature.matches(signature, source.secret(), timestamp, body);
        boolean before = !source.previousSecret().isBlank()
                && Signature.matches(signature, source.previousSecret(), timestamp, body);
        if (!now && !before) {
            throw new HookRefused(401, "HOOK-004");
        }
        long away = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (away > terms.within().toSeconds()) {
            throw new HookRefused(401, "HOOK-005");
        }
    }

    /** Whoever brings the same at the same moment waits here, and finds it done. */
    private Outcome once(String source, Notice notice, String fingerprint) {
        jdbc.sql("select id from hook_stripe where id = :id for update")
                .param("id", Math.floorMod((source + " " + notice.id()).hashCode(), STRIPES))
                .query(Integer.class)
                .single();
        Optional<String> before = jdbc.sql(
                        "select fingerprint from hook_notice where source = :source and event_id = :event for update")
                .param("source", source)
                .param("event", notice.id())
                .query(String.class)
                .optional();
        if (before.isPresent()) {
            if (!before.get().equals(fingerprint)) {
                throw new HookRefused(409, "HOOK-007");
            }
            return Outcome.DUPLICATE;
        }
        Told told = hear(source, notice);
        jdbc.sql("""
                        insert into hook_notice (source, event_id, type, fingerprint, subject, outcome, received_at)
                        values (:source, :event, :type, :fingerprint, :subject, :outcome, :now)
                        """)
                .param("source", source)
                .param("event", notice.id())
                .param("type", notice.type())
                .param("fingerprint", fingerprint)
                .param("subject", told.subject)
                .param("outcome", told.outcome.name())
                .param("now", OffsetDateTime.now(clock))
                .update();
        return told.outcome;
    }

    /** @param subject what it was about */
    private record Told(Outcome outcome, @Nullable String subject) {}

    private Told hear(String source, Notice notice) {
        PostDesk.News news = LETTERS.get(notice.type());
        if (news != null) {
            return letter(notice.must("message"), news);
        }
        return switch (notice.type()) {
            case REPLY -> reply(source, notice);
            case EFFECT -> {
                String key = notice.must("key");
                yield new Told(remedies.askSoon(key) ? Outcome.DONE : Outcome.KNOWN, key);
            }
            default -> new Told(Outcome.KEPT, null);
        };
    }

    private Told letter(String name, PostDesk.News news) {
        // Work items of a case are held before anything else of it: the letter may open some, or make some needless.
        post.find(name).ifPresent(delivery -> worklist.hold(delivery.caseId()));
        Outcome outcome =
                switch (post.heard(name, news)) {
                    case CHANGED -> Outcome.DONE;
                    case KNOWN -> Outcome.KNOWN;
                    case LATE -> Outcome.LATE;
                    case UNKNOWN -> Outcome.UNKNOWN;
                };
        return new Told(outcome, name);
    }

    /** A customer answers a message: the same as any other contact about the case. */
    private Told reply(String source, Notice notice) {
        String text = notice.said("text").strip();
        if (text.isEmpty() || text.length() > LONGEST_REPLY) {
            throw new HookRefused(422, "HOOK-008");
        }
        String message = notice.named("message");
        Optional<Delivery> answered = message == null ? Optional.empty() : post.find(message);
        String reference = answered.map(delivery -> cases.get(delivery.caseId()).reference())
                .orElseGet(() -> notice.named("case"));
        if (reference == null) {
            throw new Problem(Problem.Kind.INVALID, "HOOK-009");
        }
        String channel = notice.named("channel");
        String identity = "hook-" + sha256((source + " " + notice.id()).getBytes(StandardCharsets.UTF_8));
        String now = intake.contact(
                        reference,
                        channel != null
                                ? channel
                                : answered.map(Delivery::channel).orElse("SMS"),
                        text,
                        identity,
                        Map.of(),
                        CUSTOMER)
                .reference();
        return new Told(Outcome.DONE, now);
    }

    /** What was heard last, newest first. */
    List<HookHealth.Heard> newest(int limit) {
        return jdbc.sql(
                        "select source, type, subject, outcome, received_at from hook_notice order by id desc fetch first :limit rows only")
                .param("limit", limit)
                .query((row, n) -> new HookHealth.Heard(
                        row.getString("source"),
                        row.getString("type"),
                        row.getString("subject"),
                        Outcome.valueOf(row.getString("outcome")),
                        Objects.requireNonNull(row.getObject("received_at", OffsetDateTime.class))))
                .list();
    }

    /** Forgets what was heard so long ago that its time-stamp would be refused by now. */
    @Scheduled(initialDelayString = "PT1H", fixedDelayString = "PT1H")
    void forget() {
        jdbc.sql("delete from hook_notice where received_at < :before")
                .param("before", OffsetDateTime.now(clock).minus(terms.keep()))
                .update();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has this digest", e);
        }
    }
}
