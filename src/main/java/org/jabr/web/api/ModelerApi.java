package org.jabr.web.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * What the deploy button of Camunda Modeler talks to. Nothing goes live by it: the files become a draft over the live
 * release, with what the checks say, and two people lead it on from there.
 */
@RestController
@RequestMapping(path = "/engine-rest", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelerApi {

    /** What the Modeler takes us for, so that it offers what our diagrams may hold. */
    private static final String PLATFORM = "7.24.0";

    private static final String UNNAMED = "Camunda Modeler";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

    private final Drafts drafts;
    private final Releases releases;
    private final Reader reader;

    ModelerApi(Drafts drafts, Releases releases, Reader reader) {
        this.drafts = drafts;
        this.releases = releases;
        this.reader = reader;
    }

    @GetMapping("/version")
    Map<String, String> version() {
        return Map.of("version", PLATFORM);
    }

    /** The Modeler asks for it to see whether anybody is here; what it deployed are drafts. */
    @GetMapping("/deployment")
    List<Map<String, @Nullable Object>> deployments(
            @RequestParam(defaultValue = "0") int firstResult, @RequestParam(defaultValue = "100") int maxResults) {
        return drafts.list().stream()
                .skip(Math.max(0, firstResult))
                .limit(Math.max(0, Math.min(maxResults, 200)))
                .map(draft -> deployment(draft, null))
                .toList();
    }

    @PostMapping(path = "/deployment/create", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Map<String, @Nullable Object> deploy(
            @RequestParam(name = "deployment-name", defaultValue = "") String name,
            @RequestParam(name = "deployment-source", defaultValue = "") String source,
            @RequestParam(name = "enable-duplicate-filtering", defaultValue = "false") boolean onlyNew,
            MultipartHttpServletRequest request,
            @AuthenticationPrincipal SignedIn who) {
        String base = releases.live().id();
        SortedMap<String, String> files = releases.files(base);
        ModelerFiles places = new ModelerFiles(files.keySet());
        SortedMap<String, String> brought = new TreeMap<>();
        for (MultipartFile file : files(request)) {
            String said = String.valueOf(file.getOriginalFilename());
            if (brought.put(places.path(said), text(file, said)) != null) {
                throw new Problem(Problem.Kind.INVALID, "DEPLOY-003", said);
            }
        }
        if (brought.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "DEPLOY-001");
        }
        files.putAll(brought);
        String by = who.account().login();
        Draft draft = drafts.list().stream()
                .filter(open -> onlyNew && same(open, files, base, by))
                .findFirst()
                .orElseGet(() -> drafts.open(name.isBlank() ? UNNAMED : name, files, base, by));
        Map<String, @Nullable Object> answer = deployment(draft, source.isBlank() ? null : source);
        answer.put(
                "findings",
                drafts.findings(draft.id()).stream()
                        .filter(finding -> finding.blocking() || brought.containsKey(finding.file()))
                        .map(this::told)
                        .toList());
        return answer;
    }

    /** The deploy button pressed twice is the same draft, as long as nobody went on writing in it. */
    private boolean same(Draft draft, SortedMap<String, String> files, String base, String by) {
        return draft.isOpen()
                && draft.base().equals(base)
                && draft.createdBy().equals(by)
                && drafts.contents(draft.id()).equals(files);
    }

    private static List<MultipartFile> files(MultipartHttpServletRequest request) {
        List<MultipartFile> files = new ArrayList<>();
        request.getMultiFileMap().values().forEach(files::addAll);
        return files;
    }

    /** Line ends are made alike, so that a file is the same whatever machine it was drawn on. */
    private static String text(MultipartFile file, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file.getBytes()))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-006", name);
        } catch (IOException e) {
            throw new Problem(Problem.Kind.MALFORMED, "WEB-010");
        }
    }

    /** As Camunda's engine tells of a deployment; nothing of it was deployed to an engine yet. */
    private static Map<String, @Nullable Object> deployment(Draft draft, @Nullable String source) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("links", List.of(Map.of("method", "GET", "href", "/studio/drafts/" + draft.id(), "rel", "self")));
        told.put("id", draft.id());
        told.put("name", draft.name());
        told.put("source", source);
        told.put("deploymentTime", TIME.format(draft.createdAt()));
        told.put("tenantId", null);
        told.put("deployedProcessDefinitions", Map.of());
        told.put("deployedCaseDefinitions", null);
        told.put("deployedDecisionDefinitions", null);
        told.put("deployedDecisionRequirementsDefinitions", null);
        return told;
    }

    private Map<String, Object> told(Finding finding) {
        return Map.of(
                "code",
                finding.code(),
                "blocking",
                finding.blocking(),
                "file",
                finding.file(),
                "place",
                finding.place(),
                "message",
                reader.words(new Problem(
                        Problem.Kind.INVALID, finding.code(), finding.values().toArray())));
    }

    /** As Camunda's engine refuses, so that the Modeler shows the sentence. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Problem problem) {
        HttpStatus status =
                switch (problem.kind()) {
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    default -> HttpStatus.BAD_REQUEST;
                };
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("type", "InvalidRequestException");
        told.put("message", problem.code() + ": " + reader.words(problem));
        told.put("code", problem.code());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(told);
    }
}
