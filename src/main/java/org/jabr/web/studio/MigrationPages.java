package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.cases.Cases;
import org.jabr.cases.Stage;
import org.jabr.process.Diagrams;
import org.jabr.process.Migration;
import org.jabr.process.Migrations;
import org.jabr.process.Mover;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Moves running cases to another release: looks first, then moves, then shows what became of each. */
@Controller
class MigrationPages {

    /** Names of pairs of steps in the request begin with this. */
    private static final String STEP = "step.";

    private static final int SHOWN = 500;

    private final Migrations migrations;
    private final Mover mover;
    private final Releases releases;
    private final Cases cases;
    private final Diagrams diagrams;
    private final ReleaseWords words;
    private final Reader reader;

    MigrationPages(
            Migrations migrations,
            Mover mover,
            Releases releases,
            Cases cases,
            Diagrams diagrams,
            ReleaseWords words,
            Reader reader) {
        this.migrations = migrations;
        this.mover = mover;
        this.releases = releases;
        this.cases = cases;
        this.diagrams = diagrams;
        this.words = words;
        this.reader = reader;
    }

    /** A release that cases run on, or could. */
    record Choice(Release release, long running) {}

    /** A case, where it waits, and what stands in the way, in words. */
    record Row(String reference, Stage stage, String waitsAt, List<String> obstacles) {}

    /** A step that the other release does not have, and where it could go on. */
    record Gap(String element, String name, @Nullable String chosen, List<Mover.Place> choices) {}

    /** What became of a case, in words. */
    record Told(Migration.Result result, String tone, List<String> obstacles) {}

    @GetMapping("/studio/migrations")
    String list(Model model) {
        List<Migration> batches = migrations.list();
        model.addAttribute("batches", batches);
        model.addAttribute(
                "startedBy",
                batches.stream().collect(Collectors.toMap(Migration::id, batch -> words.who(batch.startedBy()))));
        return form(Map.of(), model);
    }

    @GetMapping("/studio/migrations/preview")
    String preview(@RequestParam Map<String, String> request, Model model) {
        Migration.Plan plan = plan(request);
        List<Migration.Candidate> candidates = migrations.preview(plan, null);
        model.addAttribute(
                "rows", candidates.stream().map(one -> row(plan, one)).toList());
        model.addAttribute("more", candidates.size() == Migrations.PREVIEW);
        model.addAttribute("gaps", gaps(plan, candidates));
        model.addAttribute("plan", plan);
        return form(request, model);
    }

    @PostMapping("/studio/migrations")
    String start(
            @RequestParam Map<String, String> request,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        long id = migrations.start(plan(request), who.account().login());
        redirect.addFlashAttribute(Flash.NAME, Flash.good("migrations.started"));
        return "redirect:/studio/migrations/" + id;
    }

    @GetMapping("/studio/migrations/{id}")
    String batch(@PathVariable long id, Model model) {
        fill(id, model);
        return "studio/migration-batch";
    }

    @GetMapping("/studio/migrations/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        fill(id, model);
        return "studio/migration-batch :: progress";
    }

    @PostMapping("/studio/migrations/{id}/cancel")
    String cancel(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        migrations.cancel(id, who.account().login());
        redirect.addFlashAttribute(Flash.NAME, Flash.warn("migrations.cancelled"));
        return "redirect:/studio/migrations/" + id;
    }

