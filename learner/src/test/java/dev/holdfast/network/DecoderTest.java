package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.TokenSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final float NEVER = -20;

  private final Reading reading =
      Reading.of(NetworkFixtures.document("slip", "Paid 9.00 or 7.50 or 9.00"));
  private final Field field = new Field(new FieldName("total"), 0, 0, 0);
  private final float[] logits = new float[2 * reading.pieces.tokens().size()];
  private final Chain chain = new Chain();

  /** Gives each token the odds of being a value by itself. */
  private List<PredictedValue> candidates(double... odds) {
    for (int t = 0; t < odds.length; t++) {
      logits[2 * t] = odds[t] == 0 ? NEVER : (float) Math.log(odds[t]);
      logits[2 * t + 1] = NEVER;
    }
    chain.load(logits, 2, 0, odds.length, new float[Chain.RUN], 0);
    return Decoder.candidates(reading, field, chain);
  }

  private void annotated(int present, int absent) {
    Mark one = Mark.of(List.of(new FieldValue("9.00", List.of(new TokenSpan(1, 2)))));
    for (int i = 0; i < present; i++) {
      field.count(one, "");
    }
    for (int i = 0; i < absent; i++) {
      field.count(Mark.of(List.of()), "");
    }
  }

  @Test
  void equalTextsAddUpWhereverTheyStand() {
    annotated(0, 1000);
    List<PredictedValue> values = candidates(0, .1, 0, .15, 0, .1);

    assertThat(values.get(0).text()).isEqualTo("9.00");
    // 1/11 twice, nothing shared: the field is absent as a rule.
    assertThat(values.get(0).confidence()).isCloseTo(2 / 11., within(.005));
  }

  @Test
  void whereThereIsAlwaysAValueCandidatesShareWhatTheyLeaveOver() {
    annotated(1000, 0);

    assertThat(candidates(0, 0, 0, .2, 0, 0).get(0).confidence()).isCloseTo(1, within(.01));
    assertThat(candidates(0, .1, 0, .1, 0, 0).get(0).confidence()).isCloseTo(.5, within(.01));
  }

  @Test
  void withoutAnyAnnotationHalfOfIt() {
    double alone = 1 / 6.; // odds .2

    assertThat(candidates(0, 0, 0, .2, 0, 0).get(0).confidence())
        .isCloseTo(alone / (alone + .5 * (1 - alone)), within(.01));
  }

  @Test
  void valuesOfAManyValuedFieldDoNotShare() {
    Mark two =
        Mark.of(
            List.of(
                new FieldValue("9.00", List.of(new TokenSpan(1, 2))),
                new FieldValue("7.50", List.of(new TokenSpan(3, 4)))));
    field.count(two, "");

    assertThat(candidates(0, 0, 0, .2, 0, 0).get(0).confidence()).isCloseTo(1 / 6., within(.01));
  }
}
