package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Example;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentLikelihoodTest {
  private final Parameters parameters = new Parameters(1);
  private final Network network = new Network(parameters, 1);
  private TrainingDocument document;

  @BeforeEach
  void learnALittle() {
    Example slip = NetworkFixtures.slip(1);
    document = network.prepare(slip.document(), slip.taught());
    network.count(document);
    for (int i = 0; i < 2; i++) {
      network.gradient(
          document,
          new Network.Noise(7, 0, 0),
          (part, offset, gradient, from, length, documents) -> {
            for (int k = 0; k < length; k++) {
              parameters.weights()[offset + k] -= .05f * gradient[from + k];
            }
          });
    }
  }

  private float[] gathered(Consumer<GradientConsumer> run) {
    float[] sum = new float[parameters.used()];
    run.accept(
        (part, offset, gradient, from, length, documents) -> {
          for (int k = 0; k < length; k++) {
            sum[offset + k] += gradient[from + k];
          }
        });
    return sum;
  }

  private float[] gradient() {
    return gathered(to -> network.gradient(document, Network.Noise.NONE, to));
  }

  @Test
  void observedIsTheGradientThatIsLearnedToTheBit() {
    Likelihood likelihood = network.likelihood(document);
    float[] observed = gathered(to -> likelihood.backward(likelihood.observed(), to));

    assertThat(observed).isEqualTo(gradient());
  }

  @Test
  void reversedIsTheGradientOfTheNetworkWithTheOtherSign() {
    Likelihood likelihood = network.likelihood(document);
    float[] reversed = gathered(to -> likelihood.backward(likelihood.reversed(), to));
    for (int k = 0; k < parameters.used(); k++) {
      parameters.weights()[k] = -parameters.weights()[k];
    }
    float[] other = gradient();
    for (int k = 0; k < other.length; k++) {
      // Sums of single floats.
      assertThat((double) reversed[k]).isCloseTo(-other[k], within(1e-4));
    }
  }

  @Test
  void drawnLabelsHaveNoGradientOnAverage() {
    Likelihood likelihood = network.likelihood(document);
    SplittableRandom random = new SplittableRandom(1);
    int draws = 4_000;
    double[] mean = new double[likelihood.logits().length];
    float largest = 0;
    for (int i = 0; i < draws; i++) {
      float[] drawn = likelihood.drawn(random);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += drawn[k] / draws;
        largest = Math.max(largest, Math.abs(drawn[k]));
      }
    }
    assertThat(largest).isGreaterThan(.5f);
    // A token's state is 0 or 1: deviation of a mean at most .5 / √4,000 = .008; chains count over
    // 12 tokens.
    for (double one : mean) {
      assertThat(one).isCloseTo(0, within(.1));
    }
  }

  @Test
  void allLabellingsAreTooMany() {
    Likelihood likelihood = network.likelihood(document);

    assertThatThrownBy(() -> likelihood.every((probability, gradient) -> {}))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
