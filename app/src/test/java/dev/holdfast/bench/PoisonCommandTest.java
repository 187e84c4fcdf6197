package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisonCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    train = sample("train", 24, 1);
    test = sample("test", 4, 2);
  }

  private Path sample(String name, int documents, int seed) {
    Path file = folder.resolve(name);
    String count = Integer.toString(documents);
    String number = Integer.toString(seed);
    assertThat(run("sample", file.toString(), "--documents", count, "--seed", number)).isZero();
    return file;
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int poison(String... more) {
    String[] fixed = {
      "bench",
      "poison",
      "--train",
      train.toString(),
      "--test",
      test.toString(),
      "--seeds",
      "1",
      "-S",
      "learner.learning.youth-rehearsals=16",
      "-S",
      "learner.learning.idle-rehearsals=0"
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return run(all);
  }

  @Test
  void eachWayIsMeasuredBeforeDuringAndAfterTheBurst() throws IOException {
    assertThat(poison("--burst", "8", "--json")).isZero();

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("burstFrom").asInt()).isEqualTo(12);
    assertThat(report.get("burstTo").asInt()).isEqualTo(20);
    for (String name : new String[] {"gate", "none", "honest"}) {
      JsonNode run = report.get("runs").get(name);
      for (String key : new String[] {"before", "lowest", "after", "end"}) {
        assertThat(run.get(key).asDouble()).as(name + " " + key).isBetween(0.0, 1.0);
      }
      assertThat(run.get("lowest").asDouble()).isLessThanOrEqualTo(run.get("after").asDouble());
    }
    // Too little is held back of so few documents to judge by.
    assertThat(report.get("runs").get("gate").get("refused").asInt()).isZero();
  }

  @Test
  void aBurstThatDoesNotFitIsRefused() {
    assertThat(poison("--burst", "13")).isEqualTo(1);
    assertThat(err.toString()).contains("--at");
  }
}
