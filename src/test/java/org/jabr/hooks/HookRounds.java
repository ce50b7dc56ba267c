package org.jabr.hooks;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms tell what happened, step by step. */
@TestComponent
public class HookRounds {

    private final NewsRound news;
    private final Receivers receivers;

    HookRounds(NewsRound news, Receivers receivers) {
        this.news = news;
        this.receivers = receivers;
    }

    /** Tells what is due until nothing is, or nobody answers. */
    public void tell() {
        for (Receiver receiver : receivers.all()) {
            while (news.round(receiver)) {
                // As long as there is something to tell.
            }
        }
    }
}
