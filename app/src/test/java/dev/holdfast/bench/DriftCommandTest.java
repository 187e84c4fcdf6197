package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.sample.SampleStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {
  @TempDir private Path folder;

  private final TestCommand command = new TestCommand();

  private static JsonNode result(JsonNode report, String stream, String detector) {
    for (JsonNode result : report.get("results")) {
      if (result.get("stream").asText().equals(stream)
          && result.get("detector").asText().equals(detector)) {
        return result;
      }
    }
    throw new AssertionError("no result of " + detector + " on " + stream);
  }

  @Test
  void detectorsOnErrorsAreBetweenTheDummies() throws Exception {
    JsonNode report = command.json(List.of("bench", "drift", "--errors"));

    assertThat(result(report, "errors", "never").get("falseAlarmsPer10000").asDouble()).isZero();
    assertThat(result(report, "errors", "always").get("falseAlarmsPer10000").asDouble())
        .isGreaterThan(9_900);
    JsonNode test = result(report, "errors", "Page-Hinkley λ10 δ.05");
    assertThat(test.get("falseAlarmsPer10000").asDouble()).isLessThan(1);
    assertThat(test.at("/changes/0.10 to 0.30/detected").asInt()).isEqualTo(20);
    assertThat(test.at("/changes/0.10 to 0.30/medianDelay").asInt()).isBetween(40, 80);
  }

  @Test
  void newFileIsSeenWithinAHundredDocuments() throws Exception {
    Path receipts = file("receipts.jsonl", 0, 40);
    Path invoices = file("invoices.jsonl", 70, 90);

    JsonNode report =
        command.json(
            List.of("bench", "drift", "--stream", receipts + "," + invoices, "--documents", "200"));

    JsonNode vote = result(report, "files", "two of three");
    assertThat(vote.at("/changes/new file/within100").asInt()).isEqualTo(1);
    assertThat(vote.get("falseAlarmsPer10000").asDouble()).isZero();
    assertThat(vote.get("seen").asInt()).isEqualTo(400);
  }

  @Test
  void whatIsWrongWithTheOptionsIsSaidAtOnce() {
    assertThat(command.run("bench", "drift", "--documents", "1")).isEqualTo(1);

    assertThat(command.err())
        .contains("--stream: expected files, or --errors or --sample, was none")
        .contains("--documents: expected at least 200, was 1");
  }

  private Path file(String name, int from, int to) throws IOException {
    SampleStream stream = new SampleStream(1);
    Path file = folder.resolve(name);
    try (OutputStream bytes = Files.newOutputStream(file)) {
      for (int i = from; i < to; i++) {
        LabelledDocuments.write(bytes, stream.at(i));
      }
    }
    return file;
  }
}
