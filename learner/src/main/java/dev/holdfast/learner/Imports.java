package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.network.Safetensors;
import dev.holdfast.version.BadChunks;
import dev.holdfast.version.Chunks;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ImportKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.nio.charset.StandardCharsets;

/**
 * Learners that begin with weights from {@code models.in}.
 *
 * <p>Not thread-safe.
 */
final class Imports {
  private final LogReader reader;
  private final Learning.Source learners;

  Imports(LogReader reader, Learning.Source learners) {
    this.reader = requireNonNull(reader, "reader is null");
    this.learners = requireNonNull(learners, "learners is null");
  }

  /**
   * A learner that begins with these weights.
   *
   * @throws BadInput when they are not whole in {@code models.in}, or no weights to learn on from
   */
  Learning begin(Digest digest) throws BadInput {
    byte[] file = file(digest);
    try {
      return learners.startFrom(Safetensors.read(file));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          Reason.BAD_VALUE, "$.digest", "weights that can be learned on from", e.getMessage());
    }
  }

  private byte[] file(Digest digest) throws BadInput {
    Chunks chunks = new Chunks();
    reader.read(
        ModelTopics.MODELS_IN,
        0,
        0,
        (place, key, chunk) -> {
          if (key != null && chunk != null) {
            take(new String(key, StandardCharsets.UTF_8), chunk, digest, chunks);
          }
        });
    try {
      return chunks.join(digest);
    } catch (BadChunks e) {
      throw new BadInput(
          Reason.UNKNOWN_VERSION,
          "$.digest",
          "all chunks of a file in %s, %s".formatted(ModelTopics.MODELS_IN.name(), e.expected()),
          e.found());
    }
  }

  private static void take(String text, byte[] chunk, Digest digest, Chunks chunks) {
    ImportKey key;
    try {
      key = ImportKey.parse(text);
    } catch (IllegalArgumentException e) {
      return; // anyone may write there; what is no chunk is nobody's
    }
    if (key.digest().equals(digest)) {
      chunks.put(key.part(), chunk);
    }
  }
}
