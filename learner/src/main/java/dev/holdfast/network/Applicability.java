package dev.holdfast.network;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Whether a field belongs to a document at all: a logistic model h(d) for each field over the words
 * of the whole document, with its type as a hint where it has one.
 *
 * <p>Annotations are partial, so that a field without a mark is unknown, not foreign: it is marked
 * with the probability c · h(d), where c is how often it is marked where it belongs (the labels of
 * Elkan, Noto 2008, "Learning classifiers from only positive and unlabeled data"). The model learns
 * by the likelihood of that, whose gradient vanishes where a field seems to belong and is not
 * marked: a logistic model of the marks themselves would know by heart, after some rehearsals, on
 * which document nobody marked what. Departures: c is not the mean of h over marked documents but
 * the share of marked ones among the new documents that it seems to belong to, and a document
 * without a mark counts as if it were {@value #CAUTION} of that, because to leave out a field that
 * is there costs more than to ask for one that is not.
 *
 * <p>Where other fields are marked that the field has never met ({@link Companions}), it is the
 * surer not to belong, as far as it is told apart by words at all ({@link #believed}); and of
 * fields that never met, only those stay that seem to belong more than the others do.
 *
 * <p>A document is seen as the presence of its words, each word adding ±1 to four of {@value
 * #WIDTH} numbers by its hash (feature hashing: Weinberger et al. 2009, arXiv:0902.2206), scaled to
 * length {@value #LENGTH}; so a field costs the same whatever was seen.
 */
final class Applicability {
  static final int WIDTH = 256;

  /** Numbers of one field: a weight for each number of a document, and a bias. */
  static final int RUN = WIDTH + 1;

  private static final float LENGTH = 4;
  private static final int PLACES = 4;

  /** The type hint has the say of this part of the words. */
  private static final float HINT = .5f;

  /** How fast the share of marked documents follows. */
  private static final float SHARE_RATE = .05f;

  /** A gradient by the logit that is no reason to learn more. */
  private static final float SETTLED = .002f;

  /** A mark is taken to be this much rarer where a field belongs than it is. */
  private static final float CAUTION = .3f;

  private static final float LEAST_CAUTION = .05f;

  /** Less than certainty, so that no loss is without end. */
  private static final float MOST = .999f;

  /** The share of marked documents before any is counted. */
  static final float START_SHARE = .3f;

  /** How well a field is told apart before it was ever. */
  static final float START_RECOGNISED = .5f;

  private static final float RECOGNISED_RATE = .1f;

  private Applicability() {}

  /** A document's view. */
  static float[] view(Word[] words, String type) {
    float[] view = new float[WIDTH];
    Set<Integer> seen = new HashSet<>();
    for (Word word : words) {
      if (seen.add(word.core)) {
        add(view, word.core, 1);
      }
    }
    float scale = scale(view);
    if (!type.isEmpty()) {
      add(view, Hash.in(2, type.hashCode()), HINT / (scale * 2));
      scale = scale(view);
    }
    for (int k = 0; k < WIDTH; k++) {
      view[k] *= LENGTH * scale;
    }
    return view;
  }

  private static void add(float[] view, int value, float size) {
    int hash = value;
    for (int place = 0; place < PLACES; place++) {
      hash = Hash.in(1 + place, hash);
      view[(hash >>> 1) % WIDTH] += (hash & 1) == 0 ? size : -size;
    }
  }

  private static float scale(float[] view) {
    double squares = 1e-9;
    for (float number : view) {
      squares += number * number;
    }
    return (float) (1 / Math.sqrt(squares));
  }

  /** How probable it is that a field belongs to a document, 0 to 1. */
  static float belongs(float[] view, float[] weights, int run) {
    float logit = weights[run + WIDTH];
    for (int k = 0; k < WIDTH; k++) {
      logit += view[k] * weights[run + k];
    }
    return (float) Calibration.sigmoid(logit);
  }

  /**
   * How probable a mark is taken to be where a field belongs.
   *
   * @param markedShare how often it was marked on such documents
   */
  static float caution(float markedShare) {
    return Math.max(LEAST_CAUTION, CAUTION * markedShare);
  }

  /**
   * Counts whether a field is marked on a document that was not learned yet, if it seems to belong
   * there.
   *
   * @param strange how sure it is from other fields that it does not, 0 to 1
   */
  static void count(Field field, boolean isMarked, float strange, float[] view, float[] weights) {
    if (strange < .5f && belongs(view, weights, field.applicability) >= .5f) {
      field.markedShare += SHARE_RATE * ((isMarked ? 1 : 0) - field.markedShare);
    }
  }

  /**
   * Counts how well a field is told apart: the running mean of h on documents that it is marked on,
   * before they are learned.
   */
  static void recognised(Field field, float[] view, float[] weights) {
    float h = belongs(view, weights, field.applicability);
    field.recognised += RECOGNISED_RATE * (h - field.recognised);
  }

  /**
   * How far what {@link Companions} say of a field is believed, 0 to 1: not at all where the words
   * do not bear it out. Two fields of one kind of document never meet either when they are
   * annotated by different people; then no words tell their documents apart.
   */
  static float believed(Field field) {
    return Math.min(1, Math.max(0, 4 * field.recognised - 2));
  }

  /** A document's view as it is seen with some of its numbers left out. */
  static float[] seen(float[] view, Network.Noise noise) {
    float[] seen = view.clone();
    if (noise.dropout() > 0) {
      SplittableRandom random = new SplittableRandom(noise.seed());
      float scale = 1 / (1 - noise.dropout());
      for (int k = 0; k < WIDTH; k++) {
        seen[k] = random.nextDouble() < noise.dropout() ? 0 : scale * view[k];
      }
    }
    return seen;
  }

  /**
   * Hands on the gradient of the negative log-likelihood that a field is marked on a document, or
   * not, unless that is settled.
   *
   * @param isMarked whether it is
   * @param strange how sure it is from other fields that it does not belong, 0 to 1
   * @param view of the document
   */
  static void gradient(
      Field field,
      boolean isMarked,
      float strange,
      float[] view,
      float[] weights,
      GradientConsumer consumer) {
    float h = belongs(view, weights, field.applicability);
    float cautious = caution(field.markedShare);
    float c = Math.min(MOST, cautious + strange * (1 - cautious));
    float error = isMarked ? h - 1 : c * h * (1 - h) / (1 - c * h);
    if (Math.abs(error) > SETTLED) {
      float[] gradient = new float[RUN];
      for (int k = 0; k < WIDTH; k++) {
        gradient[k] = error * view[k];
      }
      gradient[WIDTH] = error;
      consumer.accept(
          GradientConsumer.Part.APPLICABILITY, field.applicability, gradient, 0, RUN, 0);
    }
  }
}
