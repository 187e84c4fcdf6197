package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PruningTest {
  private static final Network.Noise ALL_SEEN = new Network.Noise(7, 0, 0);
  private static final GradientConsumer NOBODY =
      (part, at, gradient, from, length, documents) -> {};

  private final Parameters parameters = new Parameters(1);
  private final Model model = new Model(parameters, Convolutions.OWN, 1);
  private final Pruning pruning = new Pruning(model);

  /** A row of the wide table with the weights of one field: three numbers. */
  private int seen(int feature, int times, int latest) {
    int row = model.wide.row(feature);
    parameters.weights()[model.wide.makePair(row, 0)] = feature;
    model.wide.sightings.set(row, times, latest);
    return row;
  }

  private static BitSet none() {
    return new BitSet();
  }

  @Test
  void whatWasSeenOnceLongAgoGoesBeforeWhatWasFrequentOnce() {
    model.documents = 1_000;
    int frequent = seen(11, 500, 500);
    int once = seen(12, 1, 500);
    int fresh = seen(13, 1, 999);

    int[] numbers = pruning.to(7, none());

    assertThat(pruning.size()).isEqualTo(6);
    assertThat(numbers[once]).isEqualTo(-1);
    assertThat(List.of(numbers[frequent], numbers[fresh])).containsExactly(0, 1);
    assertThat(parameters.weights()[model.wide.pair(1, 0)]).isEqualTo(13);
  }

  @Test
  void setsOfFieldsThatNoRowHasAnyMoreGoToo() {
    model.documents = 1_000;
    for (int feature = 1; feature <= 100; feature++) {
      int row = seen(feature, feature, feature);
      model.wide.makePair(row, feature);
      model.wide.makePair(row, feature + 1);
    }
    int row = model.wide.row(100);
    float[] before = {weight(row, 0), weight(row, 100), weight(row, 101)};

    int[] numbers = pruning.to(8, none());

    assertThat(model.wide.rows()).isEqualTo(1);
    assertThat(model.wide.fields(numbers[row])).containsExactly(0, 100, 101);
    assertThat(model.wide.fieldSets()).as("that of the row, and the empty one").isEqualTo(2);
    assertThat(
            List.of(weight(numbers[row], 0), weight(numbers[row], 100), weight(numbers[row], 101)))
        .containsExactly(before[0], before[1], before[2]);
  }

  private float weight(int row, int field) {
    return parameters.weights()[model.wide.pair(row, field)];
  }

  @Test
  void whatHasNoWeightsGoesFirst() {
    int bare = model.wide.row(21);
    int seen = seen(22, 1, 0);
    int word = model.words.row(23);
    model.words.sightings.set(word, 1, 0);

    int[] numbers = pruning.to(4, none());

    assertThat(numbers[bare]).isEqualTo(-1);
    assertThat(numbers[seen]).isZero();
    assertThat(model.words.find(23)).isEqualTo(-1);
  }

  @Test
  void whatIsNeededStays() {
    int needed = seen(31, 1, 0);
    model.documents = 1_000;
    seen(32, 900, 999);
    BitSet rows = none();
    rows.set(needed);

    assertThat(pruning.to(4, rows)[needed]).isZero();
    assertThat(pruning.size()).isEqualTo(3);
  }

  @Test
  void whatComesInThePlaceOfWhatIsGoneBeginsAnew() {
    int gone = seen(41, 7, 0);
    pruning.to(1, none());

    int row = model.wide.row(42);

    assertThat(row).isEqualTo(gone);
    assertThat(model.wide.offset(row)).isEqualTo(-1);
    assertThat(model.wide.sightings.documents(row)).isZero();
    assertThat(parameters.weights()[model.wide.makePair(row, 0)]).isZero();
  }

  @Test
  void documentsThatStayAreReadAsBefore() {
    Network network = new Network(new Parameters(1), 1);
    List<TrainingDocument> documents =
        IntStream.range(0, 20).mapToObj(i -> learned(network, i)).toList();
    List<TrainingDocument> stay = documents.subList(3, 6);
    List<Double> before = losses(network, stay);

    Optional<List<TrainingDocument>> same = network.prune(1_000_000, stay);
    List<TrainingDocument> after = network.prune(3_000, stay).orElseThrow();

    assertThat(same).isEmpty();
    assertThat(losses(network, after)).isEqualTo(before);
  }

  @Test
  void spaceIsTakenOnlyByWhatStays() throws IOException {
    Network network = new Network(new Parameters(2), 1);
    List<TrainingDocument> documents =
        IntStream.range(0, 20).mapToObj(i -> learned(network, i)).toList();
    int before = network.parameters().used();

    List<TrainingDocument> stay = network.prune(3_000, documents.subList(3, 6)).orElseThrow();

    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    network.save(new DataOutputStream(saved));
    Parameters anew = new Parameters(2);
    Network.restore(
        anew,
        Supervision.STANDARD,
        Optional.empty(),
        new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    assertThat(stay).hasSize(3);
    assertThat(network.parameters().used()).isLessThan(before).isEqualTo(anew.used());
  }

  @Test
  void whatLiesBehindGapsMovesDownWithItsNumbers() {
    seen(51, 1, 0);
    Field field = model.addField(new FieldName("late"));
    parameters.weights()[field.chain] = 1;
    parameters.weights()[field.head] = 2;
    parameters.weights()[field.applicability] = 3;
    int word = model.words.row(52);
    parameters.weights()[model.words.makeVector(word)] = 4;
    BitSet kept = new BitSet();
    kept.set(seen(53, 1, 0));
    int before = parameters.used();

    model.wide.keep(kept);
    model.compact();

    assertThat(parameters.used()).isEqualTo(before - WideTable.PAIR);
    float[] weights = parameters.weights();
    assertThat(weights[field.chain]).isEqualTo(1);
    assertThat(weights[field.head]).isEqualTo(2);
    assertThat(weights[field.applicability]).isEqualTo(3);
    assertThat(weights[model.words.makeVector(model.words.row(52))]).isEqualTo(4);
    assertThat(weight(model.wide.row(53), 0)).isEqualTo(53);
    int next = model.wide.row(54);
    assertThat(weights[model.wide.makePair(next, 0)]).as("nothing is left behind").isZero();
  }

  private static TrainingDocument learned(Network network, int i) {
    Example slip = NetworkFixtures.slip(i);
    TrainingDocument document = network.prepare(slip.document(), slip.taught());
    network.count(document);
    network.gradient(document, ALL_SEEN, (p, at, g, from, n, d) -> step(network, at, g, from, n));
    return document;
  }

  private static void step(Network network, int at, float[] gradient, int from, int length) {
    for (int i = 0; i < length; i++) {
      network.parameters().weights()[at + i] -= .05f * gradient[from + i];
    }
  }

  private static List<Double> losses(Network network, List<TrainingDocument> documents) {
    return documents.stream()
        .map(document -> network.gradient(document, Network.Noise.NONE, NOBODY))
        .toList();
  }
}
