package dev.holdfast.network;

import java.util.SplittableRandom;

/**
 * The likelihood of what is known about one document under the wide part. Its logits are those of
 * the tokens, {@code [tokens, known fields, (begin, inside)]}, and behind them the numbers of the
 * fields' chains, on which the likelihood depends as directly.
 */
final class DocumentLikelihood implements Likelihood {
  private final DocumentLoss loss;
  private final TrainingDocument document;
  private final float[] logits;
  private final int chains;
  private final Chain chain = new Chain();

  /** Says which states a field may be in, once its chain is loaded. */
  private interface Allowed {
    byte[] states(int j);
  }

  /**
   * @param tokens logits of the tokens
   */
  DocumentLikelihood(Model model, DocumentLoss loss, TrainingDocument document, float[] tokens) {
    this.loss = loss;
    this.document = document;
    chains = document.tokens() * width();
    logits = new float[chains + document.fields.length * Chain.RUN];
    System.arraycopy(tokens, 0, logits, 0, chains);
    for (int j = 0; j < document.fields.length; j++) {
      System.arraycopy(
          model.parameters.weights(), loss.chain(document, j), logits, run(j), Chain.RUN);
    }
  }

  private int width() {
    return WideTable.PAIR * document.fields.length;
  }

  private int run(int j) {
    return chains + j * Chain.RUN;
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public float[] observed() {
    return gradient(logits, j -> loss.states(document, j, chain));
  }

  @Override
  public float[] drawn(SplittableRandom random) {
    return gradient(logits, j -> chain.draw(random));
  }

  @Override
  public float[] reversed() {
    byte[][] states = new byte[document.fields.length][];
    gradient(logits, j -> states[j] = loss.states(document, j, chain));
    float[] gradient = gradient(negative(logits), j -> states[j]);
    return negative(gradient);
  }

  private static float[] negative(float[] numbers) {
    float[] negative = new float[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      negative[k] = -numbers[k];
    }
    return negative;
  }

  /** The gradient, by the given logits, of minus the log-likelihood that states are as allowed. */
  private float[] gradient(float[] of, Allowed allowed) {
    float[] gradient = new float[of.length];
    float[] one = new float[Chain.RUN];
    for (int j = 0; j < document.fields.length; j++) {
      int at = WideTable.PAIR * j;
      chain.load(of, width(), at, document.tokens(), of, run(j));
      chain.loss(allowed.states(j), gradient, width(), at, one);
      System.arraycopy(one, 0, gradient, run(j), Chain.RUN);
    }
    return gradient;
  }

  /** Not to be had: a document has more labellings than can be summed over. */
  @Override
  public void every(LabelConsumer labels) {
    throw new UnsupportedOperationException("expected a draw of labels, was asked for all");
  }

  @Override
  public void backward(float[] byLogits, GradientConsumer to) {
    loss.backward(document, byLogits, to);
    for (int j = 0; j < document.fields.length; j++) {
      to.accept(
          GradientConsumer.Part.CHAIN, loss.chain(document, j), byLogits, run(j), Chain.RUN, 0);
    }
  }
}
