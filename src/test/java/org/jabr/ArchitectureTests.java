package org.jabr;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.jabr");

    @Test
    void roomsUseOnlyTheRoomsAboveThem() {
        ApplicationModules.of(JabrApplication.class).verify();
    }

    @Test
    void camundaStaysBehindItsWall() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jabr.process.camunda..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .because("a fork of the engine must be a rename in one folder")
                .check(HOUSE);
    }

    @Test
    void droolsStaysBehindItsWall() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jabr.rules.drools..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.kie..", "org.drools..")
                .because("rules are decided behind one interface that any engine can serve")
                .check(HOUSE);
    }

    @Test
    void rulesArePure() {
        noClasses()
                .that()
                .resideInAPackage("org.jabr.rules")
                .and(not(simpleName("package-info")))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.jspecify..", "org.jabr.rules")
                .because("a decision is a pure function that every other room can rely on")
                .check(HOUSE);
    }

    @Test
    void nobodyReadsTheClockBehindTheClocksBack() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time is a fact that tests and replays set through the Clock bean")
                .check(HOUSE);
    }

    @Test
    void collaboratorsComeThroughTheConstructor() {
        noFields()
                .should()
                .beAnnotatedWith(Autowired.class)
                .because("a class shows what it needs where it is made")
                .check(HOUSE);
        fields().that()
                .areStatic()
                .and()
                .areNotFinal()
                .should()
                .bePrivate()
                .allowEmptyShould(true)
                .because("shared state hides in static fields")
                .check(HOUSE);
    }
}
