package dev.holdfast.network;

import dev.holdfast.wire.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Weights of a model as a safetensors file. */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Reads weights that this version can run and go on from.
   *
   * @throws IOException naming the file, when it is not there or has no such weights
   */
  public static Weights read(Path file) throws IOException {
    try {
      Weights weights = Safetensors.read(Files.readAllBytes(file));
      WeightsFormat.check(weights);
      return weights;
    } catch (NoSuchFileException e) {
      throw new IOException("expected a file of weights, found none at " + file, e);
    } catch (BadInput | IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Writes weights, over whatever the file had. */
  public static void write(Path file, Weights weights) throws IOException {
    Files.write(file, Safetensors.write(weights));
  }
}
