package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ThroughputIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void documentsThatWaitAreServedAsExtractionAloneReadsThemWhileVersionsCome() throws IOException {
    int exit =
        run(
            "bench",
            "throughput",
            "--learn=8",
            "--documents=120",
            "--versions-every=20",
            "-S",
            "learner.learning.youth-rehearsals=0",
            "-S",
            "serving.poll.max-documents=10",
            "--json");

    assertThat(exit).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    // The second half, but for what was served while the first was still looked at.
    assertThat(report.get("documents").longValue()).isBetween(1L, 60L);
    assertThat(report.get("transactions").longValue()).isBetween(1L, 60L);
    assertThat(report.get("versions").longValue()).isEqualTo(3);
    assertThat(report.get("modelBytes").longValue()).isGreaterThan(100_000);
    assertThat(report.get("words").doubleValue() / report.get("seconds").doubleValue())
        .isCloseTo(report.get("wordsPerSecond").doubleValue(), withPercentage(5));
    assertThat(report.get("servingWordsPerSecond").doubleValue()).isPositive();
    assertThat(report.get("extractionWordsPerSecond").doubleValue()).isPositive();
    double shares = 0;
    for (JsonNode share : report.get("shares")) {
      shares += share.doubleValue();
    }
    assertThat(shares).isBetween(.999, 1.001);
    assertThat(report.get("shares").get("encoder").doubleValue()).isPositive();
  }

  @Test
  void settingsOfOtherServicesAreRefused() {
    assertThat(run("bench", "throughput", "-S", "ingest.threads=2")).isEqualTo(1);
    assertThat(err.toString())
        .contains("ingest.threads: expected a setting of learner. or serving");
  }
}
