package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialAnnotationsTest {
  private static final List<Annotation> GOLD =
      new SampleStream(3).documents(300).map(LabelledDocument::annotation).toList();

  @Test
  void wholeFractionKeepsEverything() {
    PartialAnnotations whole = new PartialAnnotations(5, 1);

    assertThat(GOLD).allSatisfy(gold -> assertThat(whole.keep(gold)).isEqualTo(gold));
  }

  @Test
  void noFractionKeepsNothing() {
    PartialAnnotations none = new PartialAnnotations(5, 0);

    assertThat(GOLD).allSatisfy(gold -> assertThat(none.keep(gold).marks()).isEmpty());
  }

  @Test
  void shareOfTheFieldsIsKept() {
    assertThat(share(new PartialAnnotations(5, 0.3))).isCloseTo(0.3, within(0.03));
  }

  @Test
  void keptMarksAreUnchanged() {
    PartialAnnotations some = new PartialAnnotations(5, 0.5);

    assertThat(GOLD)
        .allSatisfy(gold -> assertThat(gold.marks()).containsAllEntriesOf(some.keep(gold).marks()));
  }

  @Test
  void largerFractionKeepsWhatTheSmallerOneKept() {
    PartialAnnotations less = new PartialAnnotations(5, 0.2);
    PartialAnnotations more = new PartialAnnotations(5, 0.6);

    assertThat(GOLD)
        .allSatisfy(
            gold ->
                assertThat(more.keep(gold).marks()).containsAllEntriesOf(less.keep(gold).marks()));
  }

  @Test
  void choiceDependsOnTheSeed() {
    PartialAnnotations one = new PartialAnnotations(1, 0.5);
    PartialAnnotations other = new PartialAnnotations(2, 0.5);

    assertThat(GOLD.stream().filter(gold -> one.keep(gold).equals(other.keep(gold))).count())
        .isLessThan(10);
  }

  @Test
  void shareOfTheValuesComesWithoutPlaces() {
    PartialAnnotations some = new PartialAnnotations(5, 1, 0.25);
    List<FieldValue> values =
        GOLD.stream()
            .flatMap(gold -> some.keep(gold).marks().values().stream())
            .flatMap(mark -> mark.values().stream())
            .toList();
    double placeless = values.stream().filter(value -> value.spans().isEmpty()).count();

    assertThat(placeless / values.size()).isCloseTo(0.25, within(0.03));
  }

  @Test
  void fractionOutsideZeroToOneIsRefused() {
    assertThatThrownBy(() -> new PartialAnnotations(5, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 1, was 1.5");
    assertThatThrownBy(() -> new PartialAnnotations(5, 0.5, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double share(PartialAnnotations partial) {
    long kept = GOLD.stream().mapToLong(gold -> partial.keep(gold).marks().size()).sum();
    long all = GOLD.stream().mapToLong(gold -> gold.marks().size()).sum();
    return (double) kept / all;
  }
}
