package org.jabr.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.post.PostDesk;
import org.jabr.process.Letters;
import org.jabr.process.OwnLetters;
import org.jabr.process.Phrases;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A letter that a person writes to the customer of a case. What is typed is never lost. */
@Controller
class LetterPages {

    private final Cases cases;
    private final Letters letters;
    private final OwnLetters own;
    private final PostDesk post;
    private final ReleaseWords words;
    private final Reader reader;

    LetterPages(Cases cases, Letters letters, OwnLetters own, PostDesk post, ReleaseWords words, Reader reader) {
        this.cases = cases;
        this.letters = letters;
        this.own = own;
        this.post = post;
        this.words = words;
        this.reader = reader;
    }

    /** A phrase as it stands in the text, with a little around it. */
    record Pointed(String kind, String before, String phrase, String after, String instead) {}

    @GetMapping("/cases/{reference}/letter")
    String page(@PathVariable String reference, @RequestParam(defaultValue = "") String start, Model model) {
        RecoveryCase recovery = cases.get(reference);
        Letters.Preview draft = letters.draft(recovery, start).orElse(new Letters.Preview("", ""));
        fill(
                recovery,
                new OwnLetters.Own(start, draft.subject(), draft.body(), letters.channel(recovery), "", false),
                null,
                model);
        return "desk/letter";
    }

    /** Lets a letter leave once more that could not leave by itself. */
    @PostMapping("/cases/{reference}/letters/{id}/again")
    String again(@PathVariable String reference, @PathVariable long id, RedirectAttributes redirect) {
        try {
            post.again(cases.get(reference).id(), id);
            redirect.addFlashAttribute(Flash.NAME, Flash.good("delivery.leaves"));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/cases/" + reference;
    }

    @PostMapping("/cases/{reference}/letter")
    Object send(
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String start,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "send") String then,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        RecoveryCase recovery = cases.get(reference);
        // Browsers send line ends of two characters; the text keeps one, so that places in it stay right.
        OwnLetters.Own written = new OwnLetters.Own(
                start.isBlank() ? null : start,
                subject,
                body.replace("\r\n", "\n"),
                channel,
                why,
                then.equals("anyway"));
        try {
            if (then.equals("look")) {
                fill(recovery, written, own.look(reference, written), model);
                return "desk/letter";
            }
            OwnLetters.Look look = own.send(reference, written, who.decider());
            if (!OwnLetters.waits(look, written)) {
                redirect.addFlashAttribute(Flash.NAME, Flash.good("letter.sent"));
                return "redirect:/cases/" + reference;
            }
            fill(recovery, written, look, model);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            fill(recovery, written, null, model);
            model.addAttribute("refused", reader.words(problem));
        }
        return new ModelAndView("desk/letter", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private void fill(RecoveryCase recovery, OwnLetters.Own written, OwnLetters.@Nullable Look look, Model model) {
        String release = recovery.release();
        String usual = letters.channel(recovery);
        model.addAttribute("case", recovery);
        model.addAttribute("written", written);
        model.addAttribute("looked", look != null);
        model.addAttribute("usual", usual);
        model.addAttribute("usualWord", words.word(release, usual));
        model.addAttribute("channelWord", words.word(release, written.channel()));
        model.addAttribute("language", words.word(release, recovery.language()));
        model.addAttribute(
                "asksWhy",
                look != null
                        && (look.asksWhy()
                                || !written.why().isBlank()
                                        && !written.channel().equals(usual)));
        model.addAttribute("pointed", look == null ? List.of() : pointed(written, look));
        model.addAttribute(
                "channels",
                OwnLetters.CHANNELS.stream()
                        .map(channel -> new WorklistPages.Choosable(channel, words.word(release, channel)))
                        .toList());
        model.addAttribute(
                "letters",
                letters.names(recovery).stream()
                        .map(name -> Map.entry(name, words.named(release, "letter.", name)))
                        .toList());
    }

    private static List<Pointed> pointed(OwnLetters.Own written, OwnLetters.Look look) {
        List<Pointed> pointed = new ArrayList<>();
        look.subject().forEach(one -> pointed.add(quote(written.subject(), one)));
        look.body().forEach(one -> pointed.add(quote(written.body(), one)));
        return pointed;
    }

    private static Pointed quote(String text, Phrases.Pointed one) {
        int from = Math.max(0, text.lastIndexOf('\n', one.start()) + 1);
        int to = text.indexOf('\n', one.end());
        return new Pointed(
                one.kind().name(),
                text.substring(from, one.start()),
                text.substring(one.start(), one.end()),
                text.substring(one.end(), to < 0 ? text.length() : to),
                one.instead());
    }
}
