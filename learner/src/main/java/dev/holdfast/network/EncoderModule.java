package dev.holdfast.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One copy in native memory of an encoder from a file. Its {@code forward} takes
 *
 * <ul>
 *   <li>text: uint8 {@code [tokens, 64]}, each token in UTF-8, zeros behind it; what is longer is
 *       cut between two characters
 *   <li>boxes: int64 {@code [tokens, 4]}, x0, y0, x1, y1 in thousandths of the page
 *   <li>pages: int64 {@code [tokens]}, from 0
 * </ul>
 *
 * and returns vectors, float32 {@code [tokens, width]}.
 *
 * <p>It runs in evaluation mode always. Thread-safe while nobody sets its weights or asks for
 * gradients.
 */
final class EncoderModule implements AutoCloseable {
  /** Bytes of a token's text. */
  static final int TEXT = 64;

  private final String digest;
  private final NDManager own;
  private final PtSymbolBlock block;
  private final NDList parameters;

  /** Loads its native part when it is first asked for. */
  private static final class Fill {
    private static final PtSymbolBlock MODULE =
        PyTorch.module(PyTorch.manager(), TorchScript.archive(PyTorch.source("fill.py")));
  }

  /**
   * @param digest of the archive
   * @throws EngineException when it is no archive of PyTorch
   */
  EncoderModule(String digest, byte[] archive) {
    this.digest = digest;
    own = PyTorch.manager().newSubManager();
    try {
      block = PyTorch.module(own, archive);
      parameters = JniUtils.moduleGetParams(block, (PtNDManager) own);
    } catch (EngineException e) {
      own.close();
      throw e;
    }
  }

  String digest() {
    return digest;
  }

  /** How many numbers its parameters have. */
  long size() {
    return parameters.stream().mapToLong(NDArray::size).sum();
  }

  /** Whether all its parameters are of single precision. */
  boolean isSingle() {
    return parameters.stream().allMatch(each -> each.getDataType() == DataType.FLOAT32);
  }

  /** Its parameters, one after the other in the order in which PyTorch has them. */
  float[] weights() {
    return flat(parameters.stream().map(NDArray::toFloatArray).toList());
  }

  /** Sets its parameters, laid out as {@link #weights} are. */
  void weights(float[] flat) {
    PyTorch.mode(false);
    PtNDArray[] targets = parameters.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new);
    try (NDManager scope = own.newSubManager();
        IValue all = IValue.listFrom(targets);
        IValue source = IValue.from((PtNDArray) scope.create(flat));
        IValue filled = IValueUtils.forward(Fill.MODULE, new IValue[] {all, source})) {
      filled.toTensor((PtNDManager) scope).close();
    }
  }

  /** From now on gradients by its parameters are kept. */
  void train() {
    parameters.forEach(each -> each.setRequiresGradient(true));
  }

  /** Forgets the gradients of earlier passes. */
  void clearGradients() {
    parameters.forEach(each -> JniUtils.zeroGrad((PtNDArray) each));
  }

  /** The gradient by its parameters, laid out as {@link #weights} are. */
  float[] gradient() {
    return flat(parameters.stream().map(PyTorch::gradientOf).toList());
  }

  private static float[] flat(List<float[]> parts) {
    float[] flat = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, flat, at, part.length);
      at += part.length;
    }
    return flat;
  }

  /**
   * The vectors of a document's tokens, {@code [tokens, width]}.
   *
   * @throws IllegalStateException when it fails, or a number is not finite; the message quotes
   *     nothing of the document
   */
  float[] read(Document document) {
    PyTorch.mode(false);
    try (NDManager scope = own.newSubManager()) {
      float[] vectors = vectors(scope, document, false).toFloatArray();
      for (float number : vectors) {
        if (!Float.isFinite(number)) {
          throw new IllegalStateException(
              "encoder %s: expected finite vectors of %d tokens, was %s"
                  .formatted(digest, document.tokens().size(), number));
        }
      }
      return vectors;
    } catch (EngineException e) {
      throw failure(document, e);
    }
  }

  /** A failure on a document, without what PyTorch says of it, which may quote the document. */
  IllegalStateException failure(Document document, EngineException e) {
    IllegalStateException failure =
        new IllegalStateException(
            "encoder %s: expected vectors of %d tokens, failed"
                .formatted(digest, document.tokens().size()));
    failure.setStackTrace(e.getStackTrace());
    return failure;
  }

  /**
   * Runs it.
   *
   * @param scope owns the result
   * @param gradients whether they will be asked for
   * @throws EngineException when it fails; the message may quote the document
   * @throws IllegalArgumentException when the result is not {@code [tokens, any]} of float32
   */
  NDArray vectors(NDManager scope, Document document, boolean gradients) {
    List<Token> tokens = document.tokens();
    int n = tokens.size();
    ByteBuffer text = ByteBuffer.allocateDirect(n * TEXT);
    long[] boxes = new long[n * 4];
    long[] pages = new long[n];
    for (int t = 0; t < n; t++) {
      Token token = tokens.get(t);
      text.put(t * TEXT, utf8(token.text()));
      Box box = token.box();
      boxes[4 * t] = box.x0();
      boxes[4 * t + 1] = box.y0();
      boxes[4 * t + 2] = box.x1();
      boxes[4 * t + 3] = box.y1();
      pages[t] = token.page();
    }
    NDList result = run(scope, text, boxes, pages, gradients);
    if (result.size() != 1
        || result.head().getDataType() != DataType.FLOAT32
        || result.head().getShape().dimension() != 2
        || result.head().getShape().get(0) != n) {
      throw new IllegalArgumentException(
          "expected one tensor of float32 [%d, width], was %s".formatted(n, shown(result)));
    }
    return result.head();
  }

  private NDList run(
      NDManager scope, ByteBuffer text, long[] boxes, long[] pages, boolean gradients) {
    int n = pages.length;
    try {
      return IValueUtils.forward(
          block,
          new NDList(
              scope.create(text, new Shape(n, TEXT), DataType.UINT8),
              scope.create(boxes, new Shape(n, 4)),
              scope.create(pages, new Shape(n))),
          gradients);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "expected one tensor of float32 [%d, width], was no tensor".formatted(n), e);
    }
  }

  private static String shown(NDList result) {
    return result.stream()
        .map(each -> each.getDataType() + " " + each.getShape())
        .toList()
        .toString();
  }

  /** As many whole characters as there is room for. */
  private static byte[] utf8(String text) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(TEXT, all.length);
    while (length < all.length && (all[length] & 0xC0) == 0x80) {
      length--; // in the middle of a character
    }
    return length == all.length ? all : Arrays.copyOf(all, length);
  }

  @Override
  public void close() {
    own.close();
  }
}
