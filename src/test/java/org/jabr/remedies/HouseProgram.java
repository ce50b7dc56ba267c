package org.jabr.remedies;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.JabrApplication;
import org.jabr.intake.ImportRun;
import org.jabr.intake.Imports;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole house as a process of its own, for tests that kill it: takes in complaints and stays. It stands still, and says
 * {@code AT STEP}, where it comes to a step the second time: by then something is done and something is not.
 */
final class HouseProgram {

    private static final int TIMES = 2;

    private HouseProgram() {}

    /** @param args the step to stop at or nothing, first and last number of the complaints, then settings */
    public static void main(String[] args) {
        AtomicInteger times = new AtomicInteger();
        Step.watch((step, key) -> {
            if (step.name().equals(args[0]) && times.incrementAndGet() >= TIMES) {
                System.out.println("AT " + step + " " + key);
                System.out.flush();
                standStill();
            }
        });
        ConfigurableApplicationContext house = new SpringApplicationBuilder(JabrApplication.class, Step.Watched.class)
                .run(List.of(args).subList(3, args.length).toArray(String[]::new));
        ImportRun taken = house.getBean(Imports.class)
                .start(
                        "complaints",
                        "generic",
                        complaints(Integer.parseInt(args[1]), Integer.parseInt(args[2])),
                        "supervisor");
        System.out.println("IN " + taken.accepted() + " NOT " + taken.rejected());
        System.out.println("PORT " + house.getEnvironment().getProperty("local.server.port"));
        System.out.flush();
    }

    /** Parcels that were late and broken: money for each, in three currencies with 0, 2 and 3 digits. */
    private static byte[] complaints(int from, int to) {
        return ("externalRef,customer,channel,category,subject,failureType,loss,currency\n"
                        + IntStream.rangeClosed(from, to)
                                .mapToObj(HouseProgram::complaint)
                                .collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String complaint(int number) {
        String loss =
                switch (number % 3) {
                    case 0 -> (2000 + number) + ",JPY";
                    case 1 -> (20 + number) + ".55,USD";
                    default -> (5 + number) + ".125,KWD";
                };
        return "k-%d,K%d,WEB,Order,Parcel,LATE_DELIVERY,%s%n".formatted(number, number, loss);
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
