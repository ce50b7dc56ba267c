package org.jabr.cases;

import java.util.HashMap;
import java.util.Map;
import org.jabr.remedies.ItemSettled;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says in the case where the catalogue had nothing that fits, or not what a person had picked. */
@Component
class ItemNews {

    private final CaseDesk desk;

    ItemNews(CaseDesk desk) {
        this.desk = desk;
    }

    @EventListener
    void settled(ItemSettled event) {
        Map<String, Object> values = new HashMap<>();
        values.put("remedy", event.key());
        values.put("to", event.asks() == null ? "NONE" : event.asks().name());
        if (event.wanted() != null) {
            values.put("wanted", event.wanted());
        }
        if (event.item() != null) {
            values.put("item", event.item());
        }
        desk.note(event.caseId(), event.item() == null ? "NO_ITEM" : "OTHER_ITEM", values, event.by());
    }
}
