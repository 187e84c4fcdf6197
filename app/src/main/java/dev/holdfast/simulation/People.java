package dev.holdfast.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.audit.Ledger;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.Topic;
import dev.holdfast.wire.JsonOutput;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Those who send documents and annotations of two collections with a few documents each, take
 * documents back, and give orders to these and to a third one; and the books of what is due for it.
 */
final class People {
  private static final List<CollectionName> COLLECTIONS =
      List.of(new CollectionName("bank"), new CollectionName("shop"));

  /** Nobody sends it documents before the end, so that it may begin with what another one knows. */
  private static final CollectionName FORK = new CollectionName("fork");

  private static final String RESUME = "{\"action\":\"resume\"}";
  private static final int DOCUMENTS = 12;
  private static final int CONTENTS = 3;
  private static final int FIELDS = 8;

  private final SimulatedKafka kafka;
  private final SplittableRandom random;
  private final InstantSource clock;
  private final Ledger ledger = new Ledger();
  private final Map<DocumentKey, Integer> contents = new HashMap<>();
  private final Set<DocumentKey> annotated = new HashSet<>();

  People(SimulatedKafka kafka, SplittableRandom random, InstantSource clock) {
    this.kafka = kafka;
    this.random = random;
    this.clock = clock;
  }

  /** The books; what came has yet to be written into them. */
  Ledger ledger() {
    return ledger;
  }

  /** Does one thing. */
  void act() {
    int drawn = random.nextInt(34);
    if (drawn < 16) {
      send(document(), random.nextInt(CONTENTS));
    } else if (drawn < 30) {
      annotate(document());
    } else if (drawn < 31) {
      forget(document());
    } else {
      order();
    }
  }

  /**
   * What waits for a document gets it, whoever has been told to learn nothing may again, and orders
   * that wait for a collection to begin wait no more.
   */
  void finish() {
    DocumentKey first = new DocumentKey(FORK, new DocumentId("d0"));
    while (!annotated.contains(first)) {
      annotate(first); // by a person or by a rule, which does not begin a collection
    }
    for (DocumentKey document : List.copyOf(annotated)) {
      if (!contents.containsKey(document)) {
        send(document, 0);
      }
    }
    COLLECTIONS.forEach(collection -> ask(collection, RESUME));
    ask(FORK, RESUME);
  }

  private DocumentKey document() {
    String id =
        switch (random.nextInt(60)) {
          case 0 -> ToyLearning.UNLEARNABLE;
          case 1, 2 -> ToyLearning.POISON;
          default -> "d" + random.nextInt(DOCUMENTS);
        };
    return new DocumentKey(collection(), new DocumentId(id));
  }

  private CollectionName collection() {
    return COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
  }

  private void send(DocumentKey key, int content) {
    Document document =
        new Document(
            key.id(),
            key.collection(),
            "content-" + content, // by which their extractions are told apart
            "",
            List.of(new Page(600, 800)),
            List.of(new Token("Total " + content, new Box(100, 800, 150, 812), 0, 0)));
    Integer before = contents.put(key, content);
    if (before == null || before != content) {
      ledger.sent(document);
    }
    write(
        DocumentTopics.DOCUMENTS_IN,
        key,
        JsonOutput.bytes(DocumentJson::write, document),
        new RecordHeaders());
  }

  private void annotate(DocumentKey key) {
    boolean human = random.nextInt(8) != 0;
    FieldName field = new FieldName((human ? "field" : "guess") + random.nextInt(FIELDS));
    Annotation annotation =
        new Annotation(
            key,
            "ana",
            human ? Source.HUMAN : new Source("rule"),
            clock.instant(),
            Map.of(field, Mark.of(List.of())));
    if (human) {
      ledger.sent(key, Set.of(field));
      annotated.add(key);
    }
    write(
        DocumentTopics.ANNOTATIONS_IN,
        key,
        JsonOutput.bytes(AnnotationJson::write, annotation),
        new RecordHeaders());
  }

  private void forget(DocumentKey key) {
    ledger.forgotten(key, contents.remove(key) != null);
    annotated.remove(key);
    write(DocumentTopics.DOCUMENTS_IN, key, null, Forgetting.ofCollection(key.collection()));
  }

  private void write(Topic<byte[], byte[]> topic, DocumentKey key, byte[] value, Headers headers) {
    kafka.write(
        new ProducerRecord<>(
            topic.name(), null, null, key.id().value().getBytes(UTF_8), value, headers),
        clock.millis());
  }

  private void order() {
    int version = 1 + random.nextInt(10);
    CollectionName asked = random.nextInt(4) == 0 ? FORK : collection();
    CollectionName other = asked.equals(FORK) || random.nextInt(4) > 0 ? collection() : FORK;
    List<String> orders =
        List.of(
            "{\"action\":\"rollback\",\"version\":%d}".formatted(version),
            "{\"action\":\"pin\",\"version\":%d}".formatted(version),
            "{\"action\":\"unpin\"}",
            "{\"action\":\"pause\"}",
            RESUME,
            "{\"action\":\"consolidate\"}",
            "{\"action\":\"prune\",\"keep\":%d}".formatted(version),
            "{\"action\":\"unlearn\",\"document\":\"%s\"}".formatted(document().id()),
            "{\"action\":\"fork\",\"from\":\"%s\",\"version\":%d}".formatted(other, version),
            "{\"action\":\"merge\",\"from\":\"%s\",\"version\":%d}".formatted(other, version),
            "{\"action\":\"trust\",\"annotator\":\"%s\"}"
                .formatted(random.nextBoolean() ? "ana" : "ben"),
            "no order");
    ask(asked, orders.get(random.nextInt(orders.size())));
  }

  private void ask(CollectionName collection, String order) {
    kafka.write(
        new ProducerRecord<>(
            ControlTopics.CONTROL.name(),
            collection.value().getBytes(UTF_8),
            order.getBytes(UTF_8)),
        clock.millis());
  }
}
