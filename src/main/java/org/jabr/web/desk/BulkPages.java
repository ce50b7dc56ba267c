package org.jabr.web.desk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.Bulk;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Many items at once: first what would become of each, then what became of it. */
@Controller
class BulkPages {

    private final Worklist worklist;
    private final WorkBulk bulk;
    private final ReleaseWords words;
    private final Reader reader;

    BulkPages(Worklist worklist, WorkBulk bulk, ReleaseWords words, Reader reader) {
        this.worklist = worklist;
        this.bulk = bulk;
        this.words = words;
        this.reader = reader;
    }

    /** @param obstacle why not, in words; null where it is or can be done */
    record Line(
            long id,
            @Nullable String name,
            @Nullable String about,
            @Nullable String obstacle) {}

    @PostMapping("/worklist/bulk/preview")
    String preview(
            @RequestParam(required = false) @Nullable List<Long> item,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String desk,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String back,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        String list = list(back);
        if (item == null || item.isEmpty()) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("bulk.nothing"));
            return "redirect:" + list;
        }
        WorkBulk.Order order = order(action, to, desk, until);
        fill(order, until, back, bulk.preview(order, item, who.decider()), model);
        model.addAttribute("done", false);
        return "desk/bulk";
    }

    @PostMapping("/worklist/bulk")
    String carryOut(
            @RequestParam List<Long> item,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String desk,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String back,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        Decider by = who.decider();
        WorkBulk.Order order = order(action, to, desk, until);
        fill(order, until, back, bulk.carryOut(order, item, by), model);
        model.addAttribute("done", true);
        return "desk/bulk";
    }

    private void fill(WorkBulk.Order order, String until, String back, List<Bulk.Result> results, Model model) {
        Map<Long, WorkItem> items = new HashMap<>();
        worklist.all(results.stream().map(Bulk.Result::id).toList()).forEach(item -> items.put(item.id(), item));
        String to = order.to();
        model.addAttribute("action", order.action().name());
        boolean redirects = order.action() == WorkBulk.Action.REDIRECT;
        String release =
                items.values().stream().map(WorkItem::release).findAny().orElse("");
        model.addAttribute("to", to == null || redirects ? "" : to);
        model.addAttribute("desk", to == null || !redirects ? "" : to);
        model.addAttribute("toName", to == null ? "" : redirects ? words.word(release, to) : words.who(to));
        model.addAttribute("until", until);
        model.addAttribute("back", back);
        model.addAttribute("list", list(back));
        model.addAttribute(
                "lines",
                results.stream()
                        .map(result -> line(result, items.get(result.id())))
                        .toList());
        model.addAttribute("good", results.stream().filter(Bulk.Result::done).count());
    }

    private Line line(Bulk.Result result, @Nullable WorkItem item) {
        Problem problem = result.problem();
        return new Line(
                result.id(),
                item == null ? null : words.step(item.release(), item.element(), item.name()),
                item == null ? null : item.about(),
                problem == null ? null : reader.words(problem));
    }

    /** @throws Problem {@code WORK-016} for what cannot be done to many */
    private static WorkBulk.Order order(String action, String to, String desk, String until) {
        WorkBulk.Action known = Arrays.stream(WorkBulk.Action.values())
                .filter(one -> one.name().equals(action))
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "WORK-016"));
        Integer hours = until.matches("[1-9]\\d{0,2}") ? Integer.valueOf(until) : null;
        String target = known == WorkBulk.Action.REDIRECT ? desk : to;
        return new WorkBulk.Order(known, target.isBlank() ? null : target.strip(), hours);
    }

    /** Where the reader came from. */
    private static String list(String back) {
        return WorklistLivePages.read(back).path();
    }
}
