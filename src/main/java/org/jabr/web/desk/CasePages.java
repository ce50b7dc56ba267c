package org.jabr.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Cases;
import org.jabr.cases.Choices;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.RemedyChoice;
import org.jabr.cases.Stage;
import org.jabr.cases.StoredDecision;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.intake.CaseIntake;
import org.jabr.process.Recovery;
import org.jabr.rules.Problem;
import org.jabr.surveys.CustomerLinks;
import org.jabr.surveys.Surveys;
import org.jabr.web.Flash;
import org.jabr.web.Once;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.studio.RuleProposals;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Recovery cases: all of them, and one with everything that is known of it. */
@Controller
class CasePages {

    private static final int PAGE = 50;

    private final Cases cases;
    private final CaseDesk desk;
    private final CaseIntake intake;
    private final Customers customers;
    private final Worklist worklist;
    private final Recovery recoveries;
    private final Surveys surveys;
    private final CustomerLinks links;
    private final CaseSurroundings surroundings;
    private final Choices choices;
    private final RuleProposals proposals;
    private final CaseReading reading;
    private final WorkReading workReading;
    private final DecisionReading decisionReading;
    private final ReleaseWords words;
    private final Reader reader;
    private final JoiningReading joining;

    CasePages(
            Cases cases,
            CaseDesk desk,
            CaseIntake intake,
            Customers customers,
            Worklist worklist,
            Recovery recoveries,
            Surveys surveys,
            CustomerLinks links,
            CaseSurroundings surroundings,
            Choices choices,
            RuleProposals proposals,
            CaseReading reading,
            WorkReading workReading,
            DecisionReading decisionReading,
            ReleaseWords words,
            Reader reader,
            JoiningReading joining) {
        this.cases = cases;
        this.desk = desk;
        this.intake = intake;
        this.customers = customers;
        this.worklist = worklist;
        this.recoveries = recoveries;
        this.surveys = surveys;
        this.links = links;
        this.surroundings = surroundings;
        this.choices = choices;
        this.proposals = proposals;
        this.reading = reading;
        this.workReading = workReading;
        this.decisionReading = decisionReading;
        this.words = words;
        this.reader = reader;
        this.joining = joining;
    }

    record StageCount(@Nullable String stage, long count, boolean current) {}

    /** What somebody chose otherwise than recommended. */
    record Made(
            long id,
            String remedies,
            String why,
            String by,
            Instant at,
            @Nullable String draft,
            boolean proposable) {}

    record Stopped(String element, String code, String sentence) {}

    @GetMapping("/cases")
    String list(
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        String sought = q == null ? "" : q.strip();
        if (!sought.isEmpty()) {
            try {
                return "redirect:/cases/" + cases.get(sought).reference();
            } catch (Problem noSuchReference) {
                Optional<RecoveryCase> external = cases.findExternal(sought);
                if (external.isPresent()) {
                    return "redirect:/cases/" + external.get().reference();
                }
            }
        }
        String named = sought.isEmpty() ? customer : sought;
        Optional<Customer> of = named == null || named.isBlank() ? Optional.empty() : customers.find(named.strip());
        Stage only = Arrays.stream(Stage.values())
                .filter(one -> one.name().equals(stage))
                .findFirst()
                .orElse(null);
        boolean unknown = named != null && !named.isBlank() && of.isEmpty();
        List<RecoveryCase> found =
                unknown ? List.of() : cases.list(only, of.map(Customer::id).orElse(null), after, PAGE + 1);
        List<RecoveryCase> page = found.stream().limit(PAGE).toList();
        model.addAttribute("rows", page.stream().map(surroundings::row).toList());
        model.addAttribute("stages", stages(only));
        model.addAttribute("stage", only == null ? null : only.name());
        model.addAttribute("customer", of.orElse(null));
        model.addAttribute("sought", sought);
        model.addAttribute("unknown", unknown ? named : null);
        model.addAttribute(
                "next", found.size() > PAGE ? page.get(page.size() - 1).reference() : null);
        model.addAttribute("first", after == null);
        return "desk/cases";
    }

    @GetMapping("/cases/{reference}")
    String one(@PathVariable String reference, @AuthenticationPrincipal SignedIn who, Model model) {
        CaseFile file = desk.file(reference);
        RecoveryCase recovery = file.recovery();
        Recovery.Path path = surroundings.fill(file, "", model);
        model.addAttribute("joined", joining.of(recovery));
        model.addAttribute("steps", reading.steps(recovery));
        model.addAttribute("timeline", reading.timeline(file));
        model.addAttribute("decisions", newestFirst(file.decisions()));
        model.addAttribute("surveys", surveys.ofCase(recovery.id()));
        model.addAttribute("made", made(recovery));
        model.addAttribute("incidents", incidents(recovery, path));
        model.addAttribute(
                "work",
                worklist.ofCase(recovery.id()).stream()
                        .filter(item ->
                                item.state() != WorkItem.State.CANCELLED && worklist.inSight(item, who.decider()))
                        .map(item -> workReading.row(item, who.decider()))
                        .toList());
        model.addAttribute("link", links.path(recovery.reference()));
        return "desk/case";
    }

