package org.jabr.web.audit;

import org.jabr.audit.Dossiers;
import org.jabr.web.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Everything about one case under an address that stays: to be read and printed. */
@Controller
class DossierPages {

    private final Dossiers dossiers;
    private final DossierReading reading;

    DossierPages(Dossiers dossiers, DossierReading reading) {
        this.dossiers = dossiers;
        this.reading = reading;
    }

    @GetMapping("/cases/{reference}/dossier")
    String page(@PathVariable String reference, @AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("told", reading.told(dossiers.read(reference, Dossiers.Form.PAGE, who.getName())));
        return "audit/dossier";
    }
}
