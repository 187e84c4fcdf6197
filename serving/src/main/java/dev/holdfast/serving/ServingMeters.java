package dev.holdfast.serving;

import dev.holdfast.process.DeclaredMeter;

/** The meters of serving. */
public enum ServingMeters {
  /** Transactions that committed. */
  TRANSACTIONS(
      DeclaredMeter.counter(
          "holdfast.serving.transactions",
          "transactions",
          "Transactions that committed, each with the extractions of one poll.")),

  /** Extractions that were committed. */
  DOCUMENTS(
      DeclaredMeter.counter(
          "holdfast.serving.documents", "documents", "Documents whose extraction was committed.")),

  /** Words of those documents. */
  WORDS(
      DeclaredMeter.counter(
          "holdfast.serving.words", "words", "Words of the documents that were committed.")),

  /** Time to read one document, over Kafka or HTTP. */
  EXTRACT(
      DeclaredMeter.timer(
          "holdfast.serving.extract", "Time to read one document, over Kafka or over HTTP.")),

  /** From the timestamp of a document to its committed extraction. */
  DOCUMENT_TO_EXTRACTION(
      DeclaredMeter.timer(
          "holdfast.serving.document.to.extraction",
          "From the timestamp of a document to its committed extraction.")),

  /** Time to commit a transaction. */
  COMMIT(DeclaredMeter.timer("holdfast.serving.commit", "Time to commit one transaction.")),

  /** Documents that the model failed on. */
  UNREADABLE(
      DeclaredMeter.counter(
          "holdfast.serving.unreadable",
          "documents",
          "Documents that the model failed on; version 0 served them.")),

  /** Transactions that were aborted and repeated. */
  ABORTS(
      DeclaredMeter.counter(
          "holdfast.serving.aborts", "transactions", "Transactions aborted and repeated.")),

  /** Number of the version that serves a collection; the first 100 collections only. */
  VERSION(
      DeclaredMeter.gauge(
          "holdfast.serving.version",
          "",
          "Number of the version that serves a collection.",
          "collection")),

  /** How old that version is; the first 100 collections only. */
  VERSION_AGE(
      DeclaredMeter.gauge(
          "holdfast.serving.version.age",
          "seconds",
          "Time since the version that serves a collection was made.",
          "collection")),

  /** How far behind that version is; the first 100 collections only. */
  BEHIND(
      DeclaredMeter.gauge(
          "holdfast.serving.behind",
          "versions",
          "How far the number of the version that serves a collection is below the newest that came: it was refused, is being loaded, or operators have it so.",
          "collection")),

  /** Whether that version is pinned; the first 100 collections only. */
  PINNED(
      DeclaredMeter.gauge(
          "holdfast.serving.pinned",
          "",
          "1 while operators have pinned the version that serves a collection, else 0.",
          "collection")),

  /** Collections that have a version. */
  COLLECTIONS(
      DeclaredMeter.gauge(
          "holdfast.serving.collections", "collections", "Collections that have a version.")),

  /** Time to load a version, warm it up and make it the current one. */
  SWAP(
      DeclaredMeter.timer(
          "holdfast.serving.swap",
          "Time to load a version, warm it up and make it the current one.")),

  /** Versions that were not taken. */
  REFUSED(
      DeclaredMeter.counter(
          "holdfast.serving.refused",
          "versions",
          "Versions that were not taken; the one before goes on serving.",
          "reason")),

  /** From the timestamp of an annotation to the swap to what learned it. */
  LEARN_TO_SERVE(
      DeclaredMeter.timer(
          "holdfast.serving.learn.to.serve",
          "From the timestamp of an annotation to serving with what learned it."));

  private final DeclaredMeter declared;

  ServingMeters(DeclaredMeter declared) {
    this.declared = declared;
  }

  /** Its declaration. */
  public DeclaredMeter declared() {
    return declared;
  }
}
