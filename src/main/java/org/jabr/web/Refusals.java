package org.jabr.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jabr.hooks.HookRefused;
import org.jabr.releases.Draft;
import org.jabr.releases.Release;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every request that ends badly ends here, and is answered with a code and a sentence; never with a stack trace. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Answers answers;
    private final FolderNotice words;

    Refusals(Answers answers, FolderNotice words) {
        this.answers = answers;
        this.words = words;
    }

    /** Programs are told what stands in the way; people find it on the page of the draft. */
    @ExceptionHandler
    @Nullable
    Object refuseBlocked(Release.Blocked blocked, HttpServletRequest request) {
        return answers.of(
                request,
                Refusal.of(blocked)
                        .with(
                                "findings",
                                blocked.findings().stream().map(words::told).toList()));
    }

    /** Who saved over what somebody else saved is told what is there now. */
    @ExceptionHandler
    @Nullable
    Object refuseStale(Draft.Stale stale, HttpServletRequest request) {
        Draft.File current = stale.current();
        return answers.of(
                request, current == null ? Refusal.of(stale) : Refusal.of(stale).with("current", current));
    }

    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToTheDoor(RuntimeException refused) {
        // The filter chain asks for a sign-in or refuses, in one place for all.
        throw refused;
    }

    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void nobodyIsListening() {
        // The caller has gone; there is nobody to answer.
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    Object refuse(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            LOG.warn("{} {} broke off while it was answered", request.getMethod(), Caller.path(request), failure);
            return null;
        }
        return answers.of(request, refusal(failure, request));
    }

    static Refusal refusal(Throwable failure, HttpServletRequest request) {
        if (failure instanceof Problem problem) {
            return Refusal.of(problem);
        }
        if (failure instanceof HookRefused refused) {
            return Refusal.of(HttpStatusCode.valueOf(refused.status()), refused.code());
        }
        if (failure.getCause() instanceof Problem problem) {
            return Refusal.of(problem);
        }
        if (failure instanceof HttpMessageNotReadableException) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "WEB-001");
        }
        if (failure instanceof TypeMismatchException mismatch) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "WEB-002", named(mismatch.getPropertyName()));
        }
        if (failure instanceof MissingServletRequestPartException missing) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "WEB-003", missing.getRequestPartName());
        }
        if (failure instanceof MissingRequestValueException missing) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "WEB-003", missingName(missing));
        }
        if (failure instanceof NoResourceFoundException || failure instanceof NoHandlerFoundException) {
            return Refusal.of(HttpStatus.NOT_FOUND, "WEB-004");
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            return Refusal.of(HttpStatus.METHOD_NOT_ALLOWED, "WEB-005", method.getMethod())
                    .with(method.getHeaders());
        }
        if (failure instanceof HttpMediaTypeNotSupportedException type) {
            return Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "WEB-006").with(type.getHeaders());
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException) {
            return Refusal.of(HttpStatus.NOT_ACCEPTABLE, "WEB-007");
        }
        if (failure instanceof MaxUploadSizeExceededException) {
            return Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, "WEB-008");
        }
        if (failure instanceof MultipartException) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "WEB-010");
        }
        if (failure instanceof BindException binding) {
            return invalid(binding.getFieldErrors());
        }
        if (failure instanceof HandlerMethodValidationException validation) {
            List<Map<String, String>> fields = validation.getParameterValidationResults().stream()
                    .map(result ->
                            Map.of("field", named(result.getMethodParameter().getParameterName())))
                    .toList();
            return Refusal.of(HttpStatus.UNPROCESSABLE_ENTITY, "WEB-009", names(fields))
                    .with("errors", fields);
        }
        if (failure instanceof ErrorResponse other && other.getStatusCode().is4xxClientError()) {
            return ofStatus(other.getStatusCode()).with(other.getHeaders());
        }
        return broken(failure, request);
    }

    /** For what ends outside of any handler, where only a status is known. */
    static Refusal ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 403 -> Refusal.of(status, "AUTH-002");
            case 404 -> Refusal.of(status, "WEB-004");
            case 413 -> Refusal.of(status, "WEB-008");
            default ->
                status.is4xxClientError() ? Refusal.of(status, "WEB-010") : Refusal.of(status, "WEB-011", reference());
        };
    }

    private static Refusal broken(Throwable failure, HttpServletRequest request) {
        String reference = reference();
        LOG.error("{} {} failed, reference {}", request.getMethod(), Caller.path(request), reference, failure);
        return Refusal.of(HttpStatus.INTERNAL_SERVER_ERROR, "WEB-011", reference);
    }

    private static Refusal invalid(List<FieldError> errors) {
        List<Map<String, String>> fields = errors.stream()
                .map(error -> Map.of("field", error.getField(), "rule", named(error.getCode())))
                .toList();
        return Refusal.of(HttpStatus.UNPROCESSABLE_ENTITY, "WEB-009", names(fields))
                .with("errors", fields);
    }

    private static String names(List<Map<String, String>> fields) {
        return String.join(
                ", ",
                fields.stream().map(field -> field.get("field")).distinct().toList());
    }

    private static String missingName(MissingRequestValueException missing) {
        Object[] arguments = missing.getDetailMessageArguments();
        return arguments == null
                ? ""
                : Arrays.stream(arguments).map(String::valueOf).findFirst().orElse("");
    }

    private static String named(@Nullable String name) {
        return name == null ? "" : name;
    }

    /** What a reader can tell an operator, who finds it in the log. */
    private static String reference() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
