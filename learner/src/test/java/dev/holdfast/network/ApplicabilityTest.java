package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApplicabilityTest {
  private static final int SLIPS = 12;

  private final Parameters parameters = new Parameters(1);
  private final Network network = new Network(parameters, 1);

  private static void step(
      Parameters parameters, int offset, float[] gradient, int from, int length) {
    for (int i = 0; i < length; i++) {
      parameters.weights()[offset + i] -= .1f * gradient[from + i];
    }
  }

  private void learn(Document document, SortedMap<FieldName, Mark> marks) {
    network.applicabilityGradient(
        network.prepare(document, marks),
        Network.Noise.NONE,
        (part, offset, gradient, from, length, documents) ->
            step(parameters, offset, gradient, from, length));
  }

  private static SortedMap<FieldName, Mark> renamed(Example example) {
    SortedMap<FieldName, Mark> marks = new TreeMap<>();
    example
        .taught()
        .forEach((name, mark) -> marks.put(new FieldName("other_" + name), Mark.of(List.of())));
    return marks;
  }

  @Test
  void fieldsBelongToDocumentsLikeThoseTheyWereMarkedOn() {
    for (int pass = 0; pass < 40; pass++) {
      for (int i = 0; i < SLIPS; i++) {
        Example slip = NetworkFixtures.slip(i);
        learn(slip.document(), slip.taught());
        learn(letter(i), renamed(slip));
      }
    }
    assertThat(fieldsOf(NetworkFixtures.slip(99).document()))
        .isNotEmpty()
        .noneMatch(name -> name.value().startsWith("other_"));
    assertThat(fieldsOf(letter(99)))
        .isNotEmpty()
        .allMatch(name -> name.value().startsWith("other_"));
  }

  @Test
  void fieldThatFewAnnotateStillBelongs() {
    SplittableRandom random = new SplittableRandom(1);
    for (int pass = 0; pass < 40; pass++) {
      for (int i = 0; i < SLIPS; i++) {
        Example slip = NetworkFixtures.slip(i);
        SortedMap<FieldName, Mark> marks = slip.taught();
        FieldName only = marks.firstKey();
        SortedMap<FieldName, Mark> one = new TreeMap<>();
        one.put(random.nextInt(4) == 0 ? only : marks.lastKey(), marks.get(only));
        learn(slip.document(), one);
      }
    }
    Example slip = NetworkFixtures.slip(99);
    assertThat(fieldsOf(slip.document()))
        .contains(slip.taught().firstKey(), slip.taught().lastKey());
  }

  @Test
  void whoMarkedWhatIsNotLearnedByHeart() {
    for (int pass = 0; pass < 200; pass++) {
      for (int i = 0; i < SLIPS; i++) {
        SortedMap<FieldName, Mark> marks = NetworkFixtures.slip(i).taught();
        FieldName only = List.copyOf(marks.keySet()).get(i % marks.size());
        learn(NetworkFixtures.slip(i).document(), new TreeMap<>(Map.of(only, marks.get(only))));
      }
    }
    for (int i = 0; i < SLIPS; i++) {
      Example slip = NetworkFixtures.slip(i);
      assertThat(fieldsOf(slip.document())).containsAll(slip.taught().keySet());
    }
  }

  private List<FieldName> fieldsOf(Document document) {
    Model model = WeightsFormat.run(network.weights(), new Parameters(1), Optional.empty());
    float[] view = Featurizer.of(Reading.of(document)).whole;
    return model.fields.stream()
        .filter(field -> field.belongsTo(view, model.parameters.weights()))
        .map(field -> field.name)
        .toList();
  }

  /** Of the same type as a slip: only its words tell it apart. */
  private static Document letter(int i) {
    return NetworkFixtures.document("letter-" + i, "Dear reader " + i + " | yours truly as ever");
  }
}
