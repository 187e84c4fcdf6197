package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.TokenSpan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrainingDocumentTest {
  private static final byte OUTSIDE = 1 << Chain.OUTSIDE;
  private static final byte BEGIN = 1 << Chain.BEGIN;

  private static final Document TWICE =
      NetworkFixtures.document("twice", "Cash 12.50 paid | Total 12.50");

  @Test
  void allItsMarksAreByPieces() {
    Document label = NetworkFixtures.document("label", "No:17 paid | Total:9.00");
    Mark number = Mark.of(List.of(new FieldValue("17", List.of(new TokenSpan(0, 1)))));
    Mark total = Mark.of(List.of(new FieldValue("9.00", List.of(new TokenSpan(2, 3)))));

    TrainingDocument document =
        new Network(new Parameters(1), 1)
            .prepare(
                label,
                new TreeMap<>(
                    Map.of(NetworkFixtures.NUMBER, number, NetworkFixtures.TOTAL, total)));

    assertThat(document.marks().values()).containsExactly(number, total);
    assertThat(document.marksInPieces.values())
        .flatExtracting(Mark::values)
        .flatExtracting(FieldValue::spans)
        .containsExactly(new TokenSpan(1, 2), new TokenSpan(4, 5));
  }

  private static byte[] states(Supervision.Repeats repeats) {
    Network network =
        new Network(new Parameters(1), 1, new Supervision(Supervision.Loss.CHAIN, repeats));
    Mark total = Mark.of(List.of(new FieldValue("12.50", List.of(new TokenSpan(4, 5)))));
    return network.prepare(TWICE, new TreeMap<>(Map.of(NetworkFixtures.TOTAL, total))).allowed[0];
  }

  @Test
  void whereTheWordsOfAValueStandAgainNothingIsTaught() {
    assertThat(states(Supervision.Repeats.FREE))
        .containsExactly(OUTSIDE, Chain.FREE, OUTSIDE, OUTSIDE, BEGIN);
  }

  @Test
  void repeatsAreTaughtAsOutsideWhenToldTo() {
    assertThat(states(Supervision.Repeats.OUTSIDE))
        .containsExactly(OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE, BEGIN);
  }
}
