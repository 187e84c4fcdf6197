package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CompanionsTest {
  private static final float SHARE = .1f;

  private final Companions companions = new Companions();

  private static BitSet fields(int... fields) {
    BitSet set = new BitSet();
    Arrays.stream(fields).forEach(set::set);
    return set;
  }

  private void meet(int times, int... fields) {
    for (int i = 0; i < times; i++) {
      companions.count(fields(), fields(fields));
    }
  }

  @Test
  void fieldsAreStrangersTheMoreOftenTheyDoNotMeet() {
    meet(1, 0, 1);
    meet(1, 2);
    assertThat(companions.strange(2, 0, SHARE)).isCloseTo(.1f, within(1e-6f));
    meet(1, 0, 1);
    assertThat(companions.strange(2, 0, SHARE)).isCloseTo(.19f, within(1e-6f));
    meet(98, 0, 1);

    assertThat(companions.strange(2, 0, SHARE)).isGreaterThan(.9999f);
    assertThat(companions.strange(0, 2, SHARE)).isCloseTo(.1f, within(1e-6f));
    assertThat(companions.strange(0, 1, SHARE)).isZero();
  }

  @Test
  void fieldsThatMetOnceAreNoStrangers() {
    meet(100, 0, 1);
    meet(100, 2);
    meet(1, 1, 2);

    assertThat(companions.strange(2, 1, SHARE)).isZero();
    assertThat(companions.strange(2, 0, SHARE)).isGreaterThan(.99f);
    assertThat(companions.strange(2, fields(1), SHARE)).isZero();
    assertThat(companions.strange(2, fields(0, 1), SHARE)).isGreaterThan(.99f);
  }

  @Test
  void fieldsOfADocumentThatIsAnnotatedInPartsMeet() {
    companions.count(fields(), fields(0));
    companions.count(fields(0), fields(0, 1));
    meet(9, 1);

    assertThat(companions.strange(1, 0, SHARE)).isZero();
    assertThat(companions.documents(2)).containsExactly(1, 10);
  }

  @Test
  void whatAnotherKnowsIsTakenOnByItsOwnNumbers() {
    meet(5, 0, 1);
    Companions other = new Companions();
    for (int i = 0; i < 7; i++) {
      other.count(fields(), fields(0, 1));
    }

    companions.take(other, new int[] {2, 0}, 2);

    assertThat(companions.met(0)).containsExactly(0, 1, 2);
    assertThat(companions.documents(3)).containsExactly(7, 5, 7);
  }

  @Test
  void fieldsThatHadNoChanceToMeetAreNoStrangersAfterwards() {
    meet(50, 0, 1);
    Companions other = new Companions();
    for (int i = 0; i < 50; i++) {
      other.count(fields(), fields(i % 2));
    }

    companions.take(other, new int[] {2, 0}, 2);

    assertThat(companions.strange(2, 1, SHARE)).isZero();
    assertThat(companions.strange(1, 2, SHARE)).isZero();
    assertThat(companions.strange(2, 0, SHARE)).isGreaterThan(.9f);
  }

  @Test
  void restoredItIsTheSame() throws IOException {
    meet(3, 0, 2);
    meet(2, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    companions.save(new DataOutputStream(bytes));
    Companions restored = new Companions();
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.documents(3)).containsExactly(3, 2, 3);
    assertThat(restored.met(0)).containsExactly(0, 2);
    assertThat(restored.met(1)).containsExactly(1);
  }
}
