package org.jabr.web.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Contact;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.Item;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.remedies.Effect;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.surveys.CustomerLinks;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.web.Flash;
import org.jabr.web.Once;
import org.jabr.web.Reader;
import org.jabr.web.ReaderLocale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a customer sees of their own matter: where it stands, what was promised and done, and a place to answer. */
@Controller
@RequestMapping("/c/{reference}/{signature}")
class CustomerPages {

    private static final String BY = "customer";
    private static final Set<String> MONEY = Set.of("REFUND", "CREDIT");
    private static final int LONGEST_MESSAGE = 4000;
    private static final int LONGEST_COMMENT = 2000;

    private final CustomerLinks links;
    private final CaseDesk desk;
    private final CaseIntake intake;
    private final Surveys surveys;
    private final Merges merges;
    private final Catalogue catalogue;
    private final Reader reader;
    private final MessageSource messages;

    CustomerPages(
            CustomerLinks links,
            CaseDesk desk,
            CaseIntake intake,
            Surveys surveys,
            Merges merges,
            Catalogue catalogue,
            Reader reader,
            MessageSource messages) {
        this.links = links;
        this.desk = desk;
        this.intake = intake;
        this.surveys = surveys;
        this.merges = merges;
        this.catalogue = catalogue;
        this.reader = reader;
        this.messages = messages;
    }

    /** Something that is done or on its way for the customer. */
    record Done(String sentence, @Nullable Money money, List<String> items, boolean finished) {}

    record Promised(String sentence, Promise promise) {}

    @GetMapping
    String page(
            @PathVariable String reference,
            @PathVariable String signature,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        CaseFile file = open(reference, signature, request, response);
        RecoveryCase recovery = file.recovery();
        Optional<RecoveryCase> into = merges.mergedInto(recovery.id());
        if (into.isPresent()) {
            // Of the same customer: who may see the one matter may see where it goes on.
            return back(into.get().reference());
        }
        model.addAttribute("path", links.path(reference));
        model.addAttribute("reference", reference);
        model.addAttribute("name", PersonalText.shown(file.customer().name()));
        model.addAttribute("subject", recovery.subject().value());
        model.addAttribute("stage", recovery.stage());
        model.addAttribute("received", recovery.receivedAt().toInstant());
        model.addAttribute("ended", !intake.hears(recovery));
        model.addAttribute("promised", promised(file));
        model.addAttribute("done", done(file));
        model.addAttribute(
                "letters",
                newestFirst(file.contacts().stream()
                        .filter(contact -> contact.direction() == Contact.Direction.OUT && contact.body() != null)
                        .toList()));
        List<Survey> asked = surveys.ofCase(recovery.id());
        model.addAttribute("survey", openSurvey(asked, recovery).isPresent());
        model.addAttribute("answered", asked.stream().anyMatch(survey -> survey.answeredAt() != null));
        model.addAttribute("once", Once.fresh());
        model.addAttribute("noindex", true);
        return "portal/customer";
    }

