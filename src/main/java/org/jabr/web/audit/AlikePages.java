package org.jabr.web.audit;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jabr.alike.Alike;
import org.jabr.alike.AlikeDesk;
import org.jabr.releases.Releases;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether like cases were treated alike, and whether anybody's doings stand out: worked out while the reader waits. */
@Controller
class AlikePages {

    private static final int USUAL_DAYS = 90;

    private final AlikeDesk desk;
    private final AlikeReading reading;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;
    private final Clock clock;

    AlikePages(
            AlikeDesk desk, AlikeReading reading, Releases releases, ReleaseWords words, Reader reader, Clock clock) {
        this.desk = desk;
        this.reading = reading;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
        this.clock = clock;
    }

    record Choice(String value, String word) {}

    @GetMapping("/alike")
    String alike(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "resolve") String moment,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute("moments", moments());
        model.addAttribute("moment", moment);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        try {
            LocalDate last = to.isBlank() ? today : LocalDate.parse(to);
            LocalDate first =
                    from.isBlank() ? last.minusDays(desk.days().orElse(USUAL_DAYS) - 1L) : LocalDate.parse(from);
            model.addAttribute("from", first.toString());
            model.addAttribute("to", last.toString());
            Alike alike = desk.look(moment, first, last);
            model.addAttribute("alike", alike);
            model.addAttribute("shown", reading.of(alike));
        } catch (DateTimeException noDay) {
            model.addAttribute("refused", reader.words("alike.no-day"));
        } catch (Problem refused) {
            model.addAttribute("refused", reader.words(refused));
        }
        return "audit/alike";
    }

    private List<Choice> moments() {
        return releases.findLive()
                .map(live -> releases.rulebook(live.id()).moments().stream()
                        .map(Moment::name)
                        .map(name -> new Choice(name, words.named(live.id(), "moment.", name)))
                        .toList())
                .orElse(List.of());
    }
}
