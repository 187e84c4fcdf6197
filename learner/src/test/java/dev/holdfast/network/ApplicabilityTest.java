package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import java.util.ArrayList;
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

  /** Meets each document once and learns it many times, as rehearsal does. */
  private void meetAndRehearse(List<Document> documents, List<SortedMap<FieldName, Mark>> marks) {
    for (int i = 0; i < documents.size(); i++) {
      network.count(network.prepare(documents.get(i), marks.get(i)));
      for (int rehearsal = 0; rehearsal < 40; rehearsal++) {
        int j = rehearsal % (i + 1);
        learn(documents.get(j), marks.get(j));
      }
    }
  }

  @Test
  void fieldsOfOneKindOfDocumentThatDifferentPeopleMarkBothBelong() {
    List<Document> documents = new ArrayList<>();
    List<SortedMap<FieldName, Mark>> marks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Example slip = NetworkFixtures.slip(i);
      FieldName only = List.copyOf(slip.taught().keySet()).get(i % 4 == 0 ? 0 : 1);
      documents.add(slip.document());
      marks.add(new TreeMap<>(Map.of(only, slip.taught().get(only))));
    }
    meetAndRehearse(documents, marks);

    for (int i = 90; i < 99; i++) {
      Example slip = NetworkFixtures.slip(i);
      assertThat(fieldsOf(slip.document())).containsAll(slip.taught().keySet());
    }
  }

  @Test
  void fieldsThatNeverMetDoNotBothBelongToADocumentThatIsALittleOfBoth() {
    List<Document> documents = new ArrayList<>();
    List<SortedMap<FieldName, Mark>> marks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Example slip = NetworkFixtures.slip(i);
      documents.add(i % 2 == 0 ? slip.document() : letter(i));
      marks.add(i % 2 == 0 ? slip.taught() : renamed(slip));
    }
    meetAndRehearse(documents, marks);

    Document both =
        NetworkFixtures.document(
            "both", "Slip No A-1 of the day | Subtotal 1.00 each | Total 2.00 EUR yours truly");
    assertThat(fieldsOf(both))
        .containsExactlyInAnyOrder(NetworkFixtures.NUMBER, NetworkFixtures.TOTAL);
  }

  private List<FieldName> fieldsOf(Document document) {
    Model model = WeightsFormat.run(network.weights(), new Parameters(1), Optional.empty());
    float[] view = Featurizer.of(Reading.of(document)).whole;
    return model.belonging(view, model.strange()).stream()
        .mapToObj(k -> model.fields.get(k).name)
        .toList();
  }

  /** Of the same type as a slip: only its words tell it apart. */
  private static Document letter(int i) {
    return NetworkFixtures.document("letter-" + i, "Dear reader " + i + " | yours truly as ever");
  }
}
