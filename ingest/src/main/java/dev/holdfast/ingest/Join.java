package dev.holdfast.ingest;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.ExampleJson;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Statement;
import dev.holdfast.ingest.Outcome.Accepted;
import dev.holdfast.ingest.Outcome.Arrival;
import dev.holdfast.ingest.Outcome.ArrivedAnnotation;
import dev.holdfast.ingest.Outcome.ArrivedDocument;
import dev.holdfast.ingest.Outcome.ArrivedForgetting;
import dev.holdfast.ingest.Outcome.Forgotten;
import dev.holdfast.ingest.Outcome.Known;
import dev.holdfast.ingest.Outcome.Rejection;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where documents and annotations meet, one document at a time.
 *
 * <ul>
 *   <li>A document that is new, or has new content, is sent on; the same content again is a
 *       duplicate and dropped. New content replaces the old: what is known of the fields moves to
 *       it as {@link Example#movedTo} says and is sent on as an example again.
 *   <li>An annotation of a known document is merged with what is known of it. If that says anything
 *       new, an example is sent on; what was only said again, or overtaken by later statements
 *       before it came, is counted and dropped.
 *   <li>A document that is to be forgotten leaves with all that is known of it and all that waits
 *       for it. One that nothing is known of is a duplicate and dropped.
 *   <li>An annotation of an unknown document waits. It waits by the machine's clock and not by the
 *       records' timestamps: those stand still when nothing comes, and one wrong timestamp far in
 *       the future would end the wait of all others.
 * </ul>
 */
final class Join extends ContextualProcessor<DocumentKey, Arrival, DocumentKey, Outcome> {
  private static final JsonSerde<Document> DOCUMENT =
      JsonSerde.streamed(DocumentJson::write, DocumentJson::readTrusted);

  private final Limits limits;
  private final IngestSettings.Waiting settings;
  private final MeterRegistry registry;
  private Stores stores;
  private WaitingRoom waiting;

  Join(Limits limits, IngestSettings.Waiting settings, MeterRegistry registry) {
    this.limits = limits;
    this.settings = settings;
    this.registry = registry;
  }

  @Override
  public void init(ProcessorContext<DocumentKey, Outcome> context) {
    super.init(context);
    stores = Stores.of(context);
    waiting = new WaitingRoom(stores.waiting(), settings);
    context.schedule(patience(), PunctuationType.WALL_CLOCK_TIME, this::refuseThoseInVain);
  }

  /** Often enough that a wait is at most a twenty-fourth too long, and no busier than needed. */
  private Duration patience() {
    Duration part = settings.time().dividedBy(24);
    if (part.compareTo(Duration.ofSeconds(1)) < 0) {
      return Duration.ofSeconds(1);
    }
    return part.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : part;
  }

  @Override
  public void process(Record<DocumentKey, Arrival> record) {
    if (record.value() instanceof ArrivedDocument document) {
      take(record, document.json());
      measure(record, "document");
    } else if (record.value() instanceof ArrivedAnnotation annotation) {
      take(record, annotation.original());
      measure(record, "annotation");
    } else if (record.value() instanceof ArrivedForgetting) {
      forget(record);
    } else {
      throw new AssertionError(record.value());
    }
  }

  private void measure(Record<DocumentKey, Arrival> record, String message) {
    long delay = Math.max(0, context().currentSystemTimeMs() - record.timestamp());
    IngestMeters.DELAY.timer(registry, message).record(Duration.ofMillis(delay));
  }

  private void take(Record<DocumentKey, Arrival> record, Bytes json) {
    DocumentKey key = record.key();
    Bytes before = stores.documents().get(key);
    if (json.equals(before)) {
      IngestMeters.DUPLICATES.counter(registry, "document").increment();
      return;
    }
    stores.documents().put(key, json);
    context().forward(record.withValue(new Accepted(json)));
    IngestMeters.DOCUMENTS.counter(registry).increment();
    if (before == null) {
      merge(record, json, waiting.leave(key));
    } else {
      move(record, before, json);
    }
  }

  private void take(Record<DocumentKey, Arrival> record, ConsumerRecord<byte[], byte[]> original) {
    IngestMeters.ANNOTATIONS.counter(registry).increment();
    Bytes json = stores.documents().get(record.key());
    if (json != null) {
      merge(record, json, List.of(original));
    } else if (waiting.add(record.key(), context().currentSystemTimeMs(), original)) {
      IngestMeters.WAITING.counter(registry).increment();
    } else {
      refuse(
          original,
          unknownDocument(
              "at most %d annotations that wait for one document"
                  .formatted(settings.maxPerDocument()),
              "one more"));
    }
  }

  private void forget(Record<DocumentKey, Arrival> record) {
    DocumentKey key = record.key();
    boolean known = stores.documents().delete(key) != null;
    stores.statements().delete(key);
    boolean waited = !waiting.leave(key).isEmpty();
    if (known) {
      context().forward(record.withValue(new Forgotten()));
    }
    if (known || waited) {
      IngestMeters.FORGOTTEN.counter(registry).increment();
    } else {
      IngestMeters.DUPLICATES.counter(registry, "forgetting").increment();
    }
  }

  private void merge(
      Record<DocumentKey, Arrival> record,
      Bytes json,
      List<ConsumerRecord<byte[], byte[]>> annotations) {
    if (annotations.isEmpty()) {
      return;
    }
    Example before = example(record.key(), json);
    Example after = before;
    for (ConsumerRecord<byte[], byte[]> original : annotations) {
      after = with(after, json, original);
    }
    if (!after.equals(before)) {
      stores.statements().put(record.key(), after.statements());
    }
    if (!after.repeats(before)) {
      send(record, after);
    }
  }

  /** What is known once the annotation is taken in; what was known when it is refused. */
  private Example with(Example known, Bytes json, ConsumerRecord<byte[], byte[]> original) {
    try {
      Annotation annotation = Entrance.readAnnotation(original, limits);
      AnnotationJson.checkAgainst(known.document(), annotation);
      Example more = known.with(annotation);
      if (size(json, more.statements()) > maxSize()) {
        throw new BadInput(
            Reason.TOO_LARGE,
            "$.fields",
            "at most %d bytes together with the document and what is known".formatted(maxSize()),
            size(json, more.statements()) + " bytes");
      }
      if (more.repeats(known)) {
        countDropped(known, annotation);
      }
      return more;
    } catch (BadInput e) {
      refuse(original, e);
      return known;
    }
  }

  private void countDropped(Example known, Annotation annotation) {
    if (known.overtook(annotation)) {
      IngestMeters.SUPERSEDED.counter(registry).increment();
    } else {
      IngestMeters.DUPLICATES.counter(registry, "annotation").increment();
    }
  }

  private void move(Record<DocumentKey, Arrival> record, Bytes from, Bytes to) {
    Example known = example(record.key(), from);
    if (known.statements().isEmpty()) {
      return;
    }
    Example moved = known.movedTo(document(to));
    if (size(to, moved.statements()) > maxSize()) {
      moved = moved.withoutPlaces();
    }
    stores.statements().put(record.key(), moved.statements());
    send(record, moved);
  }

  private void send(Record<DocumentKey, Arrival> record, Example example) {
    Bytes json = Bytes.wrap(JsonOutput.bytes(ExampleJson::write, example));
    context().forward(record.withValue(new Known(json)));
    IngestMeters.EXAMPLES.counter(registry).increment();
  }

  private void refuseThoseInVain(long now) {
    for (ConsumerRecord<byte[], byte[]> original : waiting.leaveInVain(now)) {
      refuse(
          original,
          unknownDocument(
              "a document with this id within %d s".formatted(settings.time().toSeconds()),
              "none"));
    }
  }

  private static BadInput unknownDocument(String expected, String found) {
    return new BadInput(Reason.UNKNOWN_DOCUMENT, "$.documentId", expected, found);
  }

  private void refuse(ConsumerRecord<byte[], byte[]> original, BadInput why) {
    context().forward(new Record<>(null, new Rejection(original, why), original.timestamp()));
  }

  private Example example(DocumentKey key, Bytes json) {
    SortedMap<FieldName, Statement> statements = stores.statements().get(key);
    Example unknown = Example.unknown(document(json));
    return statements == null ? unknown : new Example(unknown.document(), statements);
  }

  private static Document document(Bytes json) {
    return DOCUMENT.deserializer().deserialize(Stores.DOCUMENTS, json.get());
  }

  /** Close enough to the bytes of the example: all but the names of its two parts. */
  private static int size(Bytes document, SortedMap<FieldName, Statement> statements) {
    return document.get().length
        + JsonOutput.bytes(ExampleJson::writeStatements, statements).length;
  }

  private int maxSize() {
    return 2 * limits.bytes();
  }
}
