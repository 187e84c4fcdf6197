package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentKey;

/** What {@code examples} says in one place of its log. */
sealed interface Entry permits ExampleRecord, Entry.Forgotten {
  /** Its place. */
  long offset();

  /** Whose learner it is for. */
  CollectionName collection();

  /**
   * That a document is forgotten.
   *
   * @param offset in its partition
   * @param document which
   */
  record Forgotten(long offset, DocumentKey document) implements Entry {
    public Forgotten {
      requireNonNull(document, "document is null");
    }

    @Override
    public CollectionName collection() {
      return document.collection();
    }
  }
}
