package dev.holdfast.monitoring;

import dev.holdfast.process.DeclaredMeter;

/**
 * The meters of monitoring. All but the time to read are gauges, also of what only grows:
 * monitoring reads the log from its start when it starts, and a counter that counts the past again
 * would look like a burst.
 */
public enum MonitoringMeters {
  /** Documents that were extracted. */
  EXTRACTIONS(
      DeclaredMeter.gauge(
          "holdfast.monitoring.extractions", "documents", "Documents that were extracted.")),

  /** Further extractions of one document. */
  REPEATED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.repeated",
          "extractions",
          "Further extractions of documents that were extracted before.")),

  /** What people said. */
  EXAMPLES(
      DeclaredMeter.gauge(
          "holdfast.monitoring.examples",
          "examples",
          "Examples: each time that more was known of a document.")),

  /** Statements by what came of them. */
  STATEMENTS(
      DeclaredMeter.gauge(
          "holdfast.monitoring.statements",
          "statements",
          "Statements about a field of a document that met a prediction: scored, learned-before by"
              + " the predicting version, or unverifiable.",
          "outcome")),

  /** Documents kept. */
  WATCHED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.watched",
          "documents",
          "Documents kept with their prediction for statements to come.")),

  /** Documents dropped. */
  DROPPED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.dropped",
          "documents",
          "Documents dropped for want of room before anything was said about them.")),

  /** Messages refused. */
  REJECTED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.rejected", "messages", "Messages that were refused.", "reason")),

  /** Time to take in what was read. */
  READ(
      DeclaredMeter.timer(
          "holdfast.monitoring.read", "Time to take in what one poll of the log brought.")),

  /** Records not yet read. */
  LAG(
      DeclaredMeter.gauge(
          "holdfast.monitoring.lag",
          "records",
          "Records that monitoring has not read yet; until none are left its numbers are of the"
              + " past.",
          "topic")),

  /** Versions of a collection. */
  VERSIONS(
      DeclaredMeter.gauge(
          "holdfast.monitoring.versions",
          "versions",
          "Versions whose manifests were read; the first collections only.",
          "collection")),

  /** The newest version. */
  VERSION(
      DeclaredMeter.gauge(
          "holdfast.monitoring.version",
          "",
          "Number of the newest version of a collection; the first collections only.",
          "collection")),

  /** Prequential F1 of a collection. */
  F1(
      DeclaredMeter.gauge(
          "holdfast.monitoring.f1",
          "ratio",
          "Prequential F1 of a collection, over all documents, fading, or over the last ones.",
          "collection",
          "over")),

  /** Prequential F1 of a document type. */
  TYPE_F1(
      DeclaredMeter.gauge(
          "holdfast.monitoring.type.f1",
          "ratio",
          "Prequential F1 of a document type, over all documents, fading, or over the last ones.",
          "collection",
          "type",
          "over")),

  /** Prequential F1 of a field. */
  FIELD_F1(
      DeclaredMeter.gauge(
          "holdfast.monitoring.field.f1",
          "ratio",
          "Prequential F1 of a field, over all documents, fading, or over the last ones.",
          "collection",
          "field",
          "over")),

  /** Prequential precision of a collection. */
  PRECISION(
      DeclaredMeter.gauge(
          "holdfast.monitoring.precision",
          "ratio",
          "Prequential precision of a collection: the part of what was predicted that is right,"
              + " over all documents, fading, or over the last ones.",
          "collection",
          "over")),

  /** Prequential recall of a collection. */
  RECALL(
      DeclaredMeter.gauge(
          "holdfast.monitoring.recall",
          "ratio",
          "Prequential recall of a collection: the part of what was annotated that was predicted,"
              + " over all documents, fading, or over the last ones.",
          "collection",
          "over")),

  /** Prequential precision of a document type. */
  TYPE_PRECISION(
      DeclaredMeter.gauge(
          "holdfast.monitoring.type.precision",
          "ratio",
          "Prequential precision of a document type: the part of what was predicted that is right,"
              + " over all documents, fading, or over the last ones.",
          "collection",
          "type",
          "over")),

  /** Prequential recall of a document type. */
  TYPE_RECALL(
      DeclaredMeter.gauge(
          "holdfast.monitoring.type.recall",
          "ratio",
          "Prequential recall of a document type: the part of what was annotated that was"
              + " predicted, over all documents, fading, or over the last ones.",
          "collection",
          "type",
          "over")),

  /** Prequential precision of a field. */
  FIELD_PRECISION(
      DeclaredMeter.gauge(
          "holdfast.monitoring.field.precision",
          "ratio",
          "Prequential precision of a field: the part of what was predicted that is right, over all"
              + " documents, fading, or over the last ones.",
          "collection",
          "field",
          "over")),

  /** Prequential recall of a field. */
  FIELD_RECALL(
      DeclaredMeter.gauge(
          "holdfast.monitoring.field.recall",
          "ratio",
          "Prequential recall of a field: the part of what was annotated that was predicted, over"
              + " all documents, fading, or over the last ones.",
          "collection",
          "field",
          "over")),

  /** Scored documents of a type. */
  TYPE_SCORED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.type.scored",
          "documents",
          "Scored documents of a document type.",
          "collection",
          "type")),

  /** Forgetting of a type. */
  TYPE_FORGETTING(
      DeclaredMeter.gauge(
          "holdfast.monitoring.type.forgetting",
          "ratio",
          "How far the F1 over the last documents of a type is below its own best.",
          "collection",
          "type")),

  /** Drift by signal. */
  DRIFT_LEVEL(
      DeclaredMeter.gauge(
          "holdfast.monitoring.drift.level",
          "ratio",
          "How far documents (words, domain, confidence) or errors are from what they were, as a"
              + " share of what it takes to alarm; the first collections only.",
          "collection",
          "signal")),

  /** Whether documents have changed. */
  DRIFTING(
      DeclaredMeter.gauge(
          "holdfast.monitoring.drifting",
          "",
          "1 from the alarm of two of three signals until what came has been learned, else 0.",
          "collection")),

  /** Whether errors have risen. */
  ERRORS_RISEN(
      DeclaredMeter.gauge(
          "holdfast.monitoring.errors.risen",
          "",
          "1 from the alarm of errors until what came has been learned, else 0.",
          "collection")),

  /** Versions that do not count. */
  UNTRUSTED(
      DeclaredMeter.gauge(
          "holdfast.monitoring.untrusted",
          "versions",
          "Versions that did not count, since nobody has signed them who is trusted.")),

  /** Events told. */
  DRIFT_EVENTS(
      DeclaredMeter.gauge(
          "holdfast.monitoring.drift", "events", "Events of drift that were ever told.")),

  /** Documents of new types. */
  NEW_TYPES(
      DeclaredMeter.gauge(
          "holdfast.monitoring.new.types",
          "ratio",
          "Share of the latest documents that are of types not seen before them.",
          "collection")),

  /** Words not seen before. */
  NEW_WORDS(
      DeclaredMeter.gauge(
          "holdfast.monitoring.new.words",
          "ratio",
          "Share of the latest documents' words that were not seen before them.",
          "collection")),

  /** Calibration error. */
  CALIBRATION_ERROR(
      DeclaredMeter.gauge(
          "holdfast.monitoring.calibration.error",
          "ratio",
          "Expected calibration error: how far confidence is from how often values are right.",
          "collection")),

  /** F1 without labels. */
  ESTIMATED_F1(
      DeclaredMeter.gauge(
          "holdfast.monitoring.estimated.f1",
          "ratio",
          "F1 that the confidence of the last extractions promises, annotated or not.",
          "collection")),

  /** Backward transfer. */
  BACKWARD_TRANSFER(
      DeclaredMeter.gauge(
          "holdfast.monitoring.backward.transfer",
          "ratio",
          "F1 of types that came back minus their F1 before they left, the mean over them.",
          "collection"));

  private final DeclaredMeter declared;

  MonitoringMeters(DeclaredMeter declared) {
    this.declared = declared;
  }

  /** Its declaration. */
  public DeclaredMeter declared() {
    return declared;
  }
}
