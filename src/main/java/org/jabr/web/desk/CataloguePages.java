package org.jabr.web.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.CatalogueDesk;
import org.jabr.catalogue.CatalogueRefused;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.ItemChoice;
import org.jabr.catalogue.TypedItem;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.jabr.treasury.Budgets;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The catalogue: everybody at the desk reads it, managers and analysts look after it, managers put pieces into store. */
@Controller
class CataloguePages {

    private static final int PAGE = 50;

    private final Catalogue catalogue;
    private final CatalogueDesk desk;
    private final CatalogueReading reading;
    private final BudgetReading budgets;
    private final ReleaseWords words;
    private final Reader reader;

    CataloguePages(
            Catalogue catalogue,
            CatalogueDesk desk,
            CatalogueReading reading,
            BudgetReading budgets,
            ReleaseWords words,
            Reader reader) {
        this.catalogue = catalogue;
        this.desk = desk;
        this.reading = reading;
        this.budgets = budgets;
        this.words = words;
        this.reader = reader;
    }

    record Changed(int version, String field, String was, String became, String by, Instant at) {}

    record Wrong(long line, String item, String code, String sentence) {}

    @GetMapping("/catalogue")
    String list(
            @RequestParam(required = false) Item.@Nullable Kind kind,
            @RequestParam(defaultValue = "false") boolean retired,
            @RequestParam(required = false) @Nullable String after,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        List<Catalogue.Stocked> found = catalogue.list(kind, !retired, after, PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Catalogue.Stocked> shown = more ? found.subList(0, PAGE) : found;
        model.addAttribute("lines", shown.stream().map(reading::line).toList());
        model.addAttribute("next", more ? shown.get(PAGE - 1).item().code() : null);
        model.addAttribute("first", after == null);
        model.addAttribute("kind", kind);
        model.addAttribute("kinds", Item.Kind.values());
        model.addAttribute("retired", retired);
        model.addAttribute("edits", edits(who));
        return "desk/catalogue";
    }

    @GetMapping("/catalogue/{code}")
    String item(
            @PathVariable String code,
            @RequestParam(required = false) @Nullable String before,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        Catalogue.Stocked stocked = catalogue.get(code);
        List<ItemChoice> found = catalogue.given(code, before, PAGE + 1);
        List<ItemChoice> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("line", reading.line(stocked));
        model.addAttribute("facts", reading.facts(stocked.item()));
        model.addAttribute(
                "given",
                shown.stream().map(reading::given).flatMap(Optional::stream).toList());
        model.addAttribute("next", found.size() > PAGE ? shown.get(PAGE - 1).effect() : null);
        model.addAttribute("first", before == null);
        model.addAttribute(
                "moved",
                catalogue.received(stocked.item()).stream()
                        .map(change -> budgets.changed(change, who.decider().login()))
                        .toList());
        model.addAttribute(
                "changes",
                catalogue.changes(code).stream()
                        .map(change -> new Changed(
                                change.version(),
                                change.field(),
                                reading.said(change.field(), change.was()),
                                reading.said(change.field(), change.became()),
                                words.who(change.by()),
                                change.at().toInstant()))
                        .toList());
        model.addAttribute(
                "account",
                stocked.stock() == null ? null : stocked.item().store().code() + "/available");
        model.addAttribute("edits", edits(who));
        model.addAttribute("manages", who.decider().authority().satisfies(Authority.MANAGER));
        return "desk/catalogue-item";
    }

    @GetMapping("/catalogue/new")
    String add(Model model) {
        return form(null, 0, new TypedItem(Map.of("languages", "en ar")), Map.of(), model);
    }

    @PostMapping("/catalogue/new")
    Object add(
            @RequestParam MultiValueMap<String, String> request,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        TypedItem typed = typed(request);
        try {
            Item item = desk.add(typed, who.decider().login());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("catalogue.saved"));
            redirect.addAttribute("code", item.code());
            return "redirect:/catalogue/{code}";
        } catch (CatalogueRefused refused) {
            return again(null, 0, typed, refused, model);
        }
    }

    @GetMapping("/catalogue/{code}/edit")
    String edit(@PathVariable String code, Model model) {
        Item item = catalogue.get(code).item();
        return form(code, item.version(), TypedItem.of(item), Map.of(), model);
    }

