package dev.holdfast.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;

/** An encoder from a file that stays as it is: fields learn output layers over its vectors. */
final class FrozenEncoder implements Encoder {
  private static final float[] NONE = {};

  private final EncoderModule module;
  private final int width;
  private final VectorCache cache;

  FrozenEncoder(EncoderModule module, int width, VectorCache cache) {
    this.module = module;
    this.width = width;
    this.cache = cache;
  }

  @Override
  public String name() {
    return module.digest();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public boolean readsWords() {
    return false;
  }

  @Override
  public void initialize(float[] weights, int offset, long seed) {
    // It has no weights that are learned.
  }

  /** {@code [tokens, width]}, finite. */
  private float[] vectors(Reading reading) {
    return cache.of(reading.document(), () -> module.read(reading.pieces));
  }

  @Override
  public Loaded load(WordVectors words, float[] flat, float[] heads) {
    NDManager own = PyTorch.manager().newSubManager();
    return new Version(own, OutputLayers.load(own, heads, width));
  }

  private final class Version implements Loaded {
    private final NDManager own;
    private final NDArray heads;

    private Version(NDManager own, NDArray heads) {
      this.own = own;
      this.heads = heads;
    }

    @Override
    public float[] logits(Reading reading, Features features) {
      float[] vectors = vectors(reading);
      PyTorch.mode(false);
      try (NDManager scope = own.newSubManager()) {
        NDArray h = scope.create(vectors, new Shape(features.tokens, width));
        return OutputLayers.logits(h, heads, false).toFloatArray();
      }
    }

    @Override
    public void close() {
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
    float[] vectors = vectors(document.reading);
    PyTorch.mode(true);
    try (NDManager scope = PyTorch.manager().newSubManager();
        GradientCollector collector = PyTorch.collector()) {
      NDArray h = scope.create(vectors, new Shape(document.tokens(), width));
      NDArray o = OutputLayers.load(scope, heads, width);
      o.setRequiresGradient(true);
      NDArray logits = OutputLayers.logits(h, o, true);
      NDArray g = scope.create(byLogits.apply(logits.toFloatArray()), logits.getShape());
      collector.backward(logits.mul(g).sum());
      return new Gradients(NONE, NONE, PyTorch.gradientOf(o));
    }
  }
}
