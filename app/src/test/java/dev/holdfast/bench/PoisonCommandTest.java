package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisonCommandTest {
  @TempDir Path folder;

  private final TestCommand command = new TestCommand();
  private Path train;
  private Path test;

  @BeforeEach
  void writeFiles() {
    train = command.sample(folder.resolve("train"), 24, 1);
    test = command.sample(folder.resolve("test"), 4, 2);
  }

  private List<String> poison() {
    return List.of(
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
        "learner.learning.idle-rehearsals=0");
  }

  @Test
  void eachWayIsMeasuredBeforeDuringAndAfterTheBurst() throws IOException {
    JsonNode report = command.json(poison(), "--burst", "8");

    assertThat(report.get("burstFrom").asInt()).isEqualTo(12);
    assertThat(report.get("burstTo").asInt()).isEqualTo(20);
    for (String name : new String[] {"gate", "none", "honest"}) {
      JsonNode run = report.get("runs").get(name);
      for (String key : new String[] {"before", "lowest", "after", "end"}) {
        assertThat(run.get(key).asDouble()).as(name + " " + key).isBetween(0.0, 1.0);
      }
      assertThat(run.get("lowest").asDouble()).isLessThanOrEqualTo(run.get("after").asDouble());
    }
    assertThat(report.at("/runs/none/after")).isNotEqualTo(report.at("/runs/honest/after"));
    // Too little is held back of so few documents to judge by.
    assertThat(report.get("runs").get("gate").get("refused").asInt()).isZero();
  }

  @Test
  void aBurstThatDoesNotFitIsRefused() {
    List<String> tooLong = new ArrayList<>(poison());
    tooLong.addAll(List.of("--burst", "13"));

    assertThat(command.run(tooLong.toArray(String[]::new))).isEqualTo(1);
    assertThat(command.err()).contains("--at");
  }
}