    /** What somebody chose otherwise becomes a draft for the analysts. */
    @PostMapping("/cases/{reference}/choices/{choice}/propose")
    String propose(
            @PathVariable String reference,
            @PathVariable long choice,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        if (!choices.get(choice).caseId().equals(cases.get(reference).id())) {
            throw new Problem(Problem.Kind.NOT_FOUND, "CHOICE-003", choice);
        }
        try {
            String draft = proposals.propose(choice, who.account().login());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("choice.propose.done", draft));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/cases/" + reference;
    }

    /** The diagram of the case's own release with the way taken, for the island that draws it. */
    @GetMapping(path = "/cases/{reference}/diagram", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Recovery.Path diagram(@PathVariable String reference) {
        return recoveries.path(cases.get(reference).id());
    }

    @PostMapping("/cases/{reference}/contacts")
    String contact(
            @PathVariable String reference,
            @RequestParam String channel,
            @RequestParam String text,
            @RequestParam(required = false) @Nullable String emotion,
            @RequestParam(required = false) @Nullable String once,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        Map<String, Object> learned = new HashMap<>();
        if (emotion != null && !emotion.isBlank()) {
            learned.put("conversation.emotion", emotion);
        }
        String at = attempt(
                reference,
                () -> intake.contact(
                        reference,
                        channel,
                        text.isBlank() ? null : text.strip(),
                        Once.of(once, channel, text, String.valueOf(emotion)),
                        learned,
                        who.account().login()),
                "case.contact.done",
                redirect);
        return "redirect:/cases/" + at;
    }

    @PostMapping("/cases/{reference}/withdraw")
    String withdraw(
            @PathVariable String reference, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        String at = attempt(
                reference, () -> intake.withdraw(reference, who.account().login()), "case.withdraw.done", redirect);
        return "redirect:/cases/" + at;
    }

    @PostMapping("/cases/{reference}/retry")
    String retry(@PathVariable String reference, RedirectAttributes redirect) {
        recoveries.retry(cases.get(reference).id());
        redirect.addFlashAttribute(Flash.NAME, Flash.good("case.retry.done"));
        return "redirect:/cases/" + reference;
    }

    /** What cannot be done is said on the case's own page. @return the reference under which the matter goes on */
    private String attempt(String reference, Supplier<RecoveryCase> what, String done, RedirectAttributes redirect) {
        try {
            String at = what.get().reference();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done));
            return at;
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            return reference;
        }
    }

    private List<Made> made(RecoveryCase recovery) {
        return choices.ofCase(recovery.id()).stream()
                .filter(choice -> choice.state() != RemedyChoice.State.DROPPED)
                .map(choice -> new Made(
                        choice.id(),
                        choice.chosen().stream()
                                .map(one -> words.word(recovery.release(), one.remedy())
                                        + (one.amount() == null ? "" : " " + reader.money(one.amount())))
                                .collect(Collectors.joining(reader.words("list.comma"))),
                        choice.why().value(),
                        words.who(choice.by()),
                        choice.at().toInstant(),
                        choice.draft(),
                        choice.draft() == null && choice.decisionId() != null))
                .toList();
    }

    private List<StageCount> stages(@Nullable Stage current) {
        Map<Stage, Long> counts = cases.countByStage();
        List<StageCount> stages = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        stages.add(new StageCount(null, all, current == null));
        for (Stage stage : Stage.values()) {
            stages.add(new StageCount(stage.name(), counts.getOrDefault(stage, 0L), stage == current));
        }
        return stages;
    }

    private List<DecisionReading.Told> newestFirst(List<StoredDecision> decisions) {
        List<DecisionReading.Told> told = new ArrayList<>();
        decisions.forEach(stored -> told.add(0, decisionReading.told(stored)));
        return told;
    }

    private List<Stopped> incidents(RecoveryCase recovery, Recovery.Path path) {
        return recoveries.incidents(recovery.id()).stream()
                .map(incident -> new Stopped(
                        reading.element(recovery, path, incident.element()),
                        incident.code(),
                        reader.words(new Problem(Problem.Kind.CONFLICT, incident.code()))))
                .toList();
    }
}
