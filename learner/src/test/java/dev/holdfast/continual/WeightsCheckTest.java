package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.wire.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights from elsewhere that are no weights to learn on from. */
class WeightsCheckTest {
  private static final LearningSettings SETTINGS =
      GateFixtures.settings("learning.encoder-share", "1");
  private static final Weights WEIGHTS = weights();

  private static Weights weights() {
    ContinualLearner learner = new ContinualLearner(SETTINGS);
    // A word gets a vector once a second document has it.
    learner.learn(List.of(NetworkFixtures.slip(1), NetworkFixtures.slip(2)), 1);
    return learner.weights();
  }

  static Stream<String> tensors() {
    return WEIGHTS.tensors().stream().map(Tensor::name);
  }

  private static Weights with(Tensor other) {
    return with(WEIGHTS, other);
  }

  private static Weights with(Weights weights, Tensor other) {
    List<Tensor> tensors = new ArrayList<>(weights.tensors());
    tensors.replaceAll(tensor -> tensor.name().equals(other.name()) ? other : tensor);
    return new Weights(weights.metadata(), tensors);
  }

  private static void assertRefused(String tensor, Weights weights) {
    assertThatThrownBy(() -> ContinualLearner.startFrom(SETTINGS, weights))
        .as(tensor)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor ");
  }

  @Test
  void whatALearnerHasWrittenIsTaken() {
    assertThat(ContinualLearner.startFrom(SETTINGS, WEIGHTS).weights().metadata())
        .isEqualTo(WEIGHTS.metadata());
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void whatDoesNotFitIsRefusedByName(String name) {
    int size = WEIGHTS.tensor(name).size();
    assertThat(size).as("numbers that can be wrong").isPositive();

    assertRefused(name, new Weights(WEIGHTS.metadata(), without(name)));
    for (int length : new int[] {size - 1, size + 1}) {
      assertRefused(name, with(Tensor.of(name, new float[length], length)));
      assertRefused(name, with(Tensor.of(name, new int[length], length)));
    }
    assertRefused(
        name,
        WEIGHTS.tensor(name).isFloat()
            ? with(Tensor.of(name, new int[size], size))
            : with(Tensor.of(name, new float[size], size)));
  }

  private static List<Tensor> without(String name) {
    return WEIGHTS.tensors().stream().filter(tensor -> !tensor.name().equals(name)).toList();
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void numbersThatStandForNothingAreRefused(String name) {
    int size = WEIGHTS.tensor(name).size();
    if (WEIGHTS.tensor(name).isFloat()) {
      float[] numbers = new float[size];
      numbers[size - 1] = Float.NaN;
      assertRefused(name, with(Tensor.of(name, numbers, size)));
    } else if (List.of("companions.ends", "companions.met", "sets.ends", "sets.fields", "wide.sets")
        .contains(name)) {
      for (int wrong : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, wrong);
        assertRefused(name, with(Tensor.of(name, numbers, size)));
      }
    }
  }

  @Test
  void aRowWithoutFieldsIsRefused() {
    int rows = WEIGHTS.tensor("wide.sets").size();
    int fields = WEIGHTS.tensor("sets.fields").size();
    List<Tensor> tensors =
        List.of(
            Tensor.of("wide.sets", new int[rows], rows),
            Tensor.of("wide.weights", new float[0], 0),
            Tensor.of("sets.ends", new int[] {0, fields}, 2));
    Weights weights = WEIGHTS;
    for (Tensor tensor : tensors) {
      weights = with(weights, tensor);
    }

    assertRefused("wide.sets", weights);
  }

  @Test
  void aNameThatTwoFieldsHaveIsRefused() {
    Map<String, String> twice = new HashMap<>(WEIGHTS.metadata());
    twice.put("fields", WEIGHTS.metadata().get("fields").replaceAll("[^\n]+", "same"));

    assertThatThrownBy(
            () -> ContinualLearner.startFrom(SETTINGS, new Weights(twice, WEIGHTS.tensors())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different names of fields");
  }

  @Test
  void weightsThatNameNoFieldsAreRefused() {
    assertThatThrownBy(
            () ->
                ContinualLearner.startFrom(
                    SETTINGS, new Weights(Map.of("format", "1"), WEIGHTS.tensors())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected metadata named fields, found none");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aFileWhoseTensorsLieElsewhereIsRefused(String entry) {
    byte[] header = "{\"x\": %s}".formatted(entry).getBytes(StandardCharsets.UTF_8);
    byte[] file =
        ByteBuffer.allocate(Long.BYTES + header.length + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array();

    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(BadInput.class);
  }

  static Stream<String> entries() {
    String entry = "{\"dtype\": \"F32\", \"shape\": [%s], \"data_offsets\": [%s]}";
    return Stream.of(
        entry.formatted("2147483647, 2147483647, 2147483647", "0, 8"),
        entry.formatted("4294967296", "0, 8"),
        entry.formatted("2", "9223372036854775799, 9223372036854775807"),
        entry.formatted("2", "-8, 0"),
        entry.formatted("2", "9223372036854775800, -9223372036854775808"),
        entry.formatted("2", "8, 16"));
  }
}
