package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** Where a session begins: its cookie takes the place of the one that a page being loaded at the same moment was given. */
class PageTokensTests {

    private final PageTokens tokens = new PageTokens();

    @Test
    void aChangeThatComesWithoutASessionBeginsNone() {
        MockHttpServletRequest change = new MockHttpServletRequest("POST", "/worklist/1/presence");
        give(change);
        assertThat(change.getSession(false)).isNull();
    }

    @Test
    void aPageThatIsReadBeginsOneAndItsTokenIsFoundAgain() {
        MockHttpServletRequest page = new MockHttpServletRequest("GET", "/sign-in");
        give(page);
        assertThat(page.getSession(false)).isNotNull();
        assertThat(tokens.loadToken(page)).isNotNull();
    }

    @Test
    void aChangeWithinASessionIsGivenAToken() {
        MockHttpServletRequest change = new MockHttpServletRequest("POST", "/sign-out");
        change.setSession(new MockHttpSession());
        give(change);
        assertThat(tokens.loadToken(change)).isNotNull();
    }

    private void give(MockHttpServletRequest request) {
        tokens.saveToken(tokens.generateToken(request), request, new MockHttpServletResponse());
    }
}
