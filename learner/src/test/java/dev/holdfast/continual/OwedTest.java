package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Network;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Parameters;
import dev.holdfast.network.TrainingDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwedTest {
  private static final FieldName YOUNG = new FieldName("young");

  private final Network network = new Network(new Parameters(1), 1);
  private final ReplayMemory memory = new ReplayMemory(100);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Owed owed = new Owed();

  OwedTest() {
    for (int i = 0; i < 50; i++) {
      Example slip = NetworkFixtures.slip(i);
      memory.offer(network.prepare(slip.document(), slip.taught()), random);
    }
  }

  private void rememberOneWith(FieldName field) {
    Example slip = NetworkFixtures.slip(99);
    TreeMap<FieldName, Mark> marks = new TreeMap<>();
    marks.put(field, slip.taught().get(NetworkFixtures.TOTAL));
    memory.offer(network.prepare(slip.document(), marks), random);
  }

  /** Of the next rehearsals, how many are of a document with that field. */
  private long next(Owed from, int rehearsals, FieldName field) {
    return Stream.generate(() -> from.next(memory, random))
        .limit(rehearsals)
        .map(TrainingDocument::marks)
        .filter(marks -> marks.containsKey(field))
        .count();
  }

  @Test
  void aYoungFieldGetsWhatItIsOwedHoweverMuchElseIsRemembered() {
    rememberOneWith(YOUNG);
    owed.add(100);
    owed.add(List.of(YOUNG), 100);

    assertThat(next(owed, 200, YOUNG)).isGreaterThanOrEqualTo(100);
    assertThat(owed.all()).isZero();
  }

  @Test
  void whatIsOwedToSeveralFieldsIsOwedToEachAlike() {
    FieldName other = new FieldName("other");
    rememberOneWith(YOUNG);
    owed.add(List.of(YOUNG, other), 101);

    assertThat(next(owed, 101, YOUNG)).isGreaterThanOrEqualTo(51);
  }

  @Test
  void whatIsOwedToAFieldThatNoDocumentHasAnyMoreGoesToAll() {
    owed.add(List.of(YOUNG), 10);

    assertThat(next(owed, 10, NetworkFixtures.TOTAL)).isEqualTo(10);
    assertThat(owed.all()).isZero();
  }

  @Test
  void documentsToLearnSomethingElseFromAreOwedNothing() {
    rememberOneWith(YOUNG);
    owed.add(List.of(YOUNG), 10);

    assertThat(owed.like(memory, random).marks()).containsKey(YOUNG);
    assertThat(owed.all()).isEqualTo(10);
  }

  @Test
  void restoredItGoesOnAlike() throws IOException {
    rememberOneWith(YOUNG);
    owed.add(30);
    owed.add(List.of(YOUNG, NetworkFixtures.TOTAL), 21);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    owed.save(new DataOutputStream(bytes));
    Owed restored = new Owed();
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    SplittableRandom one = new SplittableRandom(5);
    SplittableRandom two = new SplittableRandom(5);

    assertThat(Stream.generate(() -> restored.next(memory, one)).limit(51).toList())
        .isEqualTo(Stream.generate(() -> owed.next(memory, two)).limit(51).toList());
    assertThat(restored.all()).isZero();
  }
}
