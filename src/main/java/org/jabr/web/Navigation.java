package org.jabr.web;

import static org.jabr.people.Role.ADMIN;
import static org.jabr.people.Role.AGENT;
import static org.jabr.people.Role.ANALYST;
import static org.jabr.people.Role.APPROVER;
import static org.jabr.people.Role.AUDITOR;
import static org.jabr.people.Role.MANAGER;
import static org.jabr.people.Role.SUPERVISOR;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.people.Role;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The rooms that a reader can go to, in the order of the bar at the top; the first one is where they start. */
@Component("navigation")
public class Navigation {

    /** One room: where it is, what it is called ({@code navigation.NAME}), whom it is for. */
    private record Room(String path, String name, Role... roles) {

        boolean holds(String here) {
            return Stream.concat(Stream.of(path), FURTHER.getOrDefault(path, List.of()).stream())
                    .anyMatch(door -> here.equals(door) || here.startsWith(door + "/"));
        }
    }

    /** Pages that belong to a room under other addresses. */
    private static final Map<String, List<String>> FURTHER = Map.of(
            "/journal", List.of("/decisions", "/replays", "/samples", "/observations", "/alike"),
            "/cases", List.of("/privacy"));

    private static final List<Room> ROOMS = List.of(
            new Room("/worklist", "worklist", AGENT, SUPERVISOR, MANAGER, AUDITOR, ADMIN),
            new Room("/cases", "cases", AGENT, SUPERVISOR, MANAGER, AUDITOR, ANALYST, APPROVER, ADMIN),
            new Room("/team", "team", SUPERVISOR, MANAGER, ADMIN),
            new Room("/pauses", "pauses", SUPERVISOR, MANAGER, AUDITOR, ADMIN),
            new Room("/effects", "effects", SUPERVISOR, MANAGER, AUDITOR, ADMIN),
            new Room("/budgets", "budgets", SUPERVISOR, MANAGER, AUDITOR, ADMIN),
            new Room("/findings", "findings", SUPERVISOR, MANAGER, AUDITOR, ADMIN),
            new Room("/catalogue", "catalogue", AGENT, SUPERVISOR, MANAGER, AUDITOR, ANALYST, APPROVER, ADMIN),
            new Room("/reconciliation", "reconciliation", MANAGER, AUDITOR, ADMIN),
            new Room("/journal", "audit", AUDITOR, ADMIN),
            new Room("/imports", "imports", SUPERVISOR, MANAGER, ADMIN),
            new Room("/studio", "studio", ANALYST, APPROVER, AUDITOR, ADMIN),
            new Room("/releases", "releases", ANALYST, APPROVER, AUDITOR, SUPERVISOR, MANAGER, ADMIN));

    private final Reader reader;

    Navigation(Reader reader) {
        this.reader = reader;
    }

    /**
     * What the bar shows.
     *
     * @param current whether the reader is there now
     */
    public record Entry(String path, String name, boolean current) {}

    public List<Entry> entries() {
        String here = here();
        return ROOMS.stream()
                .filter(room ->
                        reader.holds(Arrays.stream(room.roles()).map(Role::name).toArray(String[]::new)))
                .map(room -> new Entry(room.path(), room.name(), room.holds(here)))
                .toList();
    }

    private static String here() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            return Caller.path(request);
        }
        return "";
    }
}
