package dev.holdfast.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;

/** Output layers over an encoder's vectors. */
final class OutputLayers {
  private static final PtSymbolBlock MODULE =
      PyTorch.module(PyTorch.manager(), TorchScript.archive(PyTorch.source("outputs.py")));

  private OutputLayers() {}

  /**
   * Layers in native memory, {@code [outputs, width + 1]}.
   *
   * @param owner closes them
   */
  static NDArray load(NDManager owner, float[] heads, int width) {
    return owner.create(heads, new Shape(heads.length / (width + 1), width + 1));
  }

  /**
   * The logits of every token, {@code [tokens, outputs]}.
   *
   * @param vectors {@code [tokens, width]}; its manager owns the result
   * @param gradients whether they will be asked for
   */
  static NDArray logits(NDArray vectors, NDArray heads, boolean gradients) {
    return IValueUtils.forward(MODULE, new NDList(vectors, heads), gradients).head();
  }
}
