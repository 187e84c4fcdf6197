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

class LongCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private String segment(String type) throws IOException {
    Path file = folder.resolve(type + ".jsonl");
    List<LabelledDocument> documents =
        new SampleStream(1)
            .documents(400)
            .filter(labelled -> labelled.document().type().equals(type))
            .limit(12)
            .toList();
    try (OutputStream to = Files.newOutputStream(file)) {
      for (LabelledDocument document : documents) {
        LabelledDocuments.write(to, document);
      }
    }
    return "%s=%s:%s".formatted(type, file, file);
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void newTypesAreMeasuredAgainstANewbornAlongTheStream() throws IOException {
    Path picture = folder.resolve("long.svg");
    assertThat(
            run(
                "bench",
                "long",
                "--segments",
                segment("receipt") + "," + segment("invoice"),
                "--length",
                "6",
                "--documents",
                "3",
                "--fresh-every",
                "3",
                "--tests",
                "4",
                "--picture",
                picture.toString(),
                "-S",
                "learner.learning.encoder-share=0",
                "-S",
                "learner.learning.youth-rehearsals=40",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode runs = new ObjectMapper().readTree(out.toString()).get("runs");

    assertThat(runs.findValuesAsText("startPull")).containsExactly("0.0", "1.0E-5");
    for (JsonNode run : runs) {
      JsonNode points = run.get("points");
      assertThat(points).hasSize(6);
      assertThat(points.findValuesAsText("fresh"))
          .containsExactly("false", "false", "true", "false", "false", "true");
      assertThat(points.findValuesAsText("type"))
          .containsExactly("receipt", "invoice", "receipt", "receipt", "invoice", "invoice");
      assertThat(points.findValues("newbornF1")).hasSize(2);
      assertThat(points.get(5).get("remembered").asInt()).isEqualTo(18);
      assertThat(points.get(5).get("modelBytes").asLong())
          .isGreaterThan(points.get(4).get("modelBytes").asLong());
      assertThat(run.get("stepTimeRatio").asDouble()).isPositive();
      assertThat(run.get("freshF1").asDouble()).isGreaterThan(.3);
    }
    assertThat(Files.readString(picture)).contains("F1 of new types", "newborn", "</svg>");
  }

  @Test
  void aStreamOfOneNewTypeIsWrongUse() throws IOException {
    assertThat(run("bench", "long", "--segments", segment("receipt"), "--length", "9"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--length: expected at least twice --fresh-every");
  }
}
