package dev.holdfast.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The deep part: gated residual convolutions over the reading order (Dauphin et al. 2017,
 * arXiv:1612.08083, with a step twice as wide in each layer), written as one TorchScript text and
 * run by PyTorch. It owns no weights: they come as one flat array, so that one learning rule covers
 * them with all others.
 *
 * <p>Runs on one thread, because results depend on the number of threads in their last bits. {@link
 * Loaded#logits} is thread-safe; {@link #withGradient} belongs to one thread in the process.
 */
final class Encoder {
  /** Numbers of one word vector. */
  static final int WORD = 32;

  /** Numbers of one token's vector inside and at the end. */
  static final int WIDTH = 64;

  /** Numbers of one field's output layer: two rows of weights and a bias each. */
  static final int HEAD = 2 * (WIDTH + 1);

  /** Numbers of one token at the input. */
  static final int INPUT = WORD + Features.LAYOUT;

  private static final int LAYERS = 3;
  private static final int[] SIZES = sizes();

  /** How many weights it has. */
  static final int PARAMETERS = Arrays.stream(SIZES).sum();

  private final NDManager manager;
  private final PtSymbolBlock module;

  /** The one of this process: it has no state, and PyTorch is loaded once. */
  static Encoder shared() {
    return Holder.SHARED;
  }

  private static final class Holder {
    private static final Encoder SHARED = new Encoder();
  }

  private Encoder() {
    // The native library is loaded by the engine; nothing of JniUtils works before.
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    mode(false);
    manager = engine.newBaseManager();
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(TorchScript.archive(source())),
              true,
              false);
    } catch (IOException e) {
      throw new UncheckedIOException("encoder: expected PyTorch to read its module", e);
    }
  }

  /**
   * Sets how this thread runs, which PyTorch keeps for each thread. Its optimizer is left out
   * always: it changes the last bits between the first runs and later ones, and would make what is
   * learned depend on which thread was the first.
   *
   * @param gradients whether they are wanted
   */
  private static void mode(boolean gradients) {
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(gradients);
  }

  private static int[] sizes() {
    int[] sizes = new int[4 + 6 * LAYERS + 2];
    int i = 0;
    sizes[i++] = WIDTH * INPUT;
    sizes[i++] = WIDTH;
    sizes[i++] = WIDTH;
    sizes[i++] = WIDTH;
    for (int layer = 0; layer < LAYERS; layer++) {
      sizes[i++] = WIDTH;
      sizes[i++] = WIDTH;
      sizes[i++] = 2 * WIDTH * 3 * WIDTH;
      sizes[i++] = 2 * WIDTH;
      sizes[i++] = WIDTH * WIDTH;
      sizes[i++] = WIDTH;
    }
    sizes[i++] = WIDTH;
    sizes[i] = WIDTH;
    return sizes;
  }

  private static String source() throws IOException {
    try (var in = Encoder.class.getResourceAsStream("encoder.py")) {
      String reach =
          IntStream.range(0, LAYERS)
              .mapToObj(layer -> Integer.toString(1 << layer))
              .collect(Collectors.joining(", "));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"))
          .replace(
              "@SIZES@",
              Arrays.stream(SIZES).mapToObj(Integer::toString).collect(Collectors.joining(", ")))
          .replace("@REACH@", reach)
          .replace("@LAYERS@", Integer.toString(LAYERS))
          .replace("@LAST@", Integer.toString(4 + 6 * LAYERS))
          .replace("@TWICE@", Integer.toString(2 * WIDTH))
          .replace("@WIDTH@", Integer.toString(WIDTH));
    }
  }

  /**
   * Fresh weights: layers normal with variance 1 / inputs, outputs of residual branches small,
   * norms 1, biases 0.
   */
  static void initialize(float[] weights, int offset, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int at = offset;
    for (int s = 0; s < SIZES.length; s++) {
      int inLayer = s < 4 ? s : (s - 4) % 6;
      boolean last = s >= 4 + 6 * LAYERS;
      float scale = 0;
      float fill = 0;
      if (last) {
        fill = s == SIZES.length - 2 ? 1 : 0;
      } else if (s < 4) {
        scale = s == 0 ? (float) Math.sqrt(1.0 / INPUT) : 0;
        fill = s == 2 ? 1 : 0;
      } else if (inLayer == 2) {
        scale = (float) Math.sqrt(1.0 / (3 * WIDTH));
      } else if (inLayer == 4) {
        scale = .02f;
      } else {
        fill = inLayer == 0 ? 1 : 0;
      }
      for (int k = 0; k < SIZES[s]; k++) {
        weights[at++] = scale == 0 ? fill : scale * (float) random.nextGaussian();
      }
    }
  }

  /** Weights where PyTorch can use them, to run often. */
  Loaded load(float[] flat, float[] head) {
    NDManager own = manager.newSubManager();
    NDArray weights = own.create(flat, new Shape(flat.length));
    NDArray heads = own.create(head, new Shape(head.length / (WIDTH + 1), WIDTH + 1));
    return new Loaded(own, weights, heads);
  }

  /** One version's weights in native memory. Thread-safe until closed. */
  final class Loaded implements AutoCloseable {
    private final NDManager own;
    private final NDArray flat;
    private final NDArray head;

    private Loaded(NDManager own, NDArray flat, NDArray head) {
      this.own = own;
      this.flat = flat;
      this.head = head;
    }

    /**
     * The logits of every token.
     *
     * @param input {@code [tokens, INPUT]}
     * @return {@code [tokens, 2 × fields]}
     */
    float[] logits(float[] input, int tokens) {
      mode(false);
      try (NDManager scope = own.newSubManager()) {
        NDArray x = scope.create(input, new Shape(tokens, INPUT));
        // The result belongs to the first input's manager, so that one is taken into the scope by
        // another name.
        NDArray weights = flat.stopGradient();
        weights.attach(scope);
        return IValueUtils.forward(module, new NDList(weights, x, head), false)
            .head()
            .toFloatArray();
      }
    }

    @Override
    public void close() {
      own.close();
    }
  }

  /** Gradients of a loss by weights, input and output layers, laid out as those are. */
  static final class Gradients {
    final float[] flat;
    final float[] input;
    final float[] head;

    private Gradients(float[] flat, float[] input, float[] head) {
      this.flat = flat;
      this.input = input;
      this.head = head;
    }
  }

  /**
   * Runs the encoder, asks for the loss's gradient by the logits, and carries it back.
   *
   * @param byLogits from the logits to the gradient of the loss by them, same shape
   */
  Gradients withGradient(
      float[] flat, float[] head, float[] input, int tokens, UnaryOperator<float[]> byLogits) {
    mode(true);
    int outputs = head.length / (WIDTH + 1);
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray w = scope.create(flat, new Shape(flat.length));
      NDArray x = scope.create(input, new Shape(tokens, INPUT));
      NDArray o = scope.create(head, new Shape(outputs, WIDTH + 1));
      w.setRequiresGradient(true);
      x.setRequiresGradient(true);
      o.setRequiresGradient(true);
      NDArray logits = IValueUtils.forward(module, new NDList(w, x, o), true).head();
      logits.attach(scope);
      float[] gradient = byLogits.apply(logits.toFloatArray());
      NDArray g = scope.create(gradient, new Shape(tokens, outputs));
      collector.backward(logits.mul(g).sum());
      return new Gradients(gradientOf(w), gradientOf(x), gradientOf(o));
    }
  }

  private static float[] gradientOf(NDArray array) {
    try (NDArray gradient = array.getGradient()) {
      return gradient.toFloatArray();
    }
  }
}
