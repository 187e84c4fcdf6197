package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=100";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path train;
  private Path test;
  private Path predictions;

  @BeforeEach
  void writeFiles() {
    train = folder.resolve("train.jsonl");
    test = folder.resolve("test.jsonl");
    predictions = folder.resolve("predictions.jsonl");
    assertThat(run("sample", train.toString(), "--documents", "16", "--seed", "1")).isZero();
    assertThat(run("sample", test.toString(), "--documents", "8", "--seed", "2")).isZero();
  }

  @Test
  void reportHasTheAgreedKeysAndSomethingWasLearned() throws Exception {
    JsonNode report = evaluate();
    assertThat(names(report))
        .containsExactly(
            "microF1",
            "macroF1",
            "precision",
            "recall",
            "fields",
            "expectedCalibrationError",
            "foreignValues",
            "automation",
            "trainDocuments",
            "testDocuments",
            "parameters",
            "trainSeconds",
            "wordsPerSecond",
            "updates");
    assertThat(report.get("trainDocuments").intValue()).isEqualTo(16);
    assertThat(report.get("testDocuments").intValue()).isEqualTo(8);
    assertThat(report.get("microF1").doubleValue()).isGreaterThan(0.1);
  }

  @Test
  void everyTestDocumentHasItsExtractionInOrder() throws Exception {
    evaluate();
    List<String> lines = Files.readAllLines(predictions);
    List<LabelledDocument> tests = LabelledDocuments.read(test);
    assertThat(lines).hasSameSizeAs(tests);
    for (int i = 0; i < lines.size(); i++) {
      Extraction extraction =
          ExtractionTopics.EXTRACTIONS
              .values()
              .deserializer()
              .deserialize("", lines.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(extraction.document()).isEqualTo(tests.get(i).document().key());
    }
  }

  @Test
  void sameSeedGivesTheSamePredictions() throws Exception {
    evaluate();
    byte[] first = Files.readAllBytes(predictions);
    evaluate();
    assertThat(Files.readAllBytes(predictions)).isEqualTo(first);
  }

  @Test
  void limitAndLabelFractionLeaveLessToLearn() throws Exception {
    int all = evaluate().get("updates").intValue();
    JsonNode limited = evaluate("--limit", "4", "--label-fraction", "0.5");
    assertThat(limited.get("trainDocuments").intValue()).isEqualTo(4);
    assertThat(limited.get("updates").intValue()).isLessThan(all);
  }

  @Test
  void jointLearningComesAgainAndAgain() throws Exception {
    evaluate("--mode", "joint", "--limit", "4");
    assertThat(err.toString()).contains("pass 2");
  }

  @Test
  void settingThatIsNoneOfLearningIsWrongUse() {
    assertThat(
            run(
                "evaluate",
                "--train",
                train.toString(),
                "--test",
                test.toString(),
                "--predictions",
                predictions.toString(),
                "-S",
                "learner.learning.visit=3"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("learner.learning.visit: unknown setting");
  }

  private JsonNode evaluate(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--train",
                train.toString(),
                "--test",
                test.toString(),
                "--predictions",
                predictions.toString(),
                "-S",
                QUICK,
                "--json"));
    arguments.addAll(List.of(more));
    out.getBuffer().setLength(0);
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
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
