package org.jabr.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Gives a Spring test a new database in the one embedded PostgreSQL of the test run. A test that must hold on both
 * databases is an abstract class with one subclass per annotation.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = Databases.Postgres.class)
public @interface OnPostgres {}
