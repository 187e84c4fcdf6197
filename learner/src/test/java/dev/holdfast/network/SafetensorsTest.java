package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
  private static final Weights WEIGHTS =
      new Weights(
          Map.of("fields", "a\nb"),
          List.of(
              Tensor.of("x", new float[] {1, -2.5f, Float.MIN_VALUE, 4, 5, 6}, 2, 3),
              Tensor.of("y", new int[] {7, -8}, 2),
              Tensor.of("empty", new float[0], 0, 3)));

  @Test
  void readsWhatItWrote() throws BadInput {
    assertThat(Safetensors.read(Safetensors.write(WEIGHTS))).isEqualTo(WEIGHTS);
  }

  @Test
  void theSameWeightsGiveTheSameBytes() throws BadInput {
    byte[] bytes = Safetensors.write(WEIGHTS);

    assertThat(Safetensors.write(Safetensors.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void dataBeginsAtAMultipleOfEight() {
    byte[] bytes = Safetensors.write(WEIGHTS);

    assertThat(bytes[0] % 8).isZero();
  }

  @Test
  void aCutFileIsRefused() {
    byte[] bytes = Safetensors.write(WEIGHTS);

    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(BadInput.class);
    }
  }
}
