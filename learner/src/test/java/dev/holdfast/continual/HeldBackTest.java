package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.network.NetworkFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldBackTest {
  private static final FieldName RARE = new FieldName("rare");

  private final HeldBack heldBack =
      new HeldBack(GateFixtures.settings("gate.documents", "10").gate());

  private static int known(FieldName field) {
    return field.equals(RARE) ? HeldBack.FEW - 1 : HeldBack.FEW;
  }

  private List<Integer> taken(int from, int to) {
    return IntStream.range(from, to)
        .filter(i -> heldBack.takes(NetworkFixtures.slip(i), HeldBackTest::known))
        .boxed()
        .toList();
  }

  private static List<DocumentId> ids(HeldBack heldBack) {
    return heldBack.documents().stream().map(held -> held.document().id()).toList();
  }

  @Test
  void theShareThatIsSetIsHeldBack() {
    assertThat(taken(0, 1000)).hasSizeBetween(250, 350);
  }

  @Test
  void unlessSetOtherwiseItIsOneInTwenty() {
    GateSettings settings = LearningSettings.DEFAULT.gate();
    HeldBack usual = new HeldBack(settings);
    long held =
        IntStream.range(0, 2000)
            .filter(i -> usual.takes(NetworkFixtures.slip(i), HeldBackTest::known))
            .count();

    assertThat(settings.heldBackShare()).isEqualTo(.05);
    // Which ones follows from their names: by chance it would be 100, give or take 30.
    assertThat(held).isBetween(70L, 130L);
  }

  @Test
  void whatIsHeldBackOnceIsHeldBackWheneverItComes() {
    List<Integer> first = taken(0, 20);

    assertThat(first).isNotEmpty();
    assertThat(taken(0, 20)).isEqualTo(first);
    assertThat(heldBack.documents()).hasSize(first.size());
  }

  @Test
  void aDocumentWithAFieldThatIsHardlyKnownIsLearnedAndStaysSo() {
    int chosen = taken(0, 20).get(0);
    HeldBack fresh = new HeldBack(GateFixtures.settings().gate());
    Example slip = NetworkFixtures.slip(chosen);

    assertThat(fresh.takes(slip, field -> HeldBack.FEW - 1)).isFalse();
    assertThat(fresh.takes(slip, HeldBackTest::known)).isFalse();
  }

  @Test
  void ofTooManyTheOldestOfTheMostCommonGoes() {
    Example rare =
        IntStream.range(0, 100)
            .mapToObj(i -> NetworkFixtures.document("rare-" + i, "a b"))
            .map(document -> GateFixtures.about(document, RARE))
            .filter(example -> heldBack.takes(example, field -> HeldBack.FEW))
            .findFirst()
            .orElseThrow();
    List<Integer> slips = taken(0, 100);

    List<DocumentId> left = ids(heldBack);
    assertThat(left).hasSize(10).contains(rare.document().id());
    assertThat(left)
        .contains(new DocumentId("slip-" + slips.get(slips.size() - 1)))
        .doesNotContain(new DocumentId("slip-" + slips.get(0)));
  }

  private HeldBack restored(String most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    heldBack.save(new DataOutputStream(bytes));
    HeldBack restored = new HeldBack(GateFixtures.settings("gate.documents", most).gate());
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return restored;
  }

  @Test
  void savingAndRestoringChangesNothing() throws IOException {
    taken(0, 20);

    assertThat(restored("10").documents()).isEqualTo(heldBack.documents());
  }

  @Test
  void whatIsTooManyBySettingsOfNowGoesOnRestore() throws IOException {
    taken(0, 100);
    List<HeldDocument> all = heldBack.documents();

    assertThat(all).hasSize(10);
    assertThat(restored("4").documents()).isEqualTo(all.subList(6, 10));
  }
}
