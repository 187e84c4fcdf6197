package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.wire.BadInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Network.Noise ALL_SEEN = new Network.Noise(7, 0, 0);

  private final Parameters parameters = new Parameters(1);
  private final Network network = new Network(parameters, 1);

  private TrainingDocument prepare(int i) {
    Example slip = NetworkFixtures.slip(i);
    TrainingDocument document = network.prepare(slip.document(), slip.taught());
    network.count(document);
    return document;
  }

  /**
   * Plain gradient descent on the wide part and the encoder, enough to move all weights off zero.
   */
  private void descend(TrainingDocument document, int steps) {
    for (int i = 0; i < steps; i++) {
      network.gradient(document, ALL_SEEN, this::step);
      network.deepGradient(document, ALL_SEEN, this::step);
    }
  }

  private void step(
      GradientConsumer.Part part,
      int offset,
      float[] gradient,
      int from,
      int length,
      int documents) {
    for (int i = 0; i < length; i++) {
      parameters.weights()[offset + i] -= .05f * gradient[from + i];
    }
  }

  private static Map<Integer, Float> collect(java.util.function.Consumer<GradientConsumer> run) {
    Map<Integer, Float> gradients = new HashMap<>();
    run.accept(
        (part, offset, gradient, from, length, documents) -> {
          for (int i = 0; i < length; i++) {
            assertThat(gradients.put(offset + i, gradient[from + i])).isNull();
          }
        });
    return gradients;
  }

  @Test
  void gradientOfTheWidePartAgreesWithFiniteDifferences() {
    TrainingDocument document = prepare(1);
    descend(document, 2);
    Map<Integer, Float> gradients = collect(c -> network.gradient(document, ALL_SEEN, c));

    int checked = 0;
    for (Map.Entry<Integer, Float> entry : gradients.entrySet()) {
      if (entry.getKey() % 37 == 0) {
        double numeric =
            difference(
                entry.getKey(),
                1e-2f,
                () -> network.gradient(document, ALL_SEEN, (p, o, g, f, l, d) -> {}));
        assertThat((double) entry.getValue()).isCloseTo(numeric, within(5e-3));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(10);
  }

  @Test
  void gradientOfTheEncoderAgreesWithFiniteDifferences() {
    prepare(2);
    TrainingDocument document = prepare(1);
    // Output layers begin at zero, where nothing before them has a gradient.
    SplittableRandom random = new SplittableRandom(5);
    network.deepGradient(
        document,
        ALL_SEEN,
        (part, offset, gradient, from, length, documents) -> {
          for (int i = 0; part == GradientConsumer.Part.HEAD && i < length; i++) {
            parameters.weights()[offset + i] = 4 * (float) random.nextGaussian();
          }
        });
    Map<Integer, Float> gradients = collect(c -> network.deepGradient(document, ALL_SEEN, c));

    int checked = 0;
    for (Map.Entry<Integer, Float> entry : gradients.entrySet()) {
      if (Math.abs(entry.getValue()) > .02 && checked < 60) {
        double numeric =
            difference(
                entry.getKey(),
                1e-2f,
                () -> network.deepGradient(document, ALL_SEEN, (p, o, g, f, l, d) -> {}));
        assertThat((double) entry.getValue())
            .isCloseTo(numeric, within(.1 * Math.abs(numeric) + 5e-3));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private double difference(int index, float step, java.util.function.DoubleSupplier loss) {
    float before = parameters.weights()[index];
    parameters.weights()[index] = before + step;
    double above = loss.getAsDouble();
    parameters.weights()[index] = before - step;
    double below = loss.getAsDouble();
    parameters.weights()[index] = before;
    return (above - below) / (2 * step);
  }

  @Test
  void weightsSurviveTheirFileAndExtractTheSame() throws BadInput {
    TrainingDocument document = prepare(1);
    prepare(2);
    descend(document, 20);
    Weights weights = network.weights();
    Weights read = Safetensors.read(Safetensors.write(weights));

    assertThat(read).isEqualTo(weights);
    try (Extractor first = new Extractor(weights);
        Extractor second = new Extractor(read)) {
      Prediction prediction = first.extract(document.document());
      assertThat(prediction.fields())
          .containsOnlyKeys(NetworkFixtures.NUMBER, NetworkFixtures.TOTAL);
      assertThat(second.extract(document.document())).isEqualTo(prediction);
    }
  }

  @Test
  void aVersionKnowsTheKindsOfItsFields() {
    for (int i = 1; i <= 3; i++) {
      prepare(i);
    }
    try (Extractor extractor = new Extractor(network.weights())) {
      assertThat(extractor.kinds())
          .containsOnly(
              Map.entry(NetworkFixtures.NUMBER, ValueKind.TEXT),
              Map.entry(NetworkFixtures.TOTAL, ValueKind.AMOUNT));
    }
  }

  private static Mark at(Document document, int start, int end) {
    List<TokenSpan> spans = List.of(new TokenSpan(start, end));
    return Mark.of(List.of(new FieldValue(document.text(spans), spans)));
  }

  /** Learns a document twice; returns the text of a field that is read from it then. */
  private String learnedAgain(
      Document document, Map<FieldName, Mark> first, Map<FieldName, Mark> then, FieldName field) {
    TrainingDocument before = network.prepare(document, new TreeMap<>(first));
    network.count(before);
    TrainingDocument after = network.prepare(document, new TreeMap<>(then));
    network.countNew(after, before);
    descend(after, 20);
    try (Extractor extractor = new Extractor(network.weights())) {
      return extractor.extract(document).fields().get(field).get(0).text();
    }
  }

  @Test
  void aLongValueInOneWordIsFoundThoughItsFieldWasMarkedLaterThanOthers() {
    Document invoice = NetworkFixtures.document("invoice", "株式会社山田商店御中 | Total 9.00");
    FieldName company = new FieldName("company");
    Mark total = at(invoice, 2, 3);

    assertThat(
            learnedAgain(
                invoice,
                Map.of(NetworkFixtures.TOTAL, total),
                Map.of(NetworkFixtures.TOTAL, total, company, at(invoice, 0, 1)),
                company))
        .isEqualTo("株式会社山田商店御中");
  }

  @Test
  void aValueIsFoundThatACorrectionMadeMuchLonger() {
    Document slip = NetworkFixtures.document("slip", "To The Old Mill Tea Rooms Ltd | Total 9.00");
    FieldName to = new FieldName("to");

    assertThat(learnedAgain(slip, Map.of(to, at(slip, 1, 2)), Map.of(to, at(slip, 1, 7)), to))
        .isEqualTo("The Old Mill Tea Rooms Ltd");
    assertThat(network.documentsWith(to)).isEqualTo(1);
  }

  @Test
  void aValueIsFoundOfAFieldThatWasSaidToBeAbsent() {
    Document slip = NetworkFixtures.document("slip", "To The Old Mill Tea Rooms Ltd | Total 9.00");
    FieldName to = new FieldName("to");

    assertThat(learnedAgain(slip, Map.of(to, Mark.of(List.of())), Map.of(to, at(slip, 1, 7)), to))
        .isEqualTo("The Old Mill Tea Rooms Ltd");
  }

  @Test
  void aNewFieldChangesNoPredictionOfTheOthers() {
    TrainingDocument document = prepare(1);
    descend(document, 20);
    Prediction before;
    try (Extractor extractor = new Extractor(network.weights())) {
      before = extractor.extract(document.document());
    }
    network.prepare(
        document.document(), new TreeMap<>(Map.of(new FieldName("another"), Mark.of(List.of()))));

    try (Extractor extractor = new Extractor(network.weights())) {
      Prediction after = extractor.extract(document.document());
      assertThat(after.fields().get(NetworkFixtures.TOTAL))
          .isEqualTo(before.fields().get(NetworkFixtures.TOTAL));
      assertThat(after.fields().get(NetworkFixtures.NUMBER))
          .isEqualTo(before.fields().get(NetworkFixtures.NUMBER));
    }
  }

  @Test
  void anUnknownFieldGetsNoGradient() {
    descend(prepare(1), 20);
    Example slip = NetworkFixtures.slip(3);
    Prediction before = extract(slip);
    var marks = new TreeMap<>(slip.taught());
    marks.remove(NetworkFixtures.NUMBER);
    TrainingDocument totalOnly = network.prepare(slip.document(), marks);
    for (int i = 0; i < 5; i++) {
      network.gradient(totalOnly, ALL_SEEN, this::step);
    }
    Prediction after = extract(slip);

    assertThat(after.fields().get(NetworkFixtures.NUMBER))
        .isEqualTo(before.fields().get(NetworkFixtures.NUMBER));
    assertThat(after.fields().get(NetworkFixtures.TOTAL))
        .isNotEqualTo(before.fields().get(NetworkFixtures.TOTAL));
  }

  private Prediction extract(Example example) {
    try (Extractor extractor = new Extractor(network.weights())) {
      return extractor.extract(example.document());
    }
  }

  @Test
  void aValueThatStandsNowhereTeachesNothing() {
    Example slip = NetworkFixtures.slip(1);
    var lost = new TreeMap<FieldName, Mark>();
    lost.put(NetworkFixtures.TOTAL, Mark.of(List.of(new FieldValue("nowhere", List.of()))));
    TrainingDocument document = network.prepare(slip.document(), lost);

    assertThat(collect(c -> network.gradient(document, ALL_SEEN, c))).isEmpty();
  }

  @Test
  void weightsOfAnotherFormatAreRefused() {
    Weights other = new Weights(Map.of("format", "99", "fields", ""), List.of());

    assertThatThrownBy(() -> new Extractor(other)).hasMessageContaining("format 1 or 2, was 99");
  }
}
