package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=40";

  @TempDir Path folder;

  private final TestCommand command = new TestCommand();
  private Path before;
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    before = command.sample(folder.resolve("before"), 6, 3);
    train = command.sample(folder.resolve("train"), 6, 1);
    test = command.sample(folder.resolve("test"), 4, 2);
  }

  @Test
  void everyTransferHasACurveOverTheDocuments() throws IOException {
    JsonNode curves =
        command
            .json(
                List.of("bench", "transfer", "--from", "A=" + before, "--to", train + ":" + test),
                "--documents",
                "2,4",
                "--seeds",
                "1",
                "--passes",
                "1",
                "-S",
                QUICK)
            .get("curves");

    assertThat(curves).hasSize(8);
    assertThat(curves.findValuesAsText("transfer"))
        .containsExactly(
            "none", "none", "pretrained", "pretrained", "learned", "learned", "both", "both");
    assertThat(curves)
        .allSatisfy(point -> assertThat(point.get("f1").doubleValue()).isBetween(0., 1.));
    assertThat(f1(curves, "learned"))
        .as("after two documents, with what six others of the same types taught")
        .isGreaterThan(f1(curves, "none"));
  }

  /** After the fewest documents. */
  private static double f1(JsonNode curves, String transfer) {
    for (JsonNode point : curves) {
      if (point.get("transfer").textValue().equals(transfer)) {
        return point.get("f1").doubleValue();
      }
    }
    throw new AssertionError("no curve of " + transfer);
  }

  @Test
  void moreDocumentsThanThereAreIsWrongUse() {
    assertThat(
            command.run(
                "bench",
                "transfer",
                "--from",
                before.toString(),
                "--to",
                train + ":" + test,
                "--documents",
                "2,7"))
        .isEqualTo(1);
    assertThat(command.err()).contains("--documents: expected at most 6, was 7");
  }
}