    @PostMapping("/catalogue/{code}/edit")
    Object edit(
            @PathVariable String code,
            @RequestParam int version,
            @RequestParam MultiValueMap<String, String> request,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        TypedItem typed = typed(request);
        try {
            desk.change(code, version, typed, who.decider().login());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("catalogue.saved"));
            redirect.addAttribute("code", code);
            return "redirect:/catalogue/{code}";
        } catch (CatalogueRefused refused) {
            return again(code, version, typed, refused, model);
        } catch (Problem late) {
            if (late.kind() != Problem.Kind.CONFLICT) {
                throw late;
            }
            // What was typed stays; saving again is on top of what the other one made of it.
            model.addAttribute("lost", reader.words(late));
            String page = form(code, catalogue.get(code).item().version(), typed, Map.of(), model);
            return new ModelAndView(page, model.asMap(), HttpStatus.CONFLICT);
        }
    }

    private ModelAndView again(
            @Nullable String code, int version, TypedItem typed, CatalogueRefused refused, Model model) {
        Map<String, String> errors = new HashMap<>();
        refused.fields().forEach((field, problem) -> errors.put(field, reader.words(problem)));
        return new ModelAndView(
                form(code, version, typed, errors, model), model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private String form(@Nullable String code, int version, TypedItem typed, Map<String, String> errors, Model model) {
        model.addAttribute("code", code);
        model.addAttribute("version", version);
        model.addAttribute("typed", typed.fields());
        model.addAttribute("errors", errors);
        model.addAttribute("kinds", reading.kinds());
        model.addAttribute("tiers", reading.options("tier"));
        model.addAttribute("moods", reading.options("emotion"));
        return "desk/catalogue-form";
    }

    private static TypedItem typed(MultiValueMap<String, String> request) {
        Map<String, String> fields = new HashMap<>();
        request.forEach((name, values) -> fields.put(name, String.join(" ", values)));
        return new TypedItem(fields);
    }

    @PostMapping("/catalogue/{code}/{what:retire|restore}")
    String activate(
            @PathVariable String code,
            @PathVariable String what,
            @RequestParam int version,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return attempt(code, redirect, () -> {
            desk.activate(code, version, what.equals("restore"), who.decider().login());
            return "catalogue." + what + ".done";
        });
    }

    @PostMapping("/catalogue/{code}/stock")
    String stock(
            @PathVariable String code,
            @RequestParam String direction,
            @RequestParam String pieces,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return attempt(code, redirect, () -> {
            redirect.addFlashAttribute("typedDirection", direction);
            redirect.addFlashAttribute("typedPieces", pieces);
            redirect.addFlashAttribute("typedReason", reason);
            long typed = budgets.typed(pieces, Budgets.PIECES);
            boolean done = desk.receive(code, direction.equals("out") ? -typed : typed, reason, who.decider());
            redirect.getFlashAttributes().keySet().removeIf(name -> name.startsWith("typed"));
            return done ? "catalogue.receive.done" : "catalogue.receive.asked";
        });
    }

    private String attempt(String code, RedirectAttributes redirect, Supplier<String> what) {
        try {
            redirect.addFlashAttribute(Flash.NAME, Flash.good(what.get()));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        redirect.addAttribute("code", code);
        return "redirect:/catalogue/{code}";
    }

    @GetMapping("/catalogue/import")
    String take(Model model) {
        model.addAttribute("columns", String.join(",", TypedItem.FIELDS));
        return "desk/catalogue-import";
    }

    @PostMapping("/catalogue/import")
    Object take(
            @RequestParam(required = false) @Nullable MultipartFile upload,
            @RequestParam(defaultValue = "") String pasted,
            @AuthenticationPrincipal SignedIn who,
            Model model)
            throws IOException {
        String file =
                upload == null || upload.isEmpty() ? pasted : new String(upload.getBytes(), StandardCharsets.UTF_8);
        take(model);
        model.addAttribute("pasted", pasted);
        try {
            CatalogueDesk.Taken taken = desk.take(file, who.decider().login());
            model.addAttribute("taken", taken);
            List<Wrong> wrong = new ArrayList<>();
            taken.refused().forEach(line -> line.problem()
                    .fields()
                    .forEach((field, problem) -> wrong.add(new Wrong(
                            line.line(),
                            line.code(),
                            problem.code(),
                            reader.words(
                                    "catalogue.wrong",
                                    reader.words("catalogue.field." + field),
                                    reader.words(problem))))));
            model.addAttribute("wrong", wrong);
            return "desk/catalogue-import";
        } catch (Problem unreadable) {
            model.addAttribute("refused", reader.words(unreadable));
            return new ModelAndView("desk/catalogue-import", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
    }

    private static boolean edits(SignedIn who) {
        return who.account().holds(Role.MANAGER)
                || who.account().holds(Role.ANALYST)
                || who.account().holds(Role.ADMIN);
    }
}
