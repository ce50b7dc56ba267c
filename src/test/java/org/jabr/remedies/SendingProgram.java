package org.jabr.remedies;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sending part of the house as a process of its own, for tests that kill and stop it: places its orders, sends until
 * nothing is left, and ends. {@code stop=STEP} makes it say {@code AT STEP} and stand still there; only at its own orders.
 * {@code say=STEP} makes it say so and go on.
 */
final class SendingProgram {

    private static final Remedy REFUND = new Remedy("REFUND", Remedy.RemedyClass.RESTITUTION, "REFUND");

    private final String stop;
    private final String say;
    private final int from;
    private final int to;

    private SendingProgram(String stop, String say, int from, int to) {
        this.stop = stop;
        this.say = say;
        this.from = from;
        this.to = to;
    }

    private static SendingProgram program = new SendingProgram("", "", 0, 0);

    /** @param args {@code stop}, {@code say}, first and last number of the orders, then settings */
    public static void main(String[] args) {
        program = new SendingProgram(args[0], args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        Step.watch((step, key) -> {
            // That it is placed says this program itself, because it places many.
            if (step != Step.RESERVED) {
                program.at(step, key);
            }
        });
        String[] settings = List.of(args).subList(4, args.length).toArray(String[]::new);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SendingRoom.class, Wiring.class)
                .web(WebApplicationType.NONE)
                .run(settings)) {
            program.work(context);
        }
        System.out.println("DONE");
        System.exit(0);
    }

    private void work(ConfigurableApplicationContext context) {
        RemedyDesk desk = context.getBean(RemedyDesk.class);
        Customer customer = context.getBean(Customers.class).findOrCreate("C-1");
        IntStream.rangeClosed(from, to).forEach(number -> {
            CaseId caseId = new CaseId(number);
            desk.place(List.of(new RemedyOrder(
                    caseId,
                    "R-2026-%06d".formatted(number),
                    customer.id(),
                    "GENERAL",
                    number,
                    "resolve",
                    REFUND,
                    Money.ofMinor(100L + number, "USD"),
                    null,
                    false,
                    false,
                    Authority.RULES,
                    "rules")));
            desk.carryOut(caseId);
        });
        at(Step.RESERVED, from);
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Sender sender = context.getBean(Sender.class);
        while (jdbc.sql("select count(*) from effect where due_at is not null")
                        .query(Integer.class)
                        .single()
                > 0) {
            if (sender.round() == 0) {
                pause(Duration.ofMillis(50));
            }
        }
    }

    private void at(Step step, String key) {
        at(step, Integer.parseInt(key.substring(0, key.indexOf('-'))));
    }

    private void at(Step step, int number) {
        if (number < from || number > to) {
            return;
        }
        if (step.name().equals(say) || step.name().equals(stop)) {
            System.out.println("AT " + step);
            System.out.flush();
            if (step == Step.CLAIMED) {
                // Time to be stopped right here, before the lease is looked at.
                pause(Duration.ofMillis(400));
            }
        }
        if (step.name().equals(stop)) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The real clock, the real gateway, and somebody who sees each step. */
    @Import(Step.Watched.class)
    static class Wiring {

        @Bean
        Clock clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }
    }
}
