package org.jabr.process.camunda;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.process.Letters;
import org.springframework.stereotype.Component;

/**
 * Writes the {@code letter} to the customer. With a {@code moment} it tells what was granted there, with
 * {@code only=newest} what the newest decision added.
 */
@Component
class SendLetter extends Block {

    private final Letters letters;

    SendLetter(Letters letters) {
        this.letters = letters;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service(
                "sendLetter",
                List.of(),
                Parameter.required("letter", Type.LETTER),
                Parameter.optional("moment", Type.MOMENT),
                Parameter.choice("only", false, "newest"));
    }

    @Override
    void run(Step step) {
        Set<String> tags = Stream.of("tone", "mode", "survey")
                .map(step::text)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        letters.send(
                step.caseId(),
                new Letters.Order(
                        step.parameter("letter"),
                        step.text("channel"),
                        tags,
                        step.find("moment").orElse(null),
                        Optional.ofNullable(step.text(Step.REOPENED_AFTER))
                                .map(Long::valueOf)
                                .orElse(0L),
                        step.find("only").isPresent()));
    }
}
