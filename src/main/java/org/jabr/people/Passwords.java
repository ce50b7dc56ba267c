package org.jabr.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who somebody says they are, proved by a password.
 *
 * <p>Hashes are slow on purpose, and a program proves itself with every REST call. So a password that was right is
 * remembered for a few minutes: as a keyed digest under a key that lives only in this process, together with the hash
 * that it matched. It counts only while the account still has that very hash and is active, so a changed password or a
 * closed account takes effect at once. Wrong passwords are never remembered, guessing stays slow.
 */
@Component
public class Passwords {

    /** What the shortest allowed password of one's own choice has. */
    public static final int SHORTEST = 12;

    /** bcrypt looks at no more bytes than these. */
    public static final int LONGEST_BYTES = 72;

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final boolean demo;
    private final PasswordEncoder encoder;
    private final String hashOfNobody;
    private final SecretKeySpec key;
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>();

    @Autowired
    Passwords(
            Accounts accounts,
            ApplicationEventPublisher events,
            Clock clock,
            Environment environment,
            @Value("${jabr.people.bcrypt-strength:10}") int strength) {
        this(
                accounts,
                events,
                clock,
                environment.acceptsProfiles(Profiles.of("demo")),
                new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(strength))));
    }

    Passwords(Accounts accounts, ApplicationEventPublisher events, Clock clock, boolean demo, PasswordEncoder encoder) {
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
        this.demo = demo;
        this.encoder = encoder;
        this.hashOfNobody = encoder.encode("nobody");
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** The active account whose login and password these are. */
    public Optional<Account> check(String login, String password) {
        Optional<Accounts.Stored> stored = accounts.stored(login);
        // A demo's database that is started without the demo profile must not let the demo's people in.
        boolean guessable = !demo && password.equalsIgnoreCase(login);
        if (stored.isEmpty() || guessable) {
            // As slow as a wrong password, so that the time does not tell which logins exist.
            encoder.matches(password, hashOfNobody);
            return Optional.empty();
        }
        Account account = stored.get().account();
        boolean right = remembered(login, password, stored.get().passwordHash())
                || matches(login, password, stored.get().passwordHash());
        return right && account.active() ? Optional.of(account) : Optional.empty();
    }

    /** Whether a password may be chosen: long enough, not longer than can be checked, not the login. */
    public static boolean isGoodEnough(String login, String password) {
        return password.length() >= SHORTEST
                && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
                && !password.equalsIgnoreCase(login);
    }

    /** Replaces a password; whoever asks must have proved the old one. */
    @Transactional
    public void change(String login, String password) {
        if (!isGoodEnough(login, password)) {
            throw new IllegalArgumentException("password not good enough");
        }
        accounts.changePassword(login, encoder.encode(password));
        proofs.remove(login);
        events.publishEvent(new SignIn(login, SignIn.Kind.PASSWORD_CHANGED, 1));
    }

    String hash(String password) {
        return encoder.encode(password);
    }

    private boolean remembered(String login, String password, String hash) {
        Proof proof = proofs.get(login);
        return proof != null
                && proof.hash.equals(hash)
                && proof.until.isAfter(clock.instant())
                && MessageDigest.isEqual(proof.digest, digest(login, password));
    }

    private boolean matches(String login, String password, String hash) {
        if (!encoder.matches(password, hash)) {
            return false;
        }
        proofs.put(
                login, new Proof(digest(login, password), hash, clock.instant().plus(REMEMBERED_FOR)));
        return true;
    }

    private byte[] digest(String login, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(login.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private record Proof(byte[] digest, String hash, Instant until) {}
}
