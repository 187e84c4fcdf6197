package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=40";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path before;
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    before = sample("before", 6, 3);
    train = sample("train", 6, 1);
    test = sample("test", 4, 2);
  }

  private Path sample(String name, int documents, int seed) {
    Path file = folder.resolve(name);
    assertThat(
            run(
                "sample",
                file.toString(),
                "--documents",
                Integer.toString(documents),
                "--seed",
                Integer.toString(seed)))
        .isZero();
    return file;
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void everyTransferHasACurveOverTheDocuments() throws IOException {
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "bench",
                "transfer",
                "--from",
                "A=" + before,
                "--to",
                train + ":" + test,
                "--documents",
                "2,4",
                "--seeds",
                "1",
                "--passes",
                "1",
                "-S",
                QUICK,
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode curves = new ObjectMapper().readTree(out.toString()).get("curves");

    assertThat(curves).hasSize(8);
    assertThat(curves.findValuesAsText("transfer"))
        .containsExactly(
            "none", "none", "pretrained", "pretrained", "learned", "learned", "both", "both");
    assertThat(curves)
        .allSatisfy(point -> assertThat(point.get("f1").doubleValue()).isBetween(0., 1.));
  }

  @Test
  void moreDocumentsThanThereAreIsWrongUse() {
    assertThat(
            run(
                "bench",
                "transfer",
                "--from",
                before.toString(),
                "--to",
                train + ":" + test,
                "--documents",
                "2,7"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--documents: expected at most 6, was 7");
  }
}
