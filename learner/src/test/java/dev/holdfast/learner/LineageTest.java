package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.Lineage.Kept;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageTest {
  private static final CollectionName COLLECTION = new CollectionName("default");

  @Test
  void theOldestKeptVersionFollowsTheCount() {
    Lineage lineage =
        Lineage.begin(COLLECTION, List.of(new Kept(3, 1, 3), new Kept(5, 1, 5), new Kept(6, 1, 6)));

    assertThat(lineage.oldestKept(9)).isEqualTo(3);
    assertThat(lineage.oldestKept(4)).isEqualTo(3);
    assertThat(lineage.oldestKept(3)).isEqualTo(5);
    assertThat(lineage.oldestKept(1)).isEqualTo(7);
    assertThat(Lineage.begin(COLLECTION, List.of()).oldestKept(5)).isEqualTo(1);
  }

  @Test
  void aRoundThatIsNotTheNextIsABrokenAssumption() {
    JournalRecord third =
        new JournalRecord(
            new RoundKey(COLLECTION, 3),
            Kind.REHEARSE,
            0,
            0,
            0,
            0,
            1,
            1,
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(() -> Lineage.begin(COLLECTION, List.of()).after(third, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected round default/000000000001, was default/000000000003");
  }

  @Test
  void seedsDifferByRoundCollectionAndSetting() {
    RoundKey first = new RoundKey(COLLECTION, 1);

    assertThat(
            List.of(
                Seeds.of(1, first),
                Seeds.of(2, first),
                Seeds.of(1, new RoundKey(COLLECTION, 2)),
                Seeds.of(1, new RoundKey(new CollectionName("other"), 1))))
        .doesNotHaveDuplicates();
    assertThat(Seeds.of(1, first)).isEqualTo(Seeds.of(1, first));
  }
}
