package org.jabr.process.camunda;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole house on a database in memory with the default release, driven by hand: no job runs by itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:process;DEFAULT_NULL_ORDERING=HIGH",
            "camunda.bpm.job-execution.enabled=false",
            "jabr.promises.every=PT24H",
            "jabr.approvals.every=PT24H",
            "jabr.guard.every=PT24H",
            "jabr.migrations.every=PT24H",
            "jabr.releases.folder-goes-live=true",
            "jabr.public-url=https://shop.example"
        })
@Import({
    MovableClock.Time.class,
    Desk.class,
    org.jabr.guard.GuardLook.class,
    org.jabr.process.PromiseRound.class,
    org.jabr.process.ApprovalRound.class,
    org.jabr.process.MigrationRound.class,
    org.jabr.releases.Publishing.class
})
@interface ProcessTest {}
