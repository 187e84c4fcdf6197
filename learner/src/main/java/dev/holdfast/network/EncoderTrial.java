package dev.holdfast.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tries an encoder on made-up documents, before anything depends on it: of a few words, of one, and
 * of more than many networks take at once.
 */
final class EncoderTrial {
  private static final int MAX_WIDTH = 4096;
  private static final int FEW = 7;

  /** More than the 512 places that many pre-trained networks have. */
  private static final int MANY = 600;

  private static final List<String> WORDS =
      List.of("Total", "12.50", "né", "合計", "סה״כ", "😀", "x".repeat(EncoderModule.TEXT + 1));

  private EncoderTrial() {}

  /**
   * The width of its vectors.
   *
   * @throws IOException saying what was expected and what was found, when it does not keep to what
   *     is asked of it
   */
  static int width(EncoderModule module) throws IOException {
    float[] first = vectors(module, FEW);
    int width = first.length / FEW;
    if (width < 1 || width > MAX_WIDTH) {
      throw new IOException(
          "expected vectors of 1 to %d numbers, was %d".formatted(MAX_WIDTH, width));
    }
    if (!Arrays.equals(first, vectors(module, FEW))) {
      throw new IOException(
          "expected the same vectors of the same document again, was different ones: is dropout on?");
    }
    for (int tokens : List.of(1, MANY)) {
      int found = vectors(module, tokens).length / tokens;
      if (found != width) {
        throw new IOException(
            "expected vectors of %d numbers also of %d tokens, was %d"
                .formatted(width, tokens, found));
      }
    }
    return width;
  }

  private static float[] vectors(EncoderModule module, int tokens) throws IOException {
    PyTorch.mode(false);
    try (NDManager scope = PyTorch.manager().newSubManager()) {
      float[] vectors = module.vectors(scope, document(tokens), false).toFloatArray();
      for (float number : vectors) {
        if (!Float.isFinite(number)) {
          throw new IOException(
              "expected finite vectors of %d tokens, was %s".formatted(tokens, number));
        }
      }
      return vectors;
    } catch (IllegalArgumentException e) {
      throw new IOException("forward(text, boxes, pages): " + e.getMessage(), e);
    } catch (EngineException e) {
      throw new IOException(
          "expected forward(text, boxes, pages) to run on %d tokens, failed: %s"
              .formatted(tokens, lastLine(e)),
          e);
    }
  }

  /** What PyTorch says after it has shown where it was. */
  private static String lastLine(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((before, last) -> last)
        .orElse("")
        .strip();
  }

  /** Half of it on one page, half on another. */
  private static Document document(int tokens) {
    return new Document(
        new DocumentId("trial"),
        CollectionName.DEFAULT,
        "",
        "",
        List.of(new Page(600, 800), new Page(600, 800)),
        IntStream.range(0, tokens)
            .mapToObj(
                t ->
                    new Token(
                        WORDS.get(t % WORDS.size()),
                        new Box(10 * (t % 90), t % 990, 10 * (t % 90) + 80, t % 990 + 10),
                        2 * t / tokens,
                        t / 8))
            .toList());
  }
}
