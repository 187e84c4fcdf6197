package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=100";

  @TempDir Path folder;

  private final TestCommand command = new TestCommand();
  private Path train;
  private Path test;
  private Path predictions;

  @BeforeEach
  void writeFiles() {
    train = command.sample(folder.resolve("train.jsonl"), 16, 1);
    test = command.sample(folder.resolve("test.jsonl"), 8, 2);
    predictions = folder.resolve("predictions.jsonl");
  }

  @Test
  void reportHasTheAgreedKeysAndSomethingWasLearned() throws Exception {
    JsonNode report = evaluate();
    assertThat(TestCommand.names(report))
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
    assertThat(command.err()).contains("pass 2");
  }

  @Test
  void settingThatIsNoneOfLearningIsWrongUse() {
    assertThat(
            command.run(
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
    assertThat(command.err()).contains("learner.learning.visit: unknown setting");
  }

  private JsonNode evaluate(String... more) throws IOException {
    return command.json(
        List.of(
            "evaluate",
            "--train",
            train.toString(),
            "--test",
            test.toString(),
            "--predictions",
            predictions.toString(),
            "-S",
            QUICK),
        more);
  }
}
