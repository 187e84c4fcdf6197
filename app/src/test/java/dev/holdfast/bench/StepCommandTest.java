package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void onlyTheSecondHalfOfTheRoundsCounts() throws IOException {
    String file = folder.resolve("train").toString();
    assertThat(run("sample", file, "--documents", "16")).isZero();
    out.getBuffer().setLength(0);

    int code =
        run(
            "bench",
            "step",
            "--train",
            file,
            "-S",
            "learner.learning.revisits=0",
            "-S",
            "learner.learning.youth-rehearsals=0",
            "--json");

    assertThat(code).as(err.toString()).isZero();
    JsonNode cost = new ObjectMapper().readTree(out.toString());
    // Eight documents, two visits each.
    assertThat(cost.get("updates").intValue()).isEqualTo(16);
    double plain = cost.get("plainMilliseconds").doubleValue();
    double held = cost.get("heldMilliseconds").doubleValue();
    assertThat(plain).isPositive();
    assertThat(cost.get("elasticShare").doubleValue()).isCloseTo(1 - plain / held, within(.01));
  }

  @Test
  void fewerDocumentsThanTwoRoundsAreWrongUse() {
    assertThat(run("bench", "step", "--train", "none.jsonl", "--limit", "15")).isEqualTo(1);
    assertThat(err.toString()).contains("--limit: expected at least 16, was 15");
  }
}
