package org.jabr.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what ended before it reached a handler: in a filter, in the container, at the door. */
@Controller
class ErrorPages implements ErrorController {

    /** Request attribute: the refusal, where whoever sent the error knew it. */
    static final String REFUSAL = "jabr.refusal";

    private final Answers answers;

    ErrorPages(Answers answers) {
        this.answers = answers;
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        if (request.getAttribute(REFUSAL) instanceof Refusal refusal) {
            return answers.of(request, refusal);
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            return answers.of(request, Refusals.refusal(failure, request));
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number && number >= 400 ? number : 404;
        return answers.of(request, Refusals.ofStatus(HttpStatusCode.valueOf(code)));
    }
}