    private String form(Map<String, String> request, Model model) {
        Map<String, Long> running = cases.runningByRelease();
        List<Choice> choices = releases.list().stream()
                .filter(release -> release.publishedAt() != null)
                .map(release -> new Choice(release, running.getOrDefault(release.id(), 0L)))
                .toList();
        model.addAttribute("choices", choices);
        model.addAttribute("from", request.getOrDefault("from", ""));
        model.addAttribute(
                "to",
                request.getOrDefault("to", releases.findLive().map(Release::id).orElse("")));
        model.addAttribute("process", request.getOrDefault("process", ""));
        model.addAttribute("stage", request.getOrDefault("stage", ""));
        model.addAttribute(
                "processes",
                choices.stream()
                        .filter(choice -> choice.running() > 0)
                        .flatMap(choice -> releases.files(choice.release().id()).keySet().stream())
                        .filter(path -> path.endsWith(".bpmn"))
                        .map(path -> path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')))
                        .distinct()
                        .sorted()
                        .toList());
        model.addAttribute(
                "stages",
                Stream.of(Stage.values()).filter(stage -> !stage.ended()).toList());
        return "studio/migration";
    }

    private static Migration.Plan plan(Map<String, String> request) {
        Map<String, String> steps = new LinkedHashMap<>();
        request.forEach((name, value) -> {
            if (name.startsWith(STEP) && !value.isBlank()) {
                steps.put(name.substring(STEP.length()), value);
            }
        });
        String process = request.getOrDefault("process", "");
        return new Migration.Plan(
                request.getOrDefault("from", ""),
                request.getOrDefault("to", ""),
                steps,
                process.isBlank() ? null : process,
                stage(request.getOrDefault("stage", "")));
    }

    private static @Nullable Stage stage(String name) {
        return Stream.of(Stage.values())
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Row row(Migration.Plan plan, Migration.Candidate one) {
        List<String> waits = one.waitsAt().stream()
                .map(element -> label(plan.from(), one.recovery().process(), element))
                .toList();
        return new Row(
                one.recovery().reference(),
                one.recovery().stage(),
                String.join(reader.words("list.comma"), waits),
                one.obstacles().stream()
                        .map(obstacle -> words(plan.from(), one.recovery().process(), obstacle))
                        .distinct()
                        .toList());
    }

    /** Steps at which cases of the preview wait and that the other release lacks, with what they could become. */
    private List<Gap> gaps(Migration.Plan plan, List<Migration.Candidate> candidates) {
        Map<String, String> elements = new LinkedHashMap<>();
        for (Migration.Candidate one : candidates) {
            one.obstacles().stream()
                    .map(Mover.Obstacle::element)
                    .filter(element -> !element.isEmpty())
                    .forEach(element -> elements.put(element, one.recovery().process()));
            plan.steps()
                    .keySet()
                    .forEach(element ->
                            elements.putIfAbsent(element, one.recovery().process()));
        }
        List<Gap> gaps = new ArrayList<>();
        elements.forEach((element, process) -> place(plan.from(), process, element)
                .ifPresent(place -> gaps.add(new Gap(
                        element,
                        label(plan.from(), process, element),
                        plan.steps().get(element),
                        places(plan.to(), process).stream()
                                .filter(other -> other.kind().equals(place.kind()))
                                .map(other -> new Mover.Place(
                                        other.element(), other.kind(), label(plan.to(), process, other.element())))
                                .toList()))));
        return gaps;
    }

    private java.util.Optional<Mover.Place> place(String release, String process, String element) {
        return places(release, process).stream()
                .filter(place -> place.element().equals(element))
                .findFirst();
    }

    private List<Mover.Place> places(String release, String process) {
        try {
            return mover.places(release, process);
        } catch (Problem noSuchProcess) {
            return List.of();
        }
    }

    private String label(String release, String process, String element) {
        String name = place(release, process, element).map(Mover.Place::name).orElse(element);
        return diagrams.label(release, element, name, reader.locale());
    }

    private String words(String release, String process, Mover.Obstacle obstacle) {
        String sentence = reader.words(new Problem(
                Problem.Kind.CONFLICT,
                obstacle.code(),
                List.of(obstacle.cause()).toArray()));
        return obstacle.element().isEmpty() ? sentence : label(release, process, obstacle.element()) + ": " + sentence;
    }

    private void fill(long id, Model model) {
        Migration batch = migrations.get(id);
        model.addAttribute("batch", batch);
        model.addAttribute("startedBy", words.who(batch.startedBy()));
        model.addAttribute(
                "results",
                migrations.results(id, null, SHOWN).stream()
                        .map(result -> told(batch, result))
                        .toList());
    }

    private Told told(Migration batch, Migration.Result result) {
        String tone =
                switch (result.state()) {
                    case MOVED -> "good";
                    case REFUSED, FAILED -> "bad";
                    case WAITING -> "active";
                    case PASSED -> "";
                };
        List<String> obstacles = result.obstacles().isEmpty()
                ? List.of()
                : result.obstacles().stream()
                        .map(obstacle -> words(
                                batch.from(), cases.get(result.reference()).process(), obstacle))
                        .distinct()
                        .toList();
        return new Told(result, tone, obstacles);
    }
}
