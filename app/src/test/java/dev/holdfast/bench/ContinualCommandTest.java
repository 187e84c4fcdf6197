package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.score.Score;
import dev.holdfast.score.Scorer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinualCommandTest {
  @TempDir static Path folder;

  private static String receipts;
  private static String invoices;
  private static String returning;

  private final TestCommand command = new TestCommand();

  @BeforeAll
  static void writeFiles() throws IOException {
    SampleStream stream = new SampleStream(1);
    List<LabelledDocument> all = stream.documents(130).toList();
    write("receipts.jsonl", all.subList(0, 12));
    write("receipts-test.jsonl", all.subList(30, 36));
    write("invoices.jsonl", all.subList(70, 80));
    write("invoices-test.jsonl", all.subList(100, 106));
    receipts = segment("receipts", "receipts.jsonl");
    invoices = segment("invoices", "invoices.jsonl");
    returning =
        String.join(
            ",",
            segment("receipts", "receipts.jsonl@0-50%"),
            invoices,
            segment("receipts", "receipts.jsonl@50-100%"));
  }

  private static void write(String name, List<LabelledDocument> documents) throws IOException {
    try (OutputStream to = Files.newOutputStream(folder.resolve(name))) {
      for (LabelledDocument document : documents) {
        LabelledDocuments.write(to, document);
      }
    }
  }

  private static String segment(String type, String training) {
    return "%s=%s:%s"
        .formatted(type, folder.resolve(training), folder.resolve(type + "-test.jsonl"));
  }

  @Test
  void everyMethodHasTheAgreedKeysAndLearnsSomething() throws Exception {
    JsonNode methods = report("--segments", receipts + "," + invoices).get("methods");

    assertThat(TestCommand.names(methods))
        .containsExactly("naive", "ewc", "replay", "holdfast", "joint");
    for (JsonNode method : methods) {
      assertThat(TestCommand.names(method))
          .contains("acc", "bwt", "forgetting", "forwardTransfer", "intransigence", "minAcc")
          .contains("gapToJoint", "updatesPerSecond", "accSd", "bwtSd", "final", "joint");
      assertThat(TestCommand.names(method.get("final"))).containsExactly("receipts", "invoices");
    }
    JsonNode holdfast = methods.get("holdfast");
    assertThat(holdfast.get("acc").doubleValue()).isGreaterThan(.2);
    assertThat(holdfast.get("rememberedDocuments").intValue()).isEqualTo(22);
    assertThat(methods.get("ewc").get("rememberedDocuments").intValue()).isZero();
    assertThat(holdfast.get("matrix")).hasSize(2);
    assertThat(holdfast.get("bwt").doubleValue())
        .isCloseTo(
            f1(holdfast, 1, "receipts") - f1(holdfast, 0, "receipts"), within(2e-4)); // rounded
    assertThat(methods.get("joint").get("bwt").isNull()).isTrue();
  }

  private static double f1(JsonNode method, int row, String type) {
    return method.get("matrix").get(row).get("f1").get(type).doubleValue();
  }

  @Test
  void aTypeNamedTwiceReturnsAndIsTestedOnce() throws Exception {
    JsonNode naive =
        report("--segments", returning, "--methods", "naive", "--versions-every", "1")
            .get("methods")
            .get("naive");

    assertThat(TestCommand.names(naive.get("final"))).containsExactly("receipts", "invoices");
    assertThat(naive.get("matrix")).hasSize(3);
    assertThat(naive.get("versions").findValues("documents").toString())
        .isEqualTo("[6, 14, 16, 22]");
  }

  @Test
  void predictionsScoreWhatTheReportSays() throws Exception {
    Path predictions = folder.resolve("predictions");
    JsonNode last =
        report(
                "--segments",
                receipts + "," + invoices,
                "--methods",
                "replay",
                "--label-fraction",
                "0.8",
                "--predictions",
                predictions.toString())
            .get("methods")
            .get("replay")
            .get("final");

    for (String type : TestCommand.names(last)) {
      assertThat(last.get(type).doubleValue())
          .isCloseTo(
              score(predictions.resolve("replay").resolve(type + ".jsonl"), type).microF1(),
              within(5e-5));
    }
  }

  private static Score score(Path predictions, String type) throws IOException {
    List<LabelledDocument> tests = LabelledDocuments.read(folder.resolve(type + "-test.jsonl"));
    List<String> lines = Files.readAllLines(predictions);
    assertThat(lines).hasSameSizeAs(tests);
    Score score = Score.NONE;
    for (int i = 0; i < lines.size(); i++) {
      Extraction extraction =
          ExtractionTopics.EXTRACTIONS
              .values()
              .deserializer()
              .deserialize("", lines.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(extraction.document()).isEqualTo(tests.get(i).document().key());
      Map<FieldName, List<String>> texts = new HashMap<>();
      extraction
          .fields()
          .forEach(
              (field, values) ->
                  texts.put(field, values.stream().map(ExtractedValue::text).toList()));
      score =
          score.plus(
              Scorer.score(tests.get(i).document(), tests.get(i).annotation().marks(), texts));
    }
    return score;
  }

  @Test
  void ordersAndSeedsAreRunsAndTheSameCommandGivesTheSame() throws Exception {
    String[] typed = {
      "--segments", returning,
      "--methods", "naive",
      "--orders", "2",
      "--seeds", "2",
      "--label-fraction", "0.6",
      "-S", "learner.learning.visits=8"
    };
    JsonNode first = report(typed).get("methods").get("naive");
    JsonNode second = report(typed).get("methods").get("naive");

    assertThat(second.get("acc")).isEqualTo(first.get("acc"));
    assertThat(second.get("matrix")).isEqualTo(first.get("matrix"));
    assertThat(first.get("accSd").doubleValue()).isPositive();
  }

  @Test
  void pictureIsDrawn() throws Exception {
    Path picture = folder.resolve("stream.svg");
    report(
        "--segments",
        returning,
        "--methods",
        "naive",
        "--limit",
        "3",
        "--picture",
        picture.toString());

    assertThat(Files.readString(picture)).startsWith("<svg").contains("after invoices", "polyline");
  }

  @Test
  void everythingWrongWithTheSegmentsIsSaidAtOnce() {
    assertThat(
            command.run(
                "bench",
                "continual",
                "--segments",
                "receipts," + segment("a", "none.jsonl") + "," + receipts + "@9"))
        .isEqualTo(1);
    assertThat(command.err())
        .contains("expected a segment NAME=TRAIN[@FROM-TO%]:TEST, was receipts")
        .contains("found none at " + folder.resolve("none.jsonl"));
  }

  private JsonNode report(String... arguments) throws IOException {
    return command.json(
        List.of(
            "bench",
            "continual",
            "-S",
            "learner.learning.youth-rehearsals=60",
            "-S",
            "learner.learning.encoder-share=0",
            "-S",
            "learner.learning.idle-rehearsals=8"),
        arguments);
  }
}
