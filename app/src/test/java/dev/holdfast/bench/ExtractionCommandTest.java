package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=60";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    train = sample("train", 12, 1);
    test = sample("test", 6, 2);
  }

  private Path sample(String name, int documents, int seed) {
    Path file = folder.resolve(name);
    run("sample", file.toString(), "--documents", "" + documents, "--seed", "" + seed);
    out.getBuffer().setLength(0);
    return file;
  }

  private void run(String... arguments) {
    int exit =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    assertThat(exit).as(err.toString()).isZero();
  }

  private JsonNode bench(String... more) throws IOException {
    String[] all =
        List.of("bench", "extraction", "--sets", "A=" + train + ":" + test, "-S", QUICK, "--json")
            .toArray(String[]::new);
    String[] arguments = new String[all.length + more.length];
    System.arraycopy(all, 0, arguments, 0, all.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    out.getBuffer().setLength(0);
    run(arguments);
    return new ObjectMapper().readTree(out.toString()).get("rows");
  }

  @Test
  void afterEightDocumentsItIsAsGoodAsEvaluateFindsIt() throws IOException {
    JsonNode rows = bench("--documents", "8");
    out.getBuffer().setLength(0);
    run(
        "evaluate",
        "--train",
        train.toString(),
        "--test",
        test.toString(),
        "--predictions",
        folder.resolve("predictions").toString(),
        "--limit",
        "8",
        "-S",
        QUICK,
        "--json");
    JsonNode evaluated = new ObjectMapper().readTree(out.toString());

    assertThat(rows.findValuesAsText("documents")).containsExactly("8", "12");
    assertThat(rows.get(0).get("f1")).isEqualTo(evaluated.get("microF1"));
    assertThat(rows.get(0).get("updates").asLong()).isEqualTo(evaluated.get("updates").asLong());
    assertThat(rows.get(0).get("expectedCalibrationError"))
        .isEqualTo(evaluated.get("expectedCalibrationError"));
  }

  @Test
  void eachAblationIsARowOfItsOwn() throws IOException {
    JsonNode rows =
        bench(
            "--documents",
            "12",
            "--label-fraction",
            "0.5",
            "--modes",
            "stream,joint",
            "--ablations",
            "none,encoder-only,missing-outside");

    assertThat(rows.findValuesAsText("ablation"))
        .containsExactly(
            "none", "encoder-only", "missing-outside", "none", "encoder-only", "missing-outside");
    assertThat(rows.findValuesAsText("mode"))
        .containsExactly("stream", "stream", "stream", "joint", "joint", "joint");
    // Silence taken for absence teaches that half of what is there is not.
    assertThat(rows.get(2).get("f1").doubleValue()).isLessThan(rows.get(0).get("f1").doubleValue());
  }

  @Test
  void setsLearnedTogetherAreTestedEach() throws IOException {
    out.getBuffer().setLength(0);
    run(
        "bench",
        "extraction",
        "--sets",
        "A=" + train + ":" + test + ",B=" + test + ":" + train,
        "--modes",
        "mixed",
        "-S",
        QUICK,
        "--json");
    JsonNode rows = new ObjectMapper().readTree(out.toString()).get("rows");

    assertThat(rows.findValuesAsText("set")).containsExactly("A", "B");
    assertThat(rows.findValuesAsText("documents")).containsExactly("12", "6");
    assertThat(rows.findValuesAsText("updates").get(0))
        .as("one learner")
        .isEqualTo(rows.get(1).get("updates").asText());
  }
}