    @PostMapping("/answer")
    String answer(
            @PathVariable String reference,
            @PathVariable String signature,
            @RequestParam(required = false) @Nullable Integer csat,
            @RequestParam(required = false) @Nullable Integer ces,
            @RequestParam(required = false) @Nullable Integer nps,
            @RequestParam(required = false) @Nullable Boolean satisfied,
            @RequestParam(defaultValue = "") String comment,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        CaseFile file = open(reference, signature, request, response);
        RecoveryCase recovery = file.recovery();
        if (openSurvey(surveys.ofCase(recovery.id()), recovery).isEmpty()) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("customer.survey.late"));
            return back(reference);
        }
        try {
            surveys.answer(recovery.id(), new Survey.Answer(csat, ces, nps, satisfied, text(comment, LONGEST_COMMENT)));
            redirect.addFlashAttribute(Flash.NAME, Flash.good("customer.survey.thanks"));
        } catch (Problem problem) {
            redirect.addFlashAttribute(
                    Flash.NAME,
                    Flash.warn(
                            problem.code().equals("SURVEY-002") ? "customer.survey.nothing" : "customer.survey.late"));
        }
        return back(reference);
    }

    @PostMapping("/message")
    String message(
            @PathVariable String reference,
            @PathVariable String signature,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean person,
            @RequestParam(required = false) @Nullable String once,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        open(reference, signature, request, response);
        PersonalText said = text(text, LONGEST_MESSAGE);
        if (said == null && !person) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("customer.message.empty"));
            return back(reference);
        }
        Map<String, Object> learned = person ? Map.of("conversation.askedForPerson", true) : Map.of();
        try {
            RecoveryCase now = intake.contact(
                    reference,
                    "WEB",
                    said == null ? null : said.value(),
                    Once.of(once, text, String.valueOf(person)),
                    learned,
                    BY);
            redirect.addFlashAttribute(Flash.NAME, Flash.good("customer.message.thanks"));
            return back(now.reference());
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("customer.message.late"));
        }
        return back(reference);
    }

    /** Only who has the link sees anything; what they see goes into no index and names no address to others. */
    private CaseFile open(
            String reference, String signature, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        links.check(reference, signature);
        CaseFile file = desk.file(reference);
        if (file.customer().erasedAt() != null) {
            // As for a link that never was: who holds it now need not be the customer.
            throw new Problem(Problem.Kind.NOT_FOUND, "LINK-001");
        }
        ReaderLocale.suggest(
                request,
                Optional.ofNullable(file.customer().language())
                        .orElse(file.recovery().language()));
        return file;
    }

    private String back(String reference) {
        return "redirect:" + links.path(reference);
    }

    private static Optional<Survey> openSurvey(List<Survey> surveys, RecoveryCase recovery) {
        return recovery.stage() != Stage.FOLLOW_UP
                ? Optional.empty()
                : surveys.stream().filter(survey -> survey.answeredAt() == null).findFirst();
    }

    private List<Promised> promised(CaseFile file) {
        return file.promises().stream()
                .filter(promise -> promise.state() != Promise.State.CANCELLED)
                .map(promise -> new Promised(
                        reader.words("customer.promise." + promise.kind().name()), promise))
                .toList();
    }

    /** What was granted, summed up by remedy, in plain words. */
    private List<Done> done(CaseFile file) {
        Map<String, List<Effect>> byRemedy = new LinkedHashMap<>();
        file.remedies().stream().filter(effect -> effect.granted()).forEach(effect -> byRemedy.computeIfAbsent(
                        effect.remedy(), remedy -> new ArrayList<>())
                .add(effect));
        List<Done> done = new ArrayList<>();
        byRemedy.forEach((remedy, effects) -> {
            // What something else than money is worth is of no interest to who gets it.
            Money money = effects.stream()
                    .filter(effect -> MONEY.contains(effect.kind()))
                    .map(Effect::money)
                    .filter(Objects::nonNull)
                    .reduce(Money::plus)
                    .orElse(null);
            String sentence = messages.getMessage("customer.remedy." + remedy, null, "", reader.locale());
            if (sentence != null && !sentence.isEmpty()) {
                done.add(new Done(
                        sentence,
                        money,
                        effects.stream().flatMap(this::item).toList(),
                        effects.stream().allMatch(effect -> effect.state() == Effect.State.CONFIRMED)));
            }
        });
        return done;
    }

    /** What it is called, where it is something of the catalogue. */
    private Stream<String> item(Effect effect) {
        String code = effect.item();
        return code == null || Item.Kind.of(effect.remedy()).isEmpty()
                ? Stream.empty()
                : catalogue.find(code).map(item -> item.name(reader.locale())).stream();
    }

    private static <T> List<T> newestFirst(List<T> list) {
        List<T> turned = new ArrayList<>();
        list.forEach(one -> turned.add(0, one));
        return turned;
    }

    private static @Nullable PersonalText text(String typed, int longest) {
        String text = typed.strip();
        return text.isEmpty() ? null : new PersonalText(text.length() > longest ? text.substring(0, longest) : text);
    }
}
