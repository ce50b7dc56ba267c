package org.jabr.web.audit;

import org.jabr.audit.Dossier;
import org.jabr.audit.Dossiers;
import org.jabr.audit.EvidenceDesk;
import org.jabr.audit.EvidencePack;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Everything about one case under an address that stays: to be read and printed. */
@Controller
class DossierPages {

    private final Dossiers dossiers;
    private final DossierReading reading;
    private final DossierPdf pdf;
    private final EvidenceDesk evidence;
    private final EvidenceZip zip;

    DossierPages(Dossiers dossiers, DossierReading reading, DossierPdf pdf, EvidenceDesk evidence, EvidenceZip zip) {
        this.dossiers = dossiers;
        this.reading = reading;
        this.pdf = pdf;
        this.evidence = evidence;
        this.zip = zip;
    }

    @GetMapping("/cases/{reference}/dossier")
    String page(@PathVariable String reference, @AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("told", reading.told(dossiers.read(reference, Dossiers.Form.PAGE, who.getName())));
        return "audit/dossier";
    }

    /** The same to keep, to send and to be read aloud. */
    @GetMapping("/cases/{reference}/dossier.pdf")
    ResponseEntity<byte[]> pdf(@PathVariable String reference, @AuthenticationPrincipal SignedIn who) {
        Dossier dossier = dossiers.read(reference, Dossiers.Form.PDF, who.getName());
        return file(
                MediaType.APPLICATION_PDF,
                dossier.file().recovery().reference() + ".pdf",
                pdf.of(reading.told(dossier)));
    }

    /** Everything that somebody needs to check the case without this house. @param seal null for the newest */
    @GetMapping("/cases/{reference}/evidence.zip")
    ResponseEntity<byte[]> pack(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable Long seal,
            @AuthenticationPrincipal SignedIn who) {
        EvidencePack pack = evidence.pack(reference, seal, who.getName());
        return file(
                new MediaType("application", "zip"),
                pack.dossier().file().recovery().reference() + "-evidence.zip",
                zip.of(pack));
    }

    private static ResponseEntity<byte[]> file(MediaType type, String name, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(bytes);
    }
}
