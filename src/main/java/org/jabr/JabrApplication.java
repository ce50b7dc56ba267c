package org.jabr;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Jabr: one application, one database, two engines behind their walls. */
@SpringBootApplication
public class JabrApplication {

    public static void main(String[] args) {
        SpringApplication.run(JabrApplication.class, args);
    }
}
