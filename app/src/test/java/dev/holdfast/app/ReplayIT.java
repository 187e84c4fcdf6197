package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that bring their own broker and documents, as a user gives them. */
class ReplayIT {
  private static final List<String> KEYS =
      List.of(
          "documents",
          "extractions",
          "duplicateExtractions",
          "rejected",
          "versions",
          "prequentialF1",
          "prequentialF1Last100",
          "byType",
          "byField",
          "learnToReadyMillis",
          "learnToServeMillis",
          "seconds",
          "servingWordsPerSecond");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void replayOfAFileReportsWhatCameOfEachDocument() throws Exception {
    Path file = folder.resolve("sample.jsonl");
    assertThat(run("sample", file.toString(), "--documents", "30")).isZero();
    assertThat(run("replay", file.toString(), "--limit", "24", "--json"))
        .as(err.toString())
        .isZero();
    JsonNode report = theOneObject();
    assertThat(names(report)).isEqualTo(KEYS);
    assertThat(names(report.get("learnToServeMillis"))).containsExactly("p50", "p95");
    assertThat(report.get("documents").intValue()).isEqualTo(24);
    assertThat(report.get("extractions").intValue()).isEqualTo(24);
    assertThat(report.get("duplicateExtractions").intValue()).isZero();
    assertThat(report.get("rejected").intValue()).isZero();
    assertThat(report.get("versions").intValue()).isGreaterThanOrEqualTo(3);
    assertThat(report.get("prequentialF1").doubleValue()).isGreaterThan(0);
    assertThat(report.get("learnToServeMillis").get("p50").doubleValue()).isPositive();
    assertThat(report.get("learnToReadyMillis").get("p50").doubleValue()).isPositive();
  }

  @Test
  void secondDemoOnTheSameFolderGoesOnWhereTheFirstEnded() throws Exception {
    String data = folder.resolve("demo").toString();
    assertThat(run("demo", "--data", data, "--documents", "12", "--rate", "100", "--json"))
        .as(err.toString())
        .isZero();
    JsonNode first = theOneObject();
    assertThat(names(first)).isEqualTo(KEYS);
    assertThat(first.get("extractions").intValue()).isEqualTo(12);
    assertThat(Path.of(data))
        .isDirectoryContaining("glob:**/kafka")
        .isDirectoryContaining("glob:**/ingest");
    out.getBuffer().setLength(0);
    assertThat(run("demo", "--data", data, "--documents", "12", "--rate", "100", "--json"))
        .as(err.toString())
        .isZero();
    JsonNode second = theOneObject();
    assertThat(second.get("extractions").intValue()).isEqualTo(12);
    assertThat(second.get("duplicateExtractions").intValue()).isZero();
    assertThat(second.get("rejected").intValue()).isZero();
    // What the first has learned is known to the second from its first document on.
    assertThat(second.get("prequentialF1").doubleValue())
        .isGreaterThan(first.get("prequentialF1").doubleValue());
  }

  private JsonNode theOneObject() throws Exception {
    assertThat(out.toString().lines()).hasSize(1);
    return new ObjectMapper().readTree(out.toString());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
