package dev.holdfast.network;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * PyTorch in this process: loaded on first use, and run on one thread a call, because results
 * depend on the number of threads in their last bits.
 *
 * <p>Thread-safe, but gradients are wanted by one thread of the process at a time.
 */
final class PyTorch {
  private final Engine engine;
  private final PtNDManager manager;

  private static final class Holder {
    private static final PyTorch LOADED = new PyTorch();
  }

  private PyTorch() {
    // The native library is loaded by the engine; nothing of JniUtils works before.
    engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    manager = (PtNDManager) engine.newBaseManager();
  }

  /** Owns what lives as long as the process; others get a manager below it. */
  static PtNDManager manager() {
    return Holder.LOADED.manager;
  }

  /**
   * Sets how this thread runs, which PyTorch keeps for each thread. Its optimizer is left out
   * always: it changes the last bits between the first runs and later ones, and would make what is
   * learned depend on which thread was the first.
   *
   * @param gradients whether they are wanted
   */
  static void mode(boolean gradients) {
    manager(); // loaded before it is told anything
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(gradients);
  }

  static GradientCollector collector() {
    return Holder.LOADED.engine.newGradientCollector();
  }

  /** The gradient by a tensor after a backward pass; zeros when nothing depends on it. */
  static float[] gradientOf(NDArray array) {
    try (NDArray gradient = array.getGradient()) {
      return gradient.toFloatArray();
    }
  }

  /**
   * A module of an archive.
   *
   * @param owner closes it
   * @throws EngineException when it is no archive of PyTorch
   */
  static PtSymbolBlock module(NDManager owner, byte[] archive) {
    try {
      PtSymbolBlock module =
          JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), true, false);
      JniUtils.enableInferenceMode(module);
      return module;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be read", e);
    }
  }

  /** TorchScript text that lies beside this class, without its comments. */
  static String source(String name) {
    try (var in = PyTorch.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: it was packed with this class", e);
    }
  }
}
