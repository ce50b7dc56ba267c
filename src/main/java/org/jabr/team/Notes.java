package org.jabr.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.Cases;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.people.Accounts;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Recognition and coaching. Who may see a note is decided here and nowhere else. */
@Service
public class Notes {

    /** Longest text of a note or an answer. */
    public static final int LONGEST = 2000;

    private static final String COLUMNS =
            "select id, kind, about, by_whom, case_reference, said_text, answer_text, at, read_at, answered_at from team_note ";

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Cases cases;
    private final Vault vault;
    private final Clock clock;

    Notes(JdbcClient jdbc, Accounts accounts, Cases cases, Clock clock, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.cases = cases;
        this.clock = clock;
    }

    /**
     * Says something to somebody.
     *
     * @param caseReference what it is about; null or empty for no case
     * @throws Problem {@code TEAM-002} who writes leads no team, {@code TEAM-003} nobody of that login is here,
     *     {@code TEAM-004} a note to oneself, {@code TEAM-005} no text, or one that is too long, {@code CASE-001}
     */
    @Transactional
    public void write(Note.Kind kind, String about, @Nullable String caseReference, PersonalText said, Decider by) {
        if (!by.authority().satisfies(Authority.SUPERVISOR)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "TEAM-002");
        }
        if (accounts.find(about).filter(account -> account.active()).isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-003", about);
        }
        if (about.equals(by.login())) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-004");
        }
        String reference = caseReference == null || caseReference.isBlank()
                ? null
                : cases.get(caseReference.strip()).reference();
        jdbc.sql("""
                        insert into team_note (kind, about, by_whom, case_reference, said_text, at)
                        values (:kind, :about, :by, :reference, :said, :at)
                        """)
                .param("kind", kind.name())
                .param("about", about)
                .param("by", by.login())
                .param("reference", reference)
                .param("said", sealed(reference, text(said)))
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /** What was said to this person, the newest first, as far as whoever reads it may see it. */
    public List<Note> to(String about, Decider reader, int most) {
        return jdbc
                .sql(COLUMNS + "where about = :about order by id desc fetch first :most rows only")
                .param("about", about)
                .param("most", most)
                .query(this::note)
                .list()
                .stream()
                .filter(note -> mayRead(note, reader))
                .toList();
    }

    /** What the whole team may be glad about, the newest first. */
    public List<Note> recognitions(int most) {
        return jdbc.sql(COLUMNS + "where kind = 'RECOGNITION' order by id desc fetch first :most rows only")
                .param("most", most)
                .query(this::note)
                .list();
    }

    /** How many notes this person has not read yet. */
    public long unread(String login) {
        return jdbc.sql("select count(*) from team_note where about = :login and read_at is null")
                .param("login", login)
                .query(Long.class)
                .single();
    }

    /** This person has seen everything that was said to them until now. */
    @Transactional
    public void read(String login) {
        jdbc.sql("update team_note set read_at = :at where about = :login and read_at is null")
                .param("at", OffsetDateTime.now(clock))
                .param("login", login)
                .update();
    }

    /**
     * Answers a note; a second answer replaces the first one.
     *
     * @throws Problem {@code TEAM-006} where there is no such note for this person, {@code TEAM-005}
     */
    @Transactional
    public void answer(long id, PersonalText answer, Decider by) {
        int rows = jdbc.sql(
                        "update team_note set answer_text = :answer, answered_at = :at, read_at = coalesce(read_at, :at) where id = :id and about = :login")
                .param("answer", sealed(caseOf(id), text(answer)))
                .param("at", OffsetDateTime.now(clock))
                .param("id", id)
                .param("login", by.login())
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.NOT_FOUND, "TEAM-006", id);
        }
    }

    private @Nullable String caseOf(long note) {
        return jdbc.sql("select coalesce(case_reference, '') from team_note where id = :id")
                .param("id", note)
                .query(String.class)
                .optional()
                .filter(reference -> !reference.isEmpty())
                .orElse(null);
    }

    /** What is said about a case may name its customer. */
    private @Nullable String sealed(@Nullable String reference, PersonalText said) {
        return reference == null ? Vault.plain(said) : vault.storedNote(cases.customerOf(reference), said);
    }

    private static boolean mayRead(Note note, Decider reader) {
        return note.kind() == Note.Kind.RECOGNITION
                || note.about().equals(reader.login())
                || note.by().equals(reader.login())
                || reader.authority().satisfies(Authority.MANAGER);
    }

    private static PersonalText text(PersonalText typed) {
        String text = typed.value().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-005", LONGEST);
        }
        return new PersonalText(text);
    }

    private Note note(ResultSet row, int n) throws SQLException {
        return new Note(
                row.getLong("id"),
                Note.Kind.valueOf(row.getString("kind")),
                row.getString("about"),
                row.getString("by_whom"),
                row.getString("case_reference"),
                vault.must(row.getString("said_text")),
                vault.read(row.getString("answer_text")),
                row.getObject("at", OffsetDateTime.class),
                row.getObject("read_at", OffsetDateTime.class),
                row.getObject("answered_at", OffsetDateTime.class));
    }
}
