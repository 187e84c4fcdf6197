package dev.holdfast.serving;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One model version made ready to run, which counts its users: whoever holds it as the current one,
 * and every document that is being read with it. When the last has left it closes itself, once, and
 * nobody can enter any more.
 *
 * <p>Thread-safe.
 */
public final class ServedModel {
  private static final Document WARM_UP =
      new Document(
          new DocumentId("warm-up"),
          CollectionName.DEFAULT,
          "",
          "",
          List.of(new Page(600, 800)),
          List.of(
              new Token("Total", new Box(100, 800, 150, 812), 0, 0),
              new Token("12.50", new Box(700, 800, 750, 812), 0, 0)));

  private final long version;
  private final String digest;
  private final Function<Document, Prediction> extract;
  private final Map<FieldName, ValueKind> kinds;
  private final Runnable close;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Makes a version ready to run. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Loads weights and warms them up.
     *
     * @throws RuntimeException when they cannot be run
     */
    ServedModel load(long version, String digest, Weights weights);
  }

  /**
   * A model whose first user is the caller, who must {@link #leave} it.
   *
   * @param extract thread-safe
   * @param kinds of the fields, as this version learned them
   * @param close called once, after the last use
   */
  public ServedModel(
      long version,
      String digest,
      Function<Document, Prediction> extract,
      Map<FieldName, ValueKind> kinds,
      Runnable close) {
    this.version = version;
    this.digest = requireNonNull(digest, "digest is null");
    this.extract = requireNonNull(extract, "extract is null");
    this.kinds = Map.copyOf(kinds);
    this.close = requireNonNull(close, "close is null");
  }

  /**
   * Loads the weights and reads a small document with them, so that the first real one is fast.
   *
   * @param encoder the one from a file that there is, if any
   * @throws IllegalArgumentException when the weights are over another encoder
   */
  static ServedModel load(
      long version, String digest, Weights weights, Optional<EncoderFile> encoder) {
    Extractor extractor = new Extractor(weights, encoder);
    try {
      extractor.extract(WARM_UP);
    } catch (RuntimeException e) {
      extractor.close();
      throw e;
    }
    return new ServedModel(
        version, digest, extractor::extract, extractor.kinds(), extractor::close);
  }

  /** What serves a collection that has no version yet: finds nothing. */
  static ServedModel none() {
    return new ServedModel(0, "", document -> Prediction.EMPTY, Map.of(), () -> {});
  }

  long version() {
    return version;
  }

  String digest() {
    return digest;
  }

  /** For users only: between a successful {@link #enter} and its {@link #leave}. */
  Prediction extract(Document document) {
    return extract.apply(document);
  }

  /** The kind of a field's values as far as it was learned. */
  ValueKind kind(FieldName field) {
    return kinds.getOrDefault(field, ValueKind.TEXT);
  }

  /** Adds a user; false when the last has already left. */
  boolean enter() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Takes a user away, and closes the model when it was the last. */
  void leave() {
    int left = users.decrementAndGet();
    if (left == 0) {
      close.run();
    } else if (left < 0) {
      throw new IllegalStateException(
          "version %d: expected a user to leave, had none".formatted(version));
    }
  }
}
