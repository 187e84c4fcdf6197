package dev.holdfast.serving;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.network.Prediction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The current model of every collection. A document is read from start to end by one model, however
 * often that is replaced meanwhile; a replaced model is closed when its last document is done.
 *
 * <p>Thread-safe; reading never waits for replacing.
 */
final class ServedModels implements AutoCloseable {
  private final Map<CollectionName, ServedModel> current = new ConcurrentHashMap<>();
  private final ServedModel none = ServedModel.none();
  private final Conventions conventions;
  private volatile boolean closed;

  /**
   * @param conventions by which values are read
   */
  ServedModels(Conventions conventions) {
    this.conventions = conventions;
  }

  /** Reads a document with its collection's current model, or with version 0 when there is none. */
  Extraction extract(Document document, Instant at) {
    return use(
        document.collection(),
        model -> {
          Prediction prediction = model.extract(document);
          return Extraction.of(document, prediction, model.version(), model.digest(), at)
              .normalized(conventions.of(document, model::kind));
        });
  }

  /** Makes a model the current one of its collection, and gives up the one before. */
  void replace(CollectionName collection, ServedModel model) {
    ServedModel before = current.put(collection, model);
    if (before != null) {
      before.leave();
    }
  }

  /**
   * Calls {@code user} with the current model, which stays open until it returns.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <T> T use(CollectionName collection, Function<ServedModel, T> user) {
    ServedModel model = enter(collection);
    try {
      return user.apply(model);
    } finally {
      model.leave();
    }
  }

  private ServedModel enter(CollectionName collection) {
    while (!closed) {
      ServedModel model = current.getOrDefault(collection, none);
      if (model.enter()) {
        return model;
      }
      // It was replaced and closed between the two lines above: the next look finds its successor.
    }
    throw new IllegalStateException(
        "collection %s: expected open models, was closed".formatted(collection));
  }

  /**
   * The version that serves a collection.
   *
   * @param number at least 1
   * @param digest of its weights
   */
  record Served(long number, String digest) {}

  /** The current version of each collection that has one; a copy. */
  SortedMap<CollectionName, Served> versions() {
    SortedMap<CollectionName, Served> versions = new TreeMap<>();
    current.forEach((c, model) -> versions.put(c, new Served(model.version(), model.digest())));
    return Collections.unmodifiableSortedMap(versions);
  }

  /** Gives up every model; those in use close when their users leave. Nothing may replace after. */
  @Override
  public void close() {
    closed = true;
    for (CollectionName collection : List.copyOf(current.keySet())) {
      ServedModel model = current.remove(collection);
      if (model != null) {
        model.leave();
      }
    }
  }
}
