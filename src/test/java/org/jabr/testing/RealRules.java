package org.jabr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The compiler of the house and the default release, for tests outside of the engine's wall that need no more. */
public final class RealRules {

    private static final AnnotationConfigApplicationContext ENGINE = engine();

    private RealRules() {}

    public static RulebookCompiler compiler() {
        return ENGINE.getBean(RulebookCompiler.class);
    }

    /** All rules of the default release by path. */
    public static SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(Path.of("rules"))) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(path.toString().replace('\\', '/'), Files.readString(path));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    public static Rulebook rulebook() {
        Rulebook rulebook = compiler().compile("test", files()).rulebook();
        if (rulebook == null) {
            throw new IllegalStateException("the default release does not compile");
        }
        return rulebook;
    }

    /** Only what is asked for is made. */
    private static AnnotationConfigApplicationContext engine() {
        AnnotationConfigApplicationContext engine = new AnnotationConfigApplicationContext();
        engine.scan("org.jabr.rules.drools");
        engine.addBeanFactoryPostProcessor(RealRules::lazily);
        engine.refresh();
        return engine;
    }

    private static void lazily(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            beans.getBeanDefinition(name).setLazyInit(true);
        }
    }
}
