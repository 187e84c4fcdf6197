package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MnistCommandTest {
  private static final int SIDE = 6;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

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

  private int run(String... more) {
    String[] arguments = {"mnist", "--data", folder.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    out.getBuffer().setLength(0);
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private JsonNode results(String... arguments) throws IOException {
    assertThat(run(arguments)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString()).get("results");
  }

  @Test
  void networksLearnAndRememberingForgetsLess() throws IOException {
    JsonNode results = results("--methods", "naive,der-200+ewc", "--seeds", "1", "--json");

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
    JsonNode first = results("--methods", "er-50+mas@0.1", "--seeds", "1,2", "--json");
    JsonNode second = results("--methods", "er-50+mas@0.1", "--seeds", "1,2", "--json");

    assertThat(second).isEqualTo(first);
    assertThat(first.get(0).get("accuracy")).isNotEqualTo(first.get(1).get("accuracy"));
  }

  @Test
  void peopleSeeMeansAndSpreads() {
    assertThat(run("--methods", "naive", "--seeds", "1,2")).isZero();
    assertThat(out.toString().lines().skip(1))
        .first()
        .asString()
        .matches("naive +[0-9.]+ ± [0-9.]+ +-?[0-9.]+ ± [0-9.]+ *");
  }

  @Test
  void aMethodThatIsNoneIsWrongUse() {
    assertThat(run("--methods", "naive,ewk")).isNotZero();
    assertThat(err.toString()).contains("was ewk");
  }

  @Test
  void aFileThatIsNoneOfMnistIsNamed() throws IOException {
    try (DataOutputStream images = open("t10k-images-idx3-ubyte.gz")) {
      images.writeInt(0x801);
    }
    assertThat(run("--methods", "naive")).isNotZero();
    assertThat(err.toString())
        .contains("t10k-images-idx3-ubyte.gz: expected to begin with 00000803, was 00000801");
  }
}
