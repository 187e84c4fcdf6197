package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthCommandTest {
  private final TestCommand command = new TestCommand();

  @Test
  void reportsWhatATokenCostsInDocumentsOfEachLength() throws IOException {
    JsonNode lengths =
        command
            .json(
                List.of("bench", "length", "--tokens", "100,300"),
                "-S",
                "learner.learning.rehearsals=0",
                "-S",
                "learner.learning.revisits=0")
            .get("lengths");

    assertThat(lengths.findValuesAsText("tokens")).containsExactly("100", "300");
    for (JsonNode length : lengths) {
      double update = length.get("updateMilliseconds").doubleValue();
      double perToken = length.get("updateMicrosecondsPerToken").doubleValue();
      assertThat(update).isPositive();
      assertThat(length.get("extractMilliseconds").doubleValue()).isPositive();
      // Both are rounded to two decimals.
      assertThat(perToken).isCloseTo(1e3 * update / length.get("tokens").intValue(), within(.06));
    }
  }

  @Test
  void aDocumentOfFewerThanAHundredTokensIsWrongUse() {
    assertThat(command.run("bench", "length", "--tokens", "99")).isEqualTo(1);
    assertThat(command.err()).contains("--tokens: expected numbers from 100, was [99]");
  }
}
