package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.sample.SampleStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private String segment(String type, int train, int test) throws IOException {
    List<LabelledDocument> documents =
        new SampleStream(1)
            .documents(400)
            .filter(labelled -> labelled.document().type().equals(type))
            .limit(train + test)
            .toList();
    Path training = write(type + "-train.jsonl", documents.subList(0, train));
    return "%s=%s:%s"
        .formatted(
            type, training, write(type + "-test.jsonl", documents.subList(train, train + test)));
  }

  private Path write(String name, List<LabelledDocument> documents) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream to = Files.newOutputStream(file)) {
      for (LabelledDocument document : documents) {
        LabelledDocuments.write(to, document);
      }
    }
    return file;
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void whatWasForkedAndMergedKnowsBothTypes() throws IOException {
    assertThat(
            run(
                "bench",
                "lineage",
                "--segments",
                segment("receipt", 16, 6) + "," + segment("invoice", 16, 6),
                "--seeds",
                "1",
                "-S",
                "learner.learning.encoder-share=0",
                "-S",
                "learner.learning.youth-rehearsals=80",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode stages = new ObjectMapper().readTree(out.toString()).get("stages");

    assertThat(stages.findValuesAsText("stage"))
        .containsExactly("first", "fork", "merged", "apart", "merged-apart", "both");
    assertThat(f1(stages, 0, "invoice")).isLessThan(f1(stages, 1, "invoice"));
    assertThat(f1(stages, 2, "receipt")).isGreaterThan(.5);
    assertThat(f1(stages, 2, "invoice")).isGreaterThan(.5);
    assertThat(f1(stages, 3, "receipt")).isLessThan(f1(stages, 4, "receipt"));
  }

  private static double f1(JsonNode stages, int stage, String type) {
    return stages.get(stage).get("f1").get(type).asDouble();
  }

  @Test
  void anythingButTwoTypesIsWrongUse() throws IOException {
    assertThat(run("bench", "lineage", "--segments", segment("receipt", 2, 1))).isEqualTo(1);
    assertThat(err.toString()).contains("--segments: expected two, was 1");
  }
}
