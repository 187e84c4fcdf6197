package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Likelihood;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** The likelihood of one label out of several that exclude each other. */
public final class Softmax implements Likelihood {
  private final float[] logits;
  private final Classes classes;
  private final int label;
  private final BiConsumer<float[], GradientConsumer> backward;

  /**
   * The labels that are possible; the logits of others count for nothing.
   *
   * @param from the first
   * @param to one past the last
   */
  public record Classes(int from, int to) {
    public Classes {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException(
            "expected 0 <= from < to, was [%d, %d)".formatted(from, to));
      }
    }
  }

  /**
   * @param backward carries a gradient by the logits back to the weights
   */
  public Softmax(
      float[] logits, Classes classes, int label, BiConsumer<float[], GradientConsumer> backward) {
    this.logits = logits;
    this.classes = classes;
    this.label = label;
    this.backward = backward;
  }

  /**
   * The negative log-likelihood of a label, in nats.
   *
   * @param logits from index {@code at} on
   * @param share of this label in the loss
   * @param gradient added to, from index {@code at} on: share times the gradient by the logits
   */
  public static double loss(
      float[] logits, int at, Classes classes, int label, float share, float[] gradient) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = classes.from; c < classes.to; c++) {
      largest = Math.max(largest, logits[at + c]);
    }
    double sum = 0;
    for (int c = classes.from; c < classes.to; c++) {
      sum += Math.exp(logits[at + c] - largest);
    }
    for (int c = classes.from; c < classes.to; c++) {
      gradient[at + c] += (float) (share * Math.exp(logits[at + c] - largest) / sum);
    }
    gradient[at + label] -= share;
    return Math.log(sum) + largest - logits[at + label];
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public float[] observed() {
    return gradient(logits, label);
  }

  @Override
  public float[] drawn(SplittableRandom random) {
    float[] probability = probabilities();
    double rest = random.nextDouble();
    int drawn = classes.from;
    while (drawn < classes.to - 1 && rest >= probability[drawn]) {
      rest -= probability[drawn++];
    }
    return gradient(logits, drawn);
  }

  @Override
  public float[] reversed() {
    float[] negative = new float[logits.length];
    for (int c = 0; c < logits.length; c++) {
      negative[c] = -logits[c];
    }
    float[] byNegative = gradient(negative, label);
    for (int c = 0; c < logits.length; c++) {
      byNegative[c] = -byNegative[c];
    }
    return byNegative;
  }

  @Override
  public void every(LabelConsumer labels) {
    float[] probability = probabilities();
    for (int c = classes.from; c < classes.to; c++) {
      labels.accept(probability[c], gradient(logits, c));
    }
  }

  @Override
  public void backward(float[] byLogits, GradientConsumer to) {
    backward.accept(byLogits, to);
  }

  private float[] probabilities() {
    float[] probability = gradient(logits, classes.from);
    probability[classes.from]++;
    return probability;
  }

  private float[] gradient(float[] of, int target) {
    float[] gradient = new float[of.length];
    loss(of, 0, classes, target, 1, gradient);
    return gradient;
  }
}
