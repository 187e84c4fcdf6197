package dev.holdfast.network;

import dev.holdfast.score.AnnotatedValues;
import java.util.Arrays;

/**
 * The loss of one document at a time, the negative log-likelihood of what is known about it, under
 * the wide part or under both parts, and how it changes with every number behind it. Keeps its work
 * space; not thread-safe.
 */
final class DocumentLoss {
  private final Model model;
  private final Supervision supervision;
  private final WidePart wide;
  private final Chain chain = new Chain();
  private float[] logits = new float[0];
  private float[] logitGradient = new float[0];

  DocumentLoss(Model model, Supervision supervision) {
    this.model = model;
    this.supervision = supervision;
    wide = new WidePart(model.wide);
  }

  /**
   * The negative log-likelihood of what is known about a document under the wide part, with its
   * gradient by the wide part and the chains.
   *
   * @return nats, summed over the known fields
   */
  double gradient(TrainingDocument document, Network.Noise noise, GradientConsumer consumer) {
    if (document.tokens() == 0 || document.fields.length == 0) {
      return 0;
    }
    int size = document.tokens() * WideTable.PAIR * document.fields.length;
    logits = WidePart.cleared(logits, size);
    logitGradient = WidePart.cleared(logitGradient, size);
    wide.forward(document, noise, logits);
    float[] chains = new float[document.fields.length * Chain.RUN];
    double loss = chainLoss(document, chains);
    wide.backward(document, noise, logitGradient, consumer);
    for (int j = 0; j < document.fields.length; j++) {
      int run = model.fields.get(document.fields[j]).chain;
      consumer.accept(GradientConsumer.Part.CHAIN, run, chains, j * Chain.RUN, Chain.RUN, 0);
    }
    return loss;
  }

  /**
   * The likelihood of what is known about a document under the wide part, all of which is seen: for
   * measuring.
   */
  Likelihood likelihood(TrainingDocument document) {
    int size = document.tokens() * WideTable.PAIR * document.fields.length;
    logits = WidePart.cleared(logits, size);
    wide.forward(document, Network.Noise.NONE, logits);
    return new DocumentLikelihood(model, this, document, logits);
  }

  /** Where the chain of a document's j-th known field lies. */
  int chain(TrainingDocument document, int j) {
    return model.fields.get(document.fields[j]).chain;
  }

  /** Carries a gradient by the logits of a document's tokens back to the wide part. */
  void backward(TrainingDocument document, float[] byLogits, GradientConsumer consumer) {
    wide.backward(document, Network.Noise.NONE, byLogits, consumer);
  }

  /**
   * The negative log-likelihood under both parts, with its gradient by the encoder, its word
   * vectors and its output layers. The wide part stays as it is.
   */
  double deepGradient(TrainingDocument document, Network.Noise noise, GradientConsumer consumer) {
    if (document.tokens() == 0 || document.fields.length == 0) {
      return 0;
    }
    int size = document.tokens() * WideTable.PAIR * document.fields.length;
    logits = WidePart.cleared(logits, size);
    logitGradient = WidePart.cleared(logitGradient, size);
    wide.forward(document, noise, logits);
    double[] loss = new double[1];
    model.deepGradient(
        document,
        byEncoder -> {
          for (int k = 0; k < size; k++) {
            logits[k] += byEncoder[k];
          }
          loss[0] = chainLoss(document, new float[document.fields.length * Chain.RUN]);
          return Arrays.copyOf(logitGradient, size);
        },
        consumer);
    return loss[0];
  }

  /**
   * Counts how right the model is about a document that it has not learned yet, for the calibration
   * of its confidences.
   */
  void measure(TrainingDocument document) {
    if (document.tokens() == 0 || document.fields.length == 0) {
      return;
    }
    int width = WideTable.PAIR * document.fields.length;
    int size = document.tokens() * width;
    logits = WidePart.cleared(logits, size);
    wide.forward(document, Network.Noise.NONE, logits);
    if (model.hasDeepLogits()) {
      float[] byEncoder = model.deepLogits(document);
      for (int k = 0; k < size; k++) {
        logits[k] += byEncoder[k];
      }
    }
    for (int j = 0; j < document.fields.length; j++) {
      Field field = model.fields.get(document.fields[j]);
      if (field.documents() == 0) {
        continue;
      }
      int at = WideTable.PAIR * j;
      chain.load(logits, width, at, document.tokens(), model.parameters.weights(), field.chain);
      field.reliability.count(
          Decoder.candidates(document.reading, field, chain),
          AnnotatedValues.of(document.document(), document.marks().get(field.name).values()),
          field.documents());
    }
  }

  /** The loss under {@link #logits}; adds to {@link #logitGradient} and to {@code chains}. */
  private double chainLoss(TrainingDocument document, float[] chains) {
    int width = WideTable.PAIR * document.fields.length;
    double loss = 0;
    float[] one = new float[Chain.RUN];
    for (int j = 0; j < document.fields.length; j++) {
      Field field = model.fields.get(document.fields[j]);
      int at = WideTable.PAIR * j;
      chain.load(logits, width, at, document.tokens(), model.parameters.weights(), field.chain);
      byte[] states = states(document, j, chain);
      loss +=
          switch (supervision.loss()) {
            case CHAIN -> chain.loss(states, logitGradient, width, at, one);
            case TOKENS -> TokenLoss.of(chain, states, logitGradient, width, at, one);
          };
      System.arraycopy(one, 0, chains, j * Chain.RUN, Chain.RUN);
    }
    return loss;
  }

  /** See {@link TrainingDocument#states}. */
  byte[] states(TrainingDocument document, int j, Chain chain) {
    return document.states(j, chain, model.fields.get(document.fields[j]).maxLength);
  }
}
