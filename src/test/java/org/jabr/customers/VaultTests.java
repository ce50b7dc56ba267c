package org.jabr.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionTemplate;

/** Texts under keys, in a real database. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.guard.every=PT24H"})
@ActiveProfiles("demo")
@Import(StubEngines.class)
abstract class VaultTests {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Lines of a file before anybody knows whose they are: emptied as soon as each is done. */
    private static final Set<String> NOBODYS = Set.of("import_line.content_text");

    @Autowired
    Vault vault;

    @Autowired
    CustomerKeys keys;

    @Autowired
    Customers customers;

    @Autowired
    Forgetting forgetting;

    @Autowired
    SealingRound round;

    @Autowired
    List<PersonalColumn.Source> sources;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aTextIsNotInTheDatabaseAndComesBackAsItWas() {
        Customer huda = customer("Huda هدى 😀");

        assertThat(name(huda)).startsWith("k:" + huda.id() + ":").doesNotContain("Huda");
        assertThat(PersonalText.shown(customers.get(huda.id()).name())).isEqualTo("Huda هدى 😀");
        assertThat(vault.stored(huda.id(), new PersonalText("a")))
                .as("the same text never looks the same")
                .isNotEqualTo(vault.stored(huda.id(), new PersonalText("a")));
    }

    @Test
    void aTextThatWasChangedOrMovedToSomebodyElseIsNotRead() {
        Customer huda = customer("Huda");
        Customer sami = customer("Sami");
        String sealed = name(huda);
        String moved = sealed.replaceFirst("^k:\\d+", "k:" + sami.id());
        char last = sealed.charAt(sealed.length() - 5);
        String changed = sealed.substring(0, sealed.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 4);

        assertThatThrownBy(() -> vault.read(moved)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.read(changed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.read("Huda")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyThatWasRolledBackIsNotRemembered() {
        String ref = ref();
        Long id = transaction.execute(status -> {
            long made = customers.findOrCreate(ref).id();
            assertThat(vault.stored(made, new PersonalText("a"))).startsWith("k:");
            customers.get(made);
            status.setRollbackOnly();
            return made;
        });

        code("CUSTOMER-003", () -> vault.stored(Objects.requireNonNull(id), new PersonalText("a")));
        assertThat(customers.find(ref)).isEmpty();
    }

    @Test
    void aKeyThatIsMissingIsNotAnErasure() {
        Customer huda = customer("Huda");
        jdbc.sql("delete from customer_key where customer_id = :id")
                .param("id", huda.id())
                .update();
        forgetWhatIsRemembered(huda.id());

        code("CUSTOMER-003", () -> vault.read("k:" + huda.id() + ":AAAA"));
        code("CUSTOMER-003", () -> vault.stored(huda.id(), new PersonalText("a")));
    }

    @Test
    void whoeverWasErasedIsReadAndWrittenByNobody() {
        Customer huda = customer("Huda");
        String sealed = name(huda);
        String key = jdbc.sql("select content from customer_key where customer_id = :id")
                .param("id", huda.id())
                .query(String.class)
                .single();

        erase(huda);

        // Somebody had read the key before it was destroyed.
        keys.offer(huda.id(), key);

        assertThat(vault.read(sealed)).isEqualTo(PersonalText.ERASED);
        code("CUSTOMER-002", () -> vault.stored(huda.id(), new PersonalText("a")));
        code("CUSTOMER-002", () -> customers.hold(huda.id()));
        assertThat(vault.storedNote(huda.id(), new PersonalText("seen"))).isEqualTo("t:seen");
        assertThat(customers.get(huda.id()).erasedAt()).isNotNull();
        assertThat(customers.find(huda.externalRef())).isEmpty();
        assertThat(customers.findOrCreate(huda.externalRef()).id())
                .as("who comes back is somebody new")
                .isNotEqualTo(huda.id());
    }

    @Test
    void anErasureThatIsRolledBackErasesNothing() {
        Customer huda = customer("Huda");
        transaction.executeWithoutResult(status -> {
            forgetting.customer(huda.id());
            status.setRollbackOnly();
        });

        assertThat(PersonalText.shown(customers.get(huda.id()).name())).isEqualTo("Huda");
        assertThat(vault.stored(huda.id(), new PersonalText("a"))).startsWith("k:");
    }

    @Test
    void textsFromBeforeThereWereKeysAreReadAndSealedByTheRound() {
        String ref = ref();
        jdbc.sql("insert into customer (external_ref, name_text, created_at) values (:ref, 't:Huda', :at)")
                .param("ref", ref)
                .param("at", OffsetDateTime.now())
                .update();
        Customer huda = customers.find(ref).orElseThrow();
        assertThat(PersonalText.shown(huda.name())).isEqualTo("Huda");
        assertThat(vault.stored(huda.id(), new PersonalText("written meanwhile")))
                .startsWith("k:");

        assertThat(round.sealAll()).isPositive();

        assertThat(name(huda)).startsWith("k:" + huda.id() + ":");
        assertThat(PersonalText.shown(customers.get(huda.id()).name())).isEqualTo("Huda");
        assertThat(round.sealAll()).isZero();
    }

    @Test
    void everyColumnOfPersonalTextIsDeclared() {
        Set<String> declared = new HashSet<>(NOBODYS);
        sources.forEach(
                source -> source.personalColumns().forEach(one -> declared.add(one.table() + "." + one.column())));
        Set<String> there = new TreeSet<>(jdbc.sql("""
                        select lower(table_name) || '.' || lower(column_name) from information_schema.columns
                        where lower(column_name) like '%\\_text' escape '\\' and lower(table_schema) = 'public'
                        """).query(String.class).list());

        assertThat(there).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void everyDeclaredColumnFindsItsCustomerAndItsCase() {
        for (PersonalColumn.Source source : sources) {
            for (PersonalColumn one : source.personalColumns()) {
                String from = "select count(" + one.key() + ") from " + one.table() + " where " + one.column()
                        + " is not null and ";
                jdbc.sql(from + one.ofCustomer())
                        .param("customer", 0L)
                        .query(Long.class)
                        .single();
                if (!one.ofCase().isEmpty()) {
                    jdbc.sql(from + one.ofCase())
                            .param("case", 0L)
                            .query(Long.class)
                            .single();
                }
            }
        }
    }

    private void forgetWhatIsRemembered(long customer) {
        keys.forget(customer);
    }

    private void erase(Customer customer) {
        transaction.executeWithoutResult(status -> forgetting.customer(customer.id()));
    }

    private Customer customer(String name) {
        return customers.save(
                new Customer.Details(ref(), new PersonalText(name), null, null, "ar", null, false, false, false));
    }

    private static String ref() {
        return "V-" + COUNT.incrementAndGet();
    }

    private String name(Customer customer) {
        return jdbc.sql("select name_text from customer where id = :id")
                .param("id", customer.id())
                .query(String.class)
                .single();
    }

    private static void code(String code, Runnable deed) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
