package dev.holdfast.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holdfast's own encoder: gated residual convolutions over the reading order (Dauphin et al. 2017,
 * arXiv:1612.08083, with a step twice as wide in each layer) of vectors of hashed words, written as
 * one TorchScript text and run by PyTorch.
 */
final class Convolutions implements Encoder {
  /** The one of this process: it has no state. */
  static final Convolutions OWN = new Convolutions();

  /** Numbers of one word vector. */
  static final int WORD = 32;

  /** Numbers of one token's vector inside and at the end. */
  static final int WIDTH = 64;

  /** Numbers of one token at the input. */
  static final int INPUT = WORD + Features.LAYOUT;

  private static final int LAYERS = 3;
  private static final int[] SIZES = sizes();

  /** How many weights it has. */
  static final int PARAMETERS = Arrays.stream(SIZES).sum();

  /** Loads PyTorch when it is first asked for. */
  private static final class Holder {
    private static final PtSymbolBlock MODULE = module("convolutions.py");
  }

  /** The same, to run a version often. */
  private static final class Running {
    private static final PtSymbolBlock MODULE = module("convolutions_run.py");
  }

  private Convolutions() {}

  @Override
  public String name() {
    return "";
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int parameters() {
    return PARAMETERS;
  }

  @Override
  public boolean readsWords() {
    return true;
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

  private static PtSymbolBlock module(String source) {
    String reach =
        IntStream.range(0, LAYERS)
            .mapToObj(layer -> Integer.toString(1 << layer))
            .collect(Collectors.joining(", "));
    String text =
        PyTorch.source(source)
            .replace(
                "@SIZES@",
                Arrays.stream(SIZES).mapToObj(Integer::toString).collect(Collectors.joining(", ")))
            .replace("@REACH@", reach)
            .replace("@LAYERS@", Integer.toString(LAYERS))
            .replace("@LAST@", Integer.toString(4 + 6 * LAYERS))
            .replace("@TWICE@", Integer.toString(2 * WIDTH))
            .replace("@WIDTH@", Integer.toString(WIDTH));
    return PyTorch.module(PyTorch.manager(), TorchScript.archive(text));
  }

  /**
   * Fresh weights: layers normal with variance 1 / inputs, outputs of residual branches small,
   * norms 1, biases 0.
   */
  @Override
  public void initialize(float[] weights, int offset, long seed) {
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

  @Override
  public Loaded load(WordVectors words, float[] flat, float[] heads) {
    return new Version(words, flat, heads);
  }

  @Override
  public float[] logits(
      WordVectors words, float[] flat, float[] heads, Reading reading, Features features) {
    PyTorch.mode(false);
    try (NDManager scope = PyTorch.manager().newSubManager()) {
      NDArray w = scope.create(flat, new Shape(flat.length));
      NDArray x = scope.create(words.input(features), new Shape(features.tokens, INPUT));
      NDArray o = scope.create(heads, new Shape(heads.length / (WIDTH + 1), WIDTH + 1));
      return IValueUtils.forward(Holder.MODULE, new NDList(w, x, o), false).head().toFloatArray();
    }
  }

  private static final class Version implements Loaded {
    private final WordVectors words;
    private final PtNDManager own = (PtNDManager) PyTorch.manager().newSubManager();
    private final IValue weights;

    private Version(WordVectors words, float[] flat, float[] heads) {
      this.words = words;
      List<NDArray> parts = new ArrayList<>();
      int at = 0;
      for (int s = 0; s < SIZES.length; s++) {
        float[] part = Arrays.copyOfRange(flat, at, at + SIZES[s]);
        parts.add(own.create(part, shape(s)));
        at += SIZES[s];
      }
      int outputs = heads.length / (WIDTH + 1);
      float[] layers = new float[outputs * WIDTH];
      float[] biases = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        System.arraycopy(heads, o * (WIDTH + 1), layers, o * WIDTH, WIDTH);
        biases[o] = heads[o * (WIDTH + 1) + WIDTH];
      }
      parts.add(own.create(layers, new Shape(outputs, WIDTH)));
      parts.add(own.create(biases, new Shape(outputs)));
      weights =
          IValue.listFrom(parts.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    /** Layers are matrices, all else runs of numbers. */
    private static Shape shape(int part) {
      int inLayer = (part - 4) % 6;
      boolean isOfLayer = part >= 4 && part < 4 + 6 * LAYERS;
      if (part == 0) {
        return new Shape(WIDTH, INPUT);
      }
      if (isOfLayer && inLayer == 2) {
        return new Shape(2 * WIDTH, 3 * WIDTH);
      }
      return isOfLayer && inLayer == 4 ? new Shape(WIDTH, WIDTH) : new Shape(SIZES[part]);
    }

    @Override
    public float[] logits(Reading reading, Features features) {
      PyTorch.mode(false);
      try (NDManager scope = own.newSubManager();
          IValue x =
              IValue.from(
                  (PtNDArray)
                      scope.create(words.input(features), new Shape(features.tokens, INPUT)));
          IValue logits = IValueUtils.forward(Running.MODULE, new IValue[] {weights, x})) {
        return logits.toTensor((PtNDManager) scope).toFloatArray();
      }
    }

    @Override
    public void close() {
      weights.close();
      own.close();
    }
  }

  @Override
  public Gradients gradients(
      EmbeddingTable words,
      TrainingDocument document,
      float[] flat,
      float[] heads,
      UnaryOperator<float[]> byLogits) {
    return gradients(flat, heads, words.input(document.features), document.tokens(), byLogits);
  }

  /**
   * The same of any input.
   *
   * @param input {@code [tokens, INPUT]}
   */
  static Gradients gradients(
      float[] flat, float[] heads, float[] input, int tokens, UnaryOperator<float[]> byLogits) {
    PyTorch.mode(true);
    int outputs = heads.length / (WIDTH + 1);
    try (NDManager scope = PyTorch.manager().newSubManager();
        GradientCollector collector = PyTorch.collector()) {
      NDArray w = scope.create(flat, new Shape(flat.length));
      NDArray x = scope.create(input, new Shape(tokens, INPUT));
      NDArray o = scope.create(heads, new Shape(outputs, WIDTH + 1));
      w.setRequiresGradient(true);
      x.setRequiresGradient(true);
      o.setRequiresGradient(true);
      NDArray logits = IValueUtils.forward(Holder.MODULE, new NDList(w, x, o), true).head();
      logits.attach(scope);
      float[] gradient = byLogits.apply(logits.toFloatArray());
      NDArray g = scope.create(gradient, new Shape(tokens, outputs));
      collector.backward(logits.mul(g).sum());
      return new Gradients(PyTorch.gradientOf(w), PyTorch.gradientOf(x), PyTorch.gradientOf(o));
    }
  }
}
