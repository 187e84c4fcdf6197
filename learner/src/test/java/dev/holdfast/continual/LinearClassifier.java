package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Likelihood;
import dev.holdfast.network.Parameters;

/** The smallest network there is: logit c of an input x is {@code weights[c] · x}. */
final class LinearClassifier {
  private final Parameters parameters;
  private final int offset;
  private final int classes;

  /** One whose weights come into being as the last of the parameters. */
  LinearClassifier(Parameters parameters, float... weights) {
    this.parameters = parameters;
    classes = weights.length;
    offset = parameters.allocate(classes);
    System.arraycopy(weights, 0, parameters.weights(), offset, classes);
  }

  Likelihood run(float input, int label) {
    float[] logits = new float[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = parameters.weights()[offset + c] * input;
    }
    return new Softmax(
        logits,
        new Softmax.Classes(0, classes),
        label,
        (byLogits, to) -> {
          float[] gradient = new float[classes];
          for (int c = 0; c < classes; c++) {
            gradient[c] = byLogits[c] * input;
          }
          to.accept(Part.WIDE, offset, gradient, 0, classes, 0);
        });
  }
}
