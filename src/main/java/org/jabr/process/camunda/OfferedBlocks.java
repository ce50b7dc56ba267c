package org.jabr.process.camunda;

import static org.jabr.process.BuildingBlock.Parameter.choice;
import static org.jabr.process.BuildingBlock.Parameter.optional;
import static org.jabr.process.BuildingBlock.Parameter.required;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.cases.Stage;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Shape;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.process.BuildingBlocks;
import org.jabr.process.ChoosingSteps;
import org.jabr.worklist.WorkItem;
import org.springframework.stereotype.Component;

/** What the house offers to diagrams: each block bean says itself what it takes, the rest is what people do. */
@Component
class OfferedBlocks implements BuildingBlocks {

    static final String ASK_PERSON = "askPerson";
    static final String ASK_APPROVAL = "askApproval";
    static final String CALL_PROCESS = "callProcess";
    static final String END = "end";

    private static final String[] AUTHORITIES = {"RULES", "AGENT", "SUPERVISOR", "MANAGER"};

    private final List<BuildingBlock> all;

    OfferedBlocks(Map<String, Block> blocks) {
        Parameter stage = new Parameter(
                StageKeeper.STAGE,
                Type.CHOICE,
                false,
                Arrays.stream(Stage.values()).map(Enum::name).toList());
        Parameter by = optional("by", Type.VARIABLE);
        this.all = Stream.concat(
                        blocks.values().stream().map(Block::offered).sorted(Comparator.comparing(BuildingBlock::name)),
                        Stream.of(askPerson(), askApproval(), callProcess(), end()))
                .map(block -> switch (block.shape()) {
                    case CALL -> block;
                    case END -> block.with(stage);
                    default -> block.with(stage, by);
                })
                .toList();
    }

    @Override
    public List<BuildingBlock> all() {
        return all;
    }

    /** The block of that name. */
    BuildingBlock get(String name) {
        return all.stream()
                .filter(block -> block.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Names of the blocks that the house carries out by itself. */
    List<String> delegates() {
        return all.stream()
                .filter(block -> block.shape() == Shape.SERVICE_TASK || block.shape() == Shape.RULE_TASK)
                .map(BuildingBlock::name)
                .toList();
    }

    private static BuildingBlock askPerson() {
        String[] kinds = Arrays.stream(WorkItem.Kind.values())
                .filter(kind -> kind != WorkItem.Kind.APPROVAL
                        && kind != WorkItem.Kind.INCIDENT
                        && kind != WorkItem.Kind.PROMISE)
                .map(Enum::name)
                .toArray(String[]::new);
        return new BuildingBlock(
                ASK_PERSON,
                Shape.USER_TASK,
                List.of(
                        optional(WorkOpener.FORM, Type.FORM),
                        choice("kind", true, kinds),
                        required("due", Type.DUE),
                        choice("authority", true, AUTHORITIES),
                        optional("queue", Type.TEXT),
                        choice("assignee", false, "owner"),
                        optional(ChoosingSteps.CHOOSES, Type.MOMENT),
                        optional(KeepAnswers.KEEP, Type.FIELDS)),
                List.of());
    }

    private static BuildingBlock askApproval() {
        return new BuildingBlock(
                ASK_APPROVAL,
                Shape.USER_TASK,
                List.of(
                        choice("kind", true, WorkItem.Kind.APPROVAL.name()),
                        required("moment", Type.MOMENT),
                        required("due", Type.DUE),
                        optional("queue", Type.TEXT)),
                List.of());
    }

    private static BuildingBlock callProcess() {
        return new BuildingBlock(CALL_PROCESS, Shape.CALL, List.of(required("calledElement", Type.PROCESS)), List.of());
    }

    private static BuildingBlock end() {
        return new BuildingBlock(END, Shape.END, List.of(), List.of());
    }
}
