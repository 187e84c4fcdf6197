package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCommandTest {
  @TempDir Path folder;

  private final TestCommand command = new TestCommand();

  @Test
  void onlyTheSecondHalfOfTheRoundsCounts() throws IOException {
    String file = command.sample(folder.resolve("train"), 16, 1).toString();

    JsonNode cost =
        command.json(
            List.of("bench", "step", "--train", file),
            "-S",
            "learner.learning.revisits=0",
            "-S",
            "learner.learning.youth-rehearsals=0");

    // Eight documents, two visits each.
    assertThat(cost.get("updates").intValue()).isEqualTo(16);
    double plain = cost.get("plainMilliseconds").doubleValue();
    double held = cost.get("heldMilliseconds").doubleValue();
    assertThat(plain).isPositive();
    assertThat(cost.get("elasticShare").doubleValue()).isCloseTo(1 - plain / held, within(.01));
  }

  @Test
  void fewerDocumentsThanTwoRoundsAreWrongUse() {
    assertThat(command.run("bench", "step", "--train", "none.jsonl", "--limit", "15")).isEqualTo(1);
    assertThat(command.err()).contains("--limit: expected at least 16, was 15");
  }
}
