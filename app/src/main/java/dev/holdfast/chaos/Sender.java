package dev.holdfast.chaos;

import dev.holdfast.audit.Ledger;
import dev.holdfast.audit.Versions;
import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlJson;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Token;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.Topic;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends documents and annotations as the people of several systems would: of two collections, some
 * documents twice or with new content, some annotations before their document or in two parts;
 * takes some documents back, and goes back to earlier versions.
 *
 * <p>Owned by one thread.
 */
final class Sender implements AutoCloseable {
  private static final CollectionName OTHER = new CollectionName("other");

  /** Longer than any fault lasts: what is sent is never given up. */
  private static final String DELIVERY_MILLIS = "1800000";

  private final Plan plan;
  private final Ledger ledger;
  private final Versions versions;
  private final Latencies latencies;
  private final SampleStream stream;
  private final SplittableRandom random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> unsent = new AtomicReference<>();
  private final AtomicLong unacknowledged = new AtomicLong();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final BlockingQueue<ProducerRecord<byte[], byte[]>> outbox = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final long start;
  private int sent;

  Sender(Plan plan, String bootstrap, Ledger ledger, Versions versions, Latencies latencies) {
    this.plan = plan;
    this.ledger = ledger;
    this.versions = versions;
    this.latencies = latencies;
    stream = new SampleStream(plan.seed());
    random = new SplittableRandom(plan.seed());
    start = System.nanoTime();
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "sender");
    properties.put("acks", "all");
    properties.put("max.block.ms", DELIVERY_MILLIS);
    properties.put("delivery.timeout.ms", DELIVERY_MILLIS);
    properties.put("request.timeout.ms", "10000");
    properties.put("buffer.memory", "67108864");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    thread = new Thread(this::run, "sender");
    thread.start();
  }

  /**
   * Sends what is due by now.
   *
   * @param allowed which share of the documents may have been sent, 0 to 1
   */
  void turn(double allowed) throws IOException {
    while (sent < plan.documents()
        && sent < plan.documents() * allowed
        && sent < plan.rate() * (System.nanoTime() - start) / 1e9) {
      next();
    }
    Exception failure = unsent.get();
    if (failure != null) {
      throw new IOException("a message could not be sent: " + failure.getMessage(), failure);
    }
  }

  private void next() {
    LabelledDocument labelled = stream.at(sent++);
    Document document = document(labelled.document());
    Runnable before = later.poll();
    boolean annotated = random.nextDouble() < plan.annotated();
    boolean inTwoParts = random.nextInt(5) == 0;
    boolean annotatedFirst = random.nextInt(10) == 0;
    boolean again = random.nextInt(10) == 0;
    boolean revised = random.nextInt(20) == 0;
    boolean forgotten = random.nextInt(20) == 0;
    boolean ordered = random.nextInt(plan.documentsPerOrder()) == 0;
    List<Annotation> annotations =
        annotated ? annotations(labelled.annotation(), document.key(), inTwoParts) : List.of();
    if (annotatedFirst) {
      annotations.forEach(this::send);
    }
    latencies.sent(document.key(), System.nanoTime());
    ledger.sent(document);
    send(document);
    if (again) {
      send(document);
    }
    if (!annotatedFirst) {
      annotations.forEach(this::send);
    }
    if (revised) {
      later.add(() -> revise(document));
    }
    if (forgotten) {
      later.add(() -> forget(document.key()));
    }
    if (ordered) {
      order(document.collection());
    }
    if (before != null) {
      before.run();
    }
    if (sent == plan.documents()) {
      later.forEach(Runnable::run);
      later.clear();
    }
  }

  private void forget(DocumentKey document) {
    ledger.forgotten(document, true);
    unacknowledged.incrementAndGet();
    outbox.add(
        new ProducerRecord<>(
            DocumentTopics.DOCUMENTS_IN.name(),
            null,
            null,
            bytes(document.id().value()),
            null,
            Forgetting.ofCollection(document.collection())));
  }

  /** Asks for a version of late, which may be gone by then, or that the newest serve again. */
  private void order(CollectionName collection) {
    long version = Math.max(1, versions.latest(collection) - random.nextInt(3));
    Control control =
        switch (random.nextInt(3)) {
          case 0 -> new Control(Action.ROLLBACK, version);
          case 1 -> new Control(Action.PIN, version);
          default -> Control.of(Action.UNPIN);
        };
    unacknowledged.incrementAndGet();
    outbox.add(
        new ProducerRecord<>(
            ControlTopics.CONTROL.name(),
            bytes(collection.value()),
            JsonOutput.bytes(ControlJson::write, control)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void revise(Document document) {
    List<Token> tokens = new ArrayList<>(document.tokens());
    Token last = tokens.get(tokens.size() - 1);
    tokens.add(new Token("revised", last.box(), last.page(), last.line()));
    Document revised =
        new Document(
            document.id(),
            document.collection(),
            document.type(),
            document.language(),
            document.pages(),
            tokens);
    ledger.sent(revised);
    send(revised);
  }

  private Document document(Document sample) {
    return new Document(
        sample.id(),
        sent % 4 == 0 ? OTHER : CollectionName.DEFAULT,
        sample.type(),
        sample.language(),
        sample.pages(),
        sample.tokens());
  }

  private static List<Annotation> annotations(Annotation gold, DocumentKey of, boolean inTwoParts) {
    Map<FieldName, Mark> one = new HashMap<>();
    Map<FieldName, Mark> two = new HashMap<>();
    gold.marks()
        .forEach(
            (field, mark) -> (inTwoParts && one.size() > two.size() ? two : one).put(field, mark));
    List<Annotation> annotations = new ArrayList<>();
    for (Map<FieldName, Mark> marks : List.of(one, two)) {
      if (!marks.isEmpty()) {
        annotations.add(
            new Annotation(
                of,
                gold.annotator(),
                gold.source(),
                gold.at().plusSeconds(annotations.size()),
                marks));
      }
    }
    return annotations;
  }

  private void send(Document document) {
    send(DocumentTopics.DOCUMENTS_IN, document.id(), DocumentJson::write, document);
  }

  private void send(Annotation annotation) {
    ledger.sent(annotation.document(), annotation.marks().keySet());
    send(
        DocumentTopics.ANNOTATIONS_IN,
        annotation.document().id(),
        AnnotationJson::write,
        annotation);
  }

  private <T> void send(
      Topic<byte[], byte[]> topic, DocumentId id, JsonOutput.Writer<T> writer, T value) {
    byte[] key = bytes(id.value());
    unacknowledged.incrementAndGet();
    outbox.add(new ProducerRecord<>(topic.name(), key, JsonOutput.bytes(writer, value)));
  }

  /** A producer waits while no broker is there; what watches over the run must not. */
  private void run() {
    try {
      while (true) {
        // The callback tells of failures.
        var unused = producer.send(outbox.take(), this::acknowledged);
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      unsent.compareAndSet(null, e);
    }
  }

  private void acknowledged(RecordMetadata metadata, Exception failure) {
    unacknowledged.decrementAndGet();
    if (failure != null) {
      unsent.compareAndSet(null, failure);
    }
  }

  /** Whether all was sent and has been acknowledged. */
  boolean done() {
    return sent == plan.documents() && unacknowledged.get() == 0;
  }

  int documents() {
    return sent;
  }

  @Override
  public void close() {
    thread.interrupt();
    producer.close(Duration.ofSeconds(5));
  }
}
