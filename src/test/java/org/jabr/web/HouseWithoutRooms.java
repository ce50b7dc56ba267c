package org.jabr.web;

import java.time.Clock;
import java.util.Set;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The door and what all pages share, without engines and domain rooms: starts in seconds. Not a configuration class by
 * itself, so that only tests that name it get it.
 */
@EnableAutoConfiguration(exclude = CamundaBpmAutoConfiguration.class)
@ComponentScan(
        basePackages = {"org.jabr.people", "org.jabr.web"},
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        // pages and REST of the rooms; test classes
                        pattern = {"org\\.jabr\\.web\\.[a-z]+\\..*", ".*Tests.*"}))
class HouseWithoutRooms {

    private static final Set<String> ROOMS = Set.of("/worklist", "/cases", "/imports", "/releases");

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Where the bar leads to: the rooms themselves are not in this house. */
    @Bean
    RouterFunction<ServerResponse> rooms() {
        return RouterFunctions.route()
                .GET(request -> ROOMS.contains(request.path()), request -> ServerResponse.ok()
                        .render("home"))
                .build();
    }
}
