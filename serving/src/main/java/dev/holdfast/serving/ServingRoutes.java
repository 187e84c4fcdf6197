package dev.holdfast.serving;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Source;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.process.Role;
import dev.holdfast.process.Route;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.Topic;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API: documents in, extractions out, at once or by way of Kafka. Thread-safe.
 *
 * <ul>
 *   <li>{@code POST /v1/extract}: a document; its extraction, and nothing is kept
 *   <li>{@code POST /v1/documents}: a document for {@code documents.in}; 202 once it is there
 *   <li>{@code DELETE /v1/documents/ID}, with {@code ?collection=NAME} for another than {@code
 *       default}: asks that a document be forgotten; 202 once that is in {@code documents.in}
 *   <li>{@code POST /v1/annotations}: an annotation for {@code annotations.in}; 202 once it is
 *       there, and whether it will be learned
 *   <li>{@code GET /v1/models}: the version that serves each collection
 * </ul>
 *
 * <p>Bad input is 400 or 413 with its reason, a broker that does not answer 503.
 */
final class ServingRoutes {
  private static final Logger log = LoggerFactory.getLogger(ServingRoutes.class);
  private static final Source UNSAID = new Source("");

  private final ServedModels models;
  private final BooleanSupplier ready;
  private final Producer<byte[], byte[]> inbox;
  private final Duration timeout;
  private final ServingMeasurements measurements;
  private final InstantSource clock;

  /**
   * @param ready whether {@code models} are the newest; before that nothing is extracted
   * @param inbox waits for all replicas
   * @param timeout how long a caller waits for the broker
   */
  ServingRoutes(
      ServedModels models,
      BooleanSupplier ready,
      Producer<byte[], byte[]> inbox,
      Duration timeout,
      ServingMeasurements measurements,
      InstantSource clock) {
    this.models = models;
    this.ready = ready;
    this.inbox = inbox;
    this.timeout = timeout;
    this.measurements = measurements;
    this.clock = clock;
  }

  List<Route> all() {
    return List.of(
        new Route("POST", "/v1/extract", Role.SUBMIT, this::extract),
        new Route("POST", "/v1/documents", Role.SUBMIT, this::takeDocument),
        new Route("DELETE", "/v1/documents/*", Role.OPERATE, this::forgetDocument),
        new Route("POST", "/v1/annotations", Role.ANNOTATE, this::takeAnnotation),
        new Route("GET", "/v1/models", Role.READ, this::versions));
  }

  private Response extract(Request request) throws BadInput {
    Document document = document(request);
    if (!ready.getAsBoolean()) {
      return Response.problem(503, "starting", "the model versions are still being read");
    }
    Timer.Sample sample = measurements.begin();
    try {
      return Response.json(200, ExtractionJson::write, models.extract(document, clock.instant()));
    } finally {
      measurements.extracted(sample);
    }
  }

  private Response takeDocument(Request request) throws BadInput {
    DocumentKey key = document(request).key();
    return taken(
        record(DocumentTopics.DOCUMENTS_IN, key, request.body(), new RecordHeaders()),
        accepted(key));
  }

  private Response forgetDocument(Request request) throws BadInput {
    DocumentKey key = named(request);
    return taken(
        record(DocumentTopics.DOCUMENTS_IN, key, null, Forgetting.ofCollection(key.collection())),
        accepted(key));
  }

  private static DocumentKey named(Request request) throws BadInput {
    try {
      return new DocumentKey(
          request.query("collection").map(CollectionName::new).orElse(CollectionName.DEFAULT),
          new DocumentId(request.lastSegment()));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          Reason.BAD_VALUE, "path", "the id of a document, and its collection", e.getMessage());
    }
  }

  private Response takeAnnotation(Request request) throws BadInput {
    Annotation annotation =
        AnnotationJson.read(
            JsonInput.read(request.body(), Limits.DEFAULT.bytes()),
            Limits.DEFAULT,
            new AnnotationJson.Defaults(UNSAID, clock.instant()));
    return taken(
        record(
            DocumentTopics.ANNOTATIONS_IN,
            annotation.document(),
            request.body(),
            new RecordHeaders()),
        accepted(annotation));
  }

  private static Document document(Request request) throws BadInput {
    return DocumentJson.read(
        JsonInput.read(request.body(), Limits.DEFAULT.bytes()), Limits.DEFAULT);
  }

  private static Response accepted(DocumentKey key) {
    return Response.json(
        202,
        (out, document) -> {
          out.writeStartObject();
          out.writeStringField("documentId", document.id().value());
          out.writeStringField("collection", document.collection().value());
          out.writeEndObject();
        },
        key);
  }

  private static Response accepted(Annotation annotation) {
    boolean learned = annotation.source().teaches();
    return Response.json(
        202,
        (out, key) -> {
          out.writeStartObject();
          out.writeStringField("documentId", key.id().value());
          out.writeStringField("collection", key.collection().value());
          out.writeBooleanField("learned", learned);
          if (!learned) {
            out.writeStringField(
                "why",
                annotation.source().equals(UNSAID)
                    ? "expected the source human or import, found none"
                    : "expected the source human or import, found another");
          }
          out.writeEndObject();
        },
        annotation.document());
  }

  /** The body as it came, so that ingest reads, keeps or refuses what the sender wrote. */
  private static ProducerRecord<byte[], byte[]> record(
      Topic<byte[], byte[]> topic, DocumentKey key, byte[] body, Headers headers) {
    byte[] id = key.id().value().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic.name(), null, null, id, body, headers);
  }

  private Response taken(ProducerRecord<byte[], byte[]> record, Response accepted) {
    try {
      inbox.send(record).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return accepted;
    } catch (ExecutionException e) {
      return refused(record.topic(), e.getCause());
    } catch (TimeoutException | KafkaException e) {
      return refused(record.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.problem(503, "closing", "the process is about to end");
    }
  }

  private static Response refused(String topic, Throwable cause) {
    if (cause instanceof RecordTooLargeException) {
      return Response.problem(
          413, "too_large", "expected a message that the broker takes, was larger");
    }
    log.warn("topic {}: a message was not taken", topic, cause);
    return Response.problem(
        503,
        "broker_unavailable",
        "expected the broker to take the message, failed with " + cause.getClass().getSimpleName());
  }

  private Response versions(Request request) {
    return Response.json(
        200,
        (out, versions) -> {
          out.writeStartObject();
          out.writeArrayFieldStart("models");
          for (Map.Entry<CollectionName, ServedModels.Served> served : versions.entrySet()) {
            out.writeStartObject();
            out.writeStringField("collection", served.getKey().value());
            out.writeNumberField("version", served.getValue().number());
            out.writeStringField("digest", served.getValue().digest());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        },
        models.versions());
  }
}
