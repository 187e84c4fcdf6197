package dev.holdfast.sample;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a full annotation that somebody found the time to write. Each field is named with the
 * same probability, by itself: there is no least number, so an annotation may name none, and a
 * share of the fields is exactly a share of the labels. What is kept depends on seed, document and
 * field only, so any process keeps the same; with the same seed a larger fraction keeps all that a
 * smaller one keeps. Immutable.
 */
public final class PartialAnnotations {
  private static final int FIELD_IS_NAMED = 1;
  private static final int PLACE_IS_SHOWN = 2;

  private final long seed;
  private final double fraction;
  private final double valueOnly;

  /** Keeps the places of all values. */
  public PartialAnnotations(long seed, double fraction) {
    this(seed, fraction, 0);
  }

  /**
   * Keeps a part of each annotation.
   *
   * @param seed any
   * @param fraction of the fields that are named, 0 to 1; 1 keeps them all
   * @param valueOnly fraction of the named fields whose values come without their places, 0 to 1
   */
  public PartialAnnotations(long seed, double fraction, double valueOnly) {
    if (!(fraction >= 0 && fraction <= 1) || !(valueOnly >= 0 && valueOnly <= 1)) {
      throw new IllegalArgumentException(
          "expected fractions from 0 to 1, was %s and %s".formatted(fraction, valueOnly));
    }
    this.seed = seed;
    this.fraction = fraction;
    this.valueOnly = valueOnly;
  }

  /** The annotation with a part of its fields; everything else stays. */
  public Annotation keep(Annotation gold) {
    Map<FieldName, Mark> marks = new LinkedHashMap<>();
    gold.marks()
        .forEach(
            (field, mark) -> {
              if (draw(gold.document(), field, FIELD_IS_NAMED) < fraction) {
                boolean placeless = draw(gold.document(), field, PLACE_IS_SHOWN) < valueOnly;
                marks.put(field, placeless ? withoutPlaces(mark) : mark);
              }
            });
    return new Annotation(gold.document(), gold.annotator(), gold.source(), gold.at(), marks);
  }

  private static Mark withoutPlaces(Mark mark) {
    return Mark.of(
        mark.values().stream().map(value -> new FieldValue(value.text(), List.of())).toList());
  }

  /** A number in [0, 1) that belongs to this field of this document. */
  private double draw(DocumentKey document, FieldName field, int question) {
    long hash = Dice.mix(seed + question);
    // The key has one '/' and the field none: no two pairs are spelled the same.
    String spelled = document + "/" + field;
    for (int i = 0; i < spelled.length(); i++) {
      hash = Dice.mix(hash ^ spelled.charAt(i));
    }
    return (hash >>> 11) * 0x1p-53;
  }
}
