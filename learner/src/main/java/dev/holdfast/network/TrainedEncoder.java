package dev.holdfast.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;

/**
 * An encoder from a file whose parameters are learned on: the numbers in the file are where
 * learning begins, and each version has its own. Nothing else about it changes, so that a version
 * is its weights: it runs in evaluation mode, without dropout and with the statistics that it came
 * with.
 */
final class TrainedEncoder implements Encoder {
  private final String digest;
  private final byte[] archive;
  private final float[] first;
  private final int width;

  /** Copies in native memory that nobody uses now, with whatever weights they had last. */
  private final Deque<EncoderModule> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param first its parameters as they came
   */
  TrainedEncoder(String digest, byte[] archive, float[] first, int width) {
    this.digest = digest;
    this.archive = archive;
    this.first = first;
    this.width = width;
  }

  @Override
  public String name() {
    return digest;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int parameters() {
    return first.length;
  }

  @Override
  public boolean readsWords() {
    return false;
  }

  @Override
  public void initialize(float[] weights, int offset, long seed) {
    System.arraycopy(first, 0, weights, offset, first.length);
  }

  private EncoderModule take(float[] flat) {
    EncoderModule module = idle.poll();
    if (module == null) {
      module = new EncoderModule(digest, archive);
      module.train();
    }
    module.weights(flat);
    return module;
  }

  @Override
  public Loaded load(WordVectors words, float[] flat, float[] heads) {
    NDManager own = PyTorch.manager().newSubManager();
    return new Version(take(flat), own, OutputLayers.load(own, heads, width));
  }

  private final class Version implements Loaded {
    private final EncoderModule module;
    private final NDManager own;
    private final NDArray heads;

    private Version(EncoderModule module, NDManager own, NDArray heads) {
      this.module = module;
      this.own = own;
      this.heads = heads;
    }

    @Override
    public float[] logits(Reading reading, Features features) {
      float[] vectors = module.read(reading.pieces);
      try (NDManager scope = own.newSubManager()) {
        NDArray h = scope.create(vectors, new Shape(features.tokens, width));
        return OutputLayers.logits(h, heads, false).toFloatArray();
      }
    }

    @Override
    public void close() {
      own.close();
      idle.push(module);
    }
  }

  @Override
  public Gradients gradients(
      EmbeddingTable words,
      TrainingDocument document,
      float[] flat,
      float[] heads,
      UnaryOperator<float[]> byLogits) {
    EncoderModule module = take(flat);
    PyTorch.mode(true);
    try (NDManager scope = PyTorch.manager().newSubManager();
        GradientCollector collector = PyTorch.collector()) {
      module.clearGradients();
      NDArray o = OutputLayers.load(scope, heads, width);
      o.setRequiresGradient(true);
      NDArray h = module.vectors(scope, document.reading.pieces, true);
      NDArray logits = OutputLayers.logits(h, o, true);
      NDArray g = scope.create(byLogits.apply(logits.toFloatArray()), logits.getShape());
      collector.backward(logits.mul(g).sum());
      return new Gradients(module.gradient(), new float[0], PyTorch.gradientOf(o));
    } catch (EngineException e) {
      throw module.failure(document.reading.pieces, e);
    } finally {
      idle.push(module);
    }
  }
}
