package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistCommandTest {
  private static final int SIDE = 6;

  @TempDir Path folder;

  private final TestCommand command = new TestCommand();

  @BeforeEach
  void writeDigits() throws IOException {
    write("train", 1_600, new SplittableRandom(1));
    write("t10k", 200, new SplittableRandom(2));
  }

  /** Digits of ten fixed patterns, each with a tenth of its pixels wrong. */
  private void write(String name, int count, SplittableRandom random) throws IOException {
    try (DataOutputStream images = open(name + "-images-idx3-ubyte.gz");
        DataOutputStream labels = open(name + "-labels-idx1-ubyte.gz")) {
      images.writeInt(0x803);
      images.writeInt(count);
      images.writeInt(SIDE);
      images.writeInt(SIDE);
      labels.writeInt(0x801);
      labels.writeInt(count);
      for (int i = 0; i < count; i++) {
        int label = random.nextInt(10);
        labels.writeByte(label);
        SplittableRandom pattern = new SplittableRandom(label);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
          boolean lit = pattern.nextBoolean() ^ random.nextInt(10) == 0;
          images.writeByte(lit ? 255 : 0);
        }
      }
    }
  }

  private DataOutputStream open(String name) throws IOException {
    return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))));
  }

  private List<String> mnist(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "mnist", "--data", folder.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private int run(String... more) {
    return command.run(mnist(more).toArray(String[]::new));
  }

  private JsonNode results(String... more) throws IOException {
    return command.json(mnist(more)).get("results");
  }

  @Test
  void networksLearnAndRememberingForgetsLess() throws IOException {
    JsonNode results = results("--methods", "naive,der-200+ewc", "--seeds", "1");

    assertThat(results).hasSize(2);
    JsonNode naive = results.get(0);
    JsonNode held = results.get(1);
    assertThat(naive.get("method").textValue()).isEqualTo("naive");
    assertThat(naive.get("seed").longValue()).isEqualTo(1);
    assertThat(held.get("accuracy").doubleValue())
        .isGreaterThan(60)
        .isGreaterThan(naive.get("accuracy").doubleValue());
    assertThat(held.get("backwardTransfer").doubleValue())
        .isGreaterThan(naive.get("backwardTransfer").doubleValue());
  }

  @Test
  void theSameSeedGivesTheSameFiguresAndAnotherDoesNot() throws IOException {
    JsonNode first = results("--methods", "er-50+mas@0.1", "--seeds", "1,2");
    JsonNode second = results("--methods", "er-50+mas@0.1", "--seeds", "1,2");

    assertThat(second).isEqualTo(first);
    assertThat(first.get(0).get("accuracy")).isNotEqualTo(first.get(1).get("accuracy"));
  }

  @Test
  void peopleSeeMeansAndSpreads() {
    assertThat(run("--methods", "naive", "--seeds", "1,2")).isZero();
    assertThat(command.out().lines().skip(1))
        .first()
        .asString()
        .matches("naive +[0-9.]+ ± [0-9.]+ +-?[0-9.]+ ± [0-9.]+ *");
  }

  @Test
  void aMethodThatIsNoneIsWrongUse() {
    assertThat(run("--methods", "naive,ewk")).isNotZero();
    assertThat(command.err()).contains("was ewk");
  }

  @Test
  void aFileThatIsNoneOfMnistIsNamed() throws IOException {
    try (DataOutputStream images = open("t10k-images-idx3-ubyte.gz")) {
      images.writeInt(0x801);
    }
    assertThat(run("--methods", "naive")).isNotZero();
    assertThat(command.err())
        .contains("t10k-images-idx3-ubyte.gz: expected to begin with 00000803, was 00000801");
  }
}
