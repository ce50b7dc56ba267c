package org.jabr.rules.drools;

import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What compiled rules can name. A wall behind the gate: a rule that slipped through would not find the classes that end
 * the program, start others, or reach files, the network, or the rest of the house.
 */
final class RuleClasses extends ClassLoader {

    private static final Set<String> CLASSES = Set.of(
            "java.lang.Runtime",
            "java.lang.System",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ClassLoader",
            "java.lang.Module",
            "java.lang.Shutdown",
            "java.lang.SecurityManager");
    private static final List<String> PACKAGES = List.of(
            "java.lang.reflect.",
            "java.net.",
            "java.nio.",
            "java.rmi.",
            "java.sql.",
            "java.util.concurrent.",
            "java.util.jar.",
            "java.util.zip.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.camunda.",
            "org.springframework.",
            "org.h2.",
            "org.postgresql.",
            "org.jabr.");
    private static final String ALLOWED_HERE = "org.jabr.rules.";
    private static final String WALLED_HERE = "org.jabr.rules.drools.";

    static {
        registerAsParallelCapable();
    }

    RuleClasses(ClassLoader all) {
        super(all);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hidden(name)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return hidden(className(name)) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws java.io.IOException {
        return hidden(className(name)) ? Collections.emptyEnumeration() : super.getResources(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return hidden(className(name)) ? null : super.getResourceAsStream(name);
    }

    private static String className(String resource) {
        return resource.endsWith(".class")
                ? resource.substring(0, resource.length() - ".class".length()).replace('/', '.')
                : "";
    }

    static boolean hidden(String name) {
        String outer = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
        if (CLASSES.contains(outer)) {
            return true;
        }
        if (name.startsWith(ALLOWED_HERE)) {
            return name.startsWith(WALLED_HERE);
        }
        return PACKAGES.stream().anyMatch(name::startsWith);
    }
}
