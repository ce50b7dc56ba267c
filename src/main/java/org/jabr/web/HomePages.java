package org.jabr.web;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where everybody starts: in the first room that is theirs. */
@Controller
class HomePages {

    private final Navigation navigation;
    private final Reader reader;

    HomePages(Navigation navigation, Reader reader) {
        this.navigation = navigation;
        this.reader = reader;
    }

    @GetMapping("/")
    String home() {
        if (reader.account() != null && reader.account().passwordIsOneTime()) {
            return "redirect:/password";
        }
        List<Navigation.Entry> rooms = navigation.entries();
        return rooms.isEmpty() ? "home" : "redirect:" + rooms.get(0).path();
    }
}
