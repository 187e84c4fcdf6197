package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=60";

  @TempDir Path folder;

  private final TestCommand command = new TestCommand();
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    train = command.sample(folder.resolve("train"), 12, 1);
    test = command.sample(folder.resolve("test"), 6, 2);
  }

  private JsonNode bench(String sets, String... more) throws IOException {
    return command
        .json(List.of("bench", "extraction", "--sets", sets, "-S", QUICK), more)
        .get("rows");
  }

  private String set() {
    return "A=" + train + ":" + test;
  }

  @Test
  void afterEightDocumentsItIsAsGoodAsEvaluateFindsIt() throws IOException {
    JsonNode rows = bench(set(), "--documents", "8");
    JsonNode evaluated =
        command.json(
            List.of("evaluate", "--train", train.toString(), "--test", test.toString()),
            "--predictions",
            folder.resolve("predictions").toString(),
            "--limit",
            "8",
            "-S",
            QUICK);

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
            set(),
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
    JsonNode rows = bench(set() + ",B=" + test + ":" + train, "--modes", "mixed");

    assertThat(rows.findValuesAsText("set")).containsExactly("A", "B");
    assertThat(rows.findValuesAsText("documents")).containsExactly("12", "6");
    assertThat(rows.findValuesAsText("updates").get(0))
        .as("one learner")
        .isEqualTo(rows.get(1).get("updates").asText());
  }
}
