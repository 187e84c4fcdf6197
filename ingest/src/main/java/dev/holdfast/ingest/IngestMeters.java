package dev.holdfast.ingest;

import dev.holdfast.process.DeclaredMeter;
import dev.holdfast.wire.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What ingest counts. A record that is processed again after a failure is counted again, since
 * meters know no transactions; the topics hold it once.
 */
public enum IngestMeters {
  DOCUMENTS("documents", "documents", "Valid documents sent on, new or with new content."),
  ANNOTATIONS("annotations", "annotations", "Valid annotations that came in."),
  WAITING("waiting", "annotations", "Annotations that came before their document and wait."),
  EXAMPLES("examples", "examples", "Examples sent on: a document about which more is known."),
  FORGOTTEN("forgotten", "documents", "Documents forgotten because somebody asked for it."),
  DUPLICATES("duplicates", "messages", "Messages with nothing new in them, dropped.", "message"),
  SUPERSEDED("superseded", "annotations", "Annotations older than all that is known, dropped."),
  REJECTED("rejected", "messages", "Messages refused, by reason.", "reason"),
  DELAY(
      DeclaredMeter.timer(
          "holdfast.ingest.delay",
          "From the timestamp of a document or annotation to what is made of it, before the commit.",
          "message"));

  private final DeclaredMeter declared;

  IngestMeters(String name, String unit, String description, String... tags) {
    this(DeclaredMeter.counter("holdfast.ingest." + name, unit, description, tags));
  }

  IngestMeters(DeclaredMeter declared) {
    this.declared = declared;
  }

  /** Its name, unit, tags and description. */
  public DeclaredMeter declared() {
    return declared;
  }

  /** Registers all of them, so that the first message of a kind shows as growth. */
  static void register(MeterRegistry registry) {
    for (IngestMeters meter : values()) {
      switch (meter) {
        case DUPLICATES -> {
          meter.counter(registry, "document");
          meter.counter(registry, "annotation");
        }
        case REJECTED -> {
          for (Reason reason : Reason.values()) {
            meter.counter(registry, reason.code());
          }
        }
        case DELAY -> {
          meter.timer(registry, "document");
          meter.timer(registry, "annotation");
        }
        default -> meter.counter(registry);
      }
    }
  }

  Counter counter(MeterRegistry registry, String... values) {
    return declared.counter(registry, values);
  }

  Timer timer(MeterRegistry registry, String... values) {
    return declared.timer(registry, values);
  }
}
