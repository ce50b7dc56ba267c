package org.jabr.hooks;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What other systems are told about. Names stay as they are: receivers choose by them. */
enum NewsType {
    STAGE_CHANGED("org.jabr.case.stage-changed"),
    EFFECT_CONFIRMED("org.jabr.effect.confirmed"),
    EFFECT_REFUSED("org.jabr.effect.refused"),
    EFFECT_REVERSED("org.jabr.effect.reversed"),
    PROMISE_MISSED("org.jabr.promise.missed"),
    MESSAGE_FAILED("org.jabr.message.failed");

    private final String type;

    NewsType(String type) {
        this.type = type;
    }

    /** As the CloudEvent says it. */
    String type() {
        return type;
    }

    static Set<String> names() {
        return Arrays.stream(values()).map(NewsType::type).collect(Collectors.toCollection(TreeSet::new));
    }
}
