package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedWordsTest {
  private static final double SHARE = .3;
  private static final GradientConsumer NOWHERE =
      (part, offset, gradient, from, length, docs) -> {};

  private final Parameters parameters = new Parameters(1);
  private final Network network = new Network(parameters, 1);
  private final UnlabelledDocument document = meet(1);
  private final UnlabelledDocument others = meet(2);

  private UnlabelledDocument meet(int i) {
    UnlabelledDocument met = network.read(NetworkFixtures.slip(i).document());
    network.count(met);
    return met;
  }

  private double loss(UnlabelledDocument of, long seed, GradientConsumer consumer) {
    return network.maskedGradient(of, others, SHARE, seed, consumer);
  }

  private void descend(int steps) {
    for (int i = 0; i < steps; i++) {
      loss(
          i % 2 == 0 ? document : others,
          i,
          (part, offset, gradient, from, length, documents) -> {
            for (int k = 0; k < length; k++) {
              parameters.weights()[offset + k] -= .05f * gradient[from + k];
            }
          });
    }
  }

  @Test
  void gradientAgreesWithFiniteDifferences() {
    descend(30);
    Map<GradientConsumer.Part, Integer> checked = new HashMap<>();
    Map<Integer, Float> gradients = new HashMap<>();
    Map<Integer, GradientConsumer.Part> parts = new HashMap<>();
    loss(
        document,
        7,
        (part, offset, gradient, from, length, documents) -> {
          for (int k = 0; k < length; k++) {
            assertThat(gradients.put(offset + k, gradient[from + k])).isNull();
            parts.put(offset + k, part);
          }
        });

    gradients.forEach(
        (index, gradient) -> {
          if (Math.abs(gradient) > .01 && checked.getOrDefault(parts.get(index), 0) < 20) {
            double numeric = difference(index);
            // Single precision: a tenth of the gradient, and the noise of two losses near 2.
            assertThat((double) gradient).isCloseTo(numeric, within(.1 * Math.abs(numeric) + 1e-3));
            checked.merge(parts.get(index), 1, Integer::sum);
          }
        });

    assertThat(checked)
        .containsOnlyKeys(
            GradientConsumer.Part.HEAD,
            GradientConsumer.Part.ENCODER,
            GradientConsumer.Part.EMBEDDING)
        .allSatisfy((part, count) -> assertThat(count).as(part.name()).isGreaterThan(5));
  }

  private double difference(int index) {
    float step = 1e-2f;
    float before = parameters.weights()[index];
    parameters.weights()[index] = before + step;
    double above = loss(document, 7, NOWHERE);
    parameters.weights()[index] = before - step;
    double below = loss(document, 7, NOWHERE);
    parameters.weights()[index] = before;
    return (above - below) / (2 * step);
  }

  @Test
  void aHiddenWordCannotBeSeen() {
    descend(30);
    // One token, which is hidden: what it is must make no difference to the guess, so that two
    // words share what there is.
    UnlabelledDocument one = network.read(NetworkFixtures.document("one", "Total"));
    UnlabelledDocument two = network.read(NetworkFixtures.document("two", "Slip"));

    double first = network.maskedGradient(one, two, 1, 1, NOWHERE);
    double second = network.maskedGradient(two, one, 1, 1, NOWHERE);

    assertThat(Math.exp(-first) + Math.exp(-second)).isCloseTo(1, within(1e-5));
  }

  @Test
  void whatIsLearnedLowersTheLossOfDocumentsNeverSeen() {
    UnlabelledDocument unseen = network.read(NetworkFixtures.slip(99).document());
    double before = loss(unseen, 5, NOWHERE);
    descend(100);

    assertThat(loss(unseen, 5, NOWHERE)).isLessThan(.5 * before);
  }

  @Test
  void aDocumentWithoutHiddenWordsTeachesNothing() {
    GradientConsumer never =
        (part, offset, gradient, from, length, documents) -> {
          throw new AssertionError("expected no gradient");
        };

    assertThat(network.maskedGradient(document, others, 0, 1, never)).isZero();
  }
}
