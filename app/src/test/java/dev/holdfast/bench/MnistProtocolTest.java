package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.continual.Softmax.Classes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MnistProtocolTest {
  private static final List<Digit> DIGITS =
      IntStream.range(0, 40).mapToObj(i -> new Digit(new byte[] {1, 2, 3, 4}, i % 10)).toList();

  private static List<Task> tasks(MnistProtocol protocol) {
    return protocol.tasks(new Digits(DIGITS, DIGITS, 4), new SplittableRandom(3));
  }

  @Test
  void everyDigitIsInOneOfTheSplitTasksAmongItsTwoOutputs() {
    List<Task> tasks = tasks(MnistProtocol.SPLIT);

    assertThat(tasks).hasSize(5);
    assertThat(tasks.stream().flatMap(task -> task.train().stream()))
        .containsExactlyInAnyOrderElementsOf(DIGITS);
    for (Task task : tasks) {
      assertThat(task.train())
          .hasSize(8)
          .allMatch(
              digit ->
                  task.output(digit) >= task.classes().from()
                      && task.output(digit) < task.classes().to());
    }
  }

  @Test
  void classIncrementalTasksAreToldAmongAllOutputsSoFar() {
    assertThat(tasks(MnistProtocol.SPLIT_CLASS).stream().map(Task::classes))
        .containsExactly(
            new Classes(0, 2),
            new Classes(0, 4),
            new Classes(0, 6),
            new Classes(0, 8),
            new Classes(0, 10));
  }

  @Test
  void permutedTasksMovePixelsAndKeepLabels() {
    List<Task> tasks = tasks(MnistProtocol.PERMUTED_14K);

    assertThat(tasks).hasSize(10);
    for (Task task : tasks) {
      assertThat(IntStream.range(0, 4).map(task::input).toArray())
          .containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(task.output(DIGITS.get(7))).isEqualTo(7);
    }
  }
}
