package dev.holdfast.network;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether a field belongs to a document at all: a logistic model for each field over the words of
 * the whole document, with its type as a hint where it has one.
 *
 * <p>Annotations are partial, so that a field without a mark is unknown, not foreign. What can be
 * learned is g(d), how probable it is that somebody <em>marks</em> the field on such a document;
 * that is how probable it is that the field belongs there times c, how often a field that belongs
 * is marked, and c is the mean of g over documents on which it was marked (Elkan, Noto 2008,
 * "Learning classifiers from only positive and unlabeled data", lemma 1 and estimator e₁).
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

  /** An error in a probability that is no reason to learn more. */
  private static final float SETTLED = .01f;

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

  /** How probable it is that a field is marked on a document, 0 to 1. */
  static float marked(float[] view, float[] weights, int run) {
    float logit = weights[run + WIDTH];
    for (int k = 0; k < WIDTH; k++) {
      logit += view[k] * weights[run + k];
    }
    return (float) Calibration.sigmoid(logit);
  }

  /**
   * Hands on the gradient of the negative log-likelihood that a field is marked on a document, or
   * not, unless that is settled; and follows how probable that is where it is marked.
   *
   * @param isMarked whether it is
   * @param view of the document
   */
  static void gradient(
      Field field, boolean isMarked, float[] view, float[] weights, GradientConsumer consumer) {
    float marked = marked(view, weights, field.applicability);
    if (isMarked) {
      field.markedShare += SHARE_RATE * (marked - field.markedShare);
    }
    float error = marked - (isMarked ? 1 : 0);
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
