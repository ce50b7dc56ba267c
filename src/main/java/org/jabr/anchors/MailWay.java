package org.jabr.anchors;

import java.util.List;
import org.jabr.journal.Seal;
import org.jabr.post.HouseMail;
import org.jspecify.annotations.Nullable;

/** Writes to people outside. Only when all of them were written to is the seal kept. */
class MailWay implements Way {

    private final HouseMail mail;
    private final List<String> to;

    MailWay(HouseMail mail, List<String> to) {
        this.mail = mail;
        this.to = List.copyOf(to);
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String leads() {
        return String.valueOf(to.size());
    }

    @Override
    public @Nullable String bring(Seal seal) {
        String subject = "Jabr seal %d / ختم جبر %d".formatted(seal.id(), seal.id());
        for (int i = 0; i < to.size(); i++) {
            String code = mail.send(
                    to.get(i), subject, seal.json() + "\n", "seal-" + seal.id() + "-" + i + "." + seal.installation());
            if (code != null) {
                return code;
            }
        }
        return null;
    }
}
