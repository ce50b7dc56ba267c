package org.jabr.people;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All who work here. */
@Repository
public class Accounts {

    private static final String SELECT = """
            select a.login, a.name_en, a.name_ar, a.language, a.password_hash, a.password_is_one_time, a.active,
                   t.kind, t.word
            from account a left join account_trait t on t.login = a.login
            """;

    private final JdbcClient jdbc;
    private final AccountChanges changes;
    private final Clock clock;

    Accounts(JdbcClient jdbc, AccountChanges changes, Clock clock) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.clock = clock;
    }

    /** The account of this login, active or not. */
    public Optional<Account> find(String login) {
        return stored(login).map(Stored::account);
    }

    /** Everybody, by login. */
    public List<Account> all() {
        return read(jdbc.sql(SELECT + "order by a.login")).stream()
                .map(Stored::account)
                .toList();
    }

    /** Everybody active who holds the role, by login. */
    public List<Account> holding(Role role) {
        return all().stream()
                .filter(account -> account.active() && account.holds(role))
                .toList();
    }

    boolean isEmpty() {
        return jdbc.sql("select count(*) from account").query(Integer.class).single() == 0;
    }

    Optional<Stored> stored(String login) {
        return read(jdbc.sql(SELECT + "where a.login = ?").param(login)).stream()
                .findFirst();
    }

    @Transactional
    void add(Account account, String passwordHash) {
        jdbc.sql("""
                        insert into account (login, name_en, name_ar, language, password_hash, password_is_one_time,
                                             active, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(account.login())
                .param(account.nameEn())
                .param(account.nameAr())
                .param(account.language())
                .param(passwordHash)
                .param(account.passwordIsOneTime())
                .param(account.active())
                .param(OffsetDateTime.ofInstant(clock.instant(), clock.getZone()))
                .update();
        account.roles().forEach(role -> addTrait(account.login(), "ROLE", role.name()));
        account.skills().forEach(skill -> addTrait(account.login(), "SKILL", skill));
        account.languages().forEach(language -> addTrait(account.login(), "LANGUAGE", language));
        account.queues().forEach(queue -> addTrait(account.login(), "QUEUE", queue));
    }

    void changePassword(String login, String passwordHash) {
        jdbc.sql("update account set password_hash = ?, password_is_one_time = false where login = ?")
                .param(passwordHash)
                .param(login)
                .update();
    }

    /**
     * Sets what somebody is good at, speaks, or which desks they work at; what was there before and is not named is gone.
     *
     * @param words of the rules; lower-case codes for languages
     * @return false where nothing is different
     */
    @Transactional
    public boolean set(String login, Trait trait, Set<String> words, String by) {
        Account before = jdbc.sql("select login from account where login = ? for update")
                .param(login)
                .query(String.class)
                .optional()
                .flatMap(this::find)
                .orElseThrow();
        Set<String> had = trait.of(before);
        if (had.equals(words)) {
            return false;
        }
        jdbc.sql("delete from account_trait where login = ? and kind = ?")
                .param(login)
                .param(trait.name())
                .update();
        words.forEach(word -> addTrait(login, trait.name(), word));
        changes.add(login, trait.changed(), String.join(" ", new TreeSet<>(words)), by);
        return true;
    }

    private void addTrait(String login, String kind, String word) {
        jdbc.sql("insert into account_trait (login, kind, word) values (?, ?, ?)")
                .param(login)
                .param(kind)
                .param(word)
                .update();
    }

    private static List<Stored> read(JdbcClient.StatementSpec statement) {
        return statement.query(rows -> {
            Map<String, Draft> drafts = new LinkedHashMap<>();
            while (rows.next()) {
                String login = rows.getString("login");
                Draft draft = drafts.get(login);
                if (draft == null) {
                    draft = new Draft(
                            login,
                            rows.getString("name_en"),
                            rows.getString("name_ar"),
                            rows.getString("language"),
                            rows.getString("password_hash"),
                            rows.getBoolean("password_is_one_time"),
                            rows.getBoolean("active"));
                    drafts.put(login, draft);
                }
                String kind = rows.getString("kind");
                if (kind != null) {
                    draft.add(kind, rows.getString("word"));
                }
            }
            return drafts.values().stream().map(Draft::finished).toList();
        });
    }

    /** An account with the hash of its password, which never leaves this room. */
    record Stored(Account account, String passwordHash) {}

    private record Draft(
            String login,
            String nameEn,
            String nameAr,
            @Nullable String language,
            String passwordHash,
            boolean oneTime,
            boolean active,
            Set<Role> roles,
            Set<String> skills,
            Set<String> languages,
            Set<String> queues) {

        Draft(
                String login,
                String nameEn,
                String nameAr,
                @Nullable String language,
                String hash,
                boolean oneTime,
                boolean active) {
            this(
                    login,
                    nameEn,
                    nameAr,
                    language,
                    hash,
                    oneTime,
                    active,
                    EnumSet.noneOf(Role.class),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>());
        }

        void add(String kind, String word) {
            switch (kind) {
                case "ROLE" -> roles.add(Role.valueOf(word));
                case "SKILL" -> skills.add(word);
                case "LANGUAGE" -> languages.add(word);
                default -> queues.add(word);
            }
        }

        Stored finished() {
            return new Stored(
                    new Account(login, nameEn, nameAr, language, roles, skills, languages, queues, oneTime, active),
                    passwordHash);
        }
    }
}
