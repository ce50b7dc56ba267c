package org.jabr.process;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the promise keeper look at its promises every few seconds. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Schedule {}
