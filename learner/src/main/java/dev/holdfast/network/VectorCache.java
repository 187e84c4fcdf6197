package dev.holdfast.network;

import dev.holdfast.document.Document;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Vectors of documents that are read again and again, as long as somebody else keeps the document:
 * of one that is forgotten nothing stays here.
 *
 * <p>Thread-safe.
 */
final class VectorCache {
  private final long room;
  private final Map<Document, float[]> vectors = new WeakHashMap<>();

  /**
   * @param room numbers that are kept at most; 0 keeps none
   */
  VectorCache(long room) {
    this.room = room;
  }

  /** The vectors of a document, made when they are not here. */
  float[] of(Document document, Supplier<float[]> make) {
    synchronized (this) {
      float[] known = vectors.get(document);
      if (known != null) {
        return known;
      }
    }
    float[] made = make.get();
    synchronized (this) {
      long taken = vectors.values().stream().mapToLong(each -> each.length).sum();
      if (taken + made.length > room) {
        // What is remembered is drawn by chance: which of it stays makes no difference.
        vectors.clear();
      }
      if (made.length <= room) {
        vectors.put(document, made);
      }
    }
    return made;
  }
}
