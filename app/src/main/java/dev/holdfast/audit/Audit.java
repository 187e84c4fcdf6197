package dev.holdfast.audit;

import dev.holdfast.continual.Verdict.Outcome;
import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlJson;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Refusal;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Writes what is committed to the topics into the books. It knows nothing of the services but the
 * messages that they write.
 *
 * <p>Not thread-safe.
 */
public final class Audit {
  private static final String JOURNAL = "learner.journal";
  private static final int MAX_TEXT = 1_000;

  /** The topics whose records it takes. */
  public static final List<String> TOPICS =
      List.of(
          ExtractionTopics.EXTRACTIONS.name(),
          DocumentTopics.EXAMPLES.name(),
          DocumentTopics.REJECTED.name(),
          ModelTopics.MODELS.name(),
          ModelTopics.REFUSALS.name(),
          ControlTopics.CONTROL.name(),
          JOURNAL);

  private final Ledger ledger;
  private final Versions versions;
  private final Consumer<DocumentKey> extracted;
  private final SortedMap<String, Integer> rejected = new TreeMap<>();
  private final Set<Action> obeyed = EnumSet.noneOf(Action.class);

  /**
   * @param extracted told of each extraction
   */
  public Audit(Ledger ledger, Versions versions, Consumer<DocumentKey> extracted) {
    this.ledger = ledger;
    this.versions = versions;
    this.extracted = extracted;
  }

  /**
   * Takes the next record of a partition of one of {@link #TOPICS}.
   *
   * @throws IllegalStateException when it is not what Holdfast writes
   */
  public void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
        takeExtraction(record);
      } else if (record.topic().equals(DocumentTopics.EXAMPLES.name())) {
        takeExample(record);
      } else if (record.topic().equals(JOURNAL)) {
        takeRound(JsonInput.read(record.value(), Integer.MAX_VALUE));
      } else if (record.topic().equals(ModelTopics.MODELS.name())) {
        versions.record(
            ModelTopics.MODELS.keys().deserializer().deserialize(record.topic(), record.key()),
            record.value(),
            value -> manifest(record));
      } else if (record.topic().equals(ModelTopics.REFUSALS.name())) {
        Refusal refusal = value(ModelTopics.REFUSALS, record);
        ledger.refusalTold(refusal.collection(), refusal.round());
      } else if (record.topic().equals(ControlTopics.CONTROL.name())) {
        String collection = new String(record.key(), StandardCharsets.UTF_8);
        ledger.asked(new CollectionName(collection), record.offset());
      } else {
        rejected.merge(reason(record), 1, Integer::sum);
      }
    } catch (BadInput e) {
      throw unreadable(record, e);
    }
  }

  private void takeExtraction(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      Forgetting.extraction(
              ExtractionTopics.EXTRACTIONS.keys().deserializer().deserialize("", record.key()),
              record.headers())
          .ifPresent(ledger::takenBack);
      return;
    }
    Extraction extraction = value(ExtractionTopics.EXTRACTIONS, record);
    ledger.extracted(extraction.document(), extraction.type());
    extracted.accept(extraction.document());
    if (extraction.version() > 0) {
      versions.named(
          new ModelVersion(extraction.document().collection(), extraction.version()),
          extraction.digest());
    }
  }

  private void takeExample(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Example example = value(DocumentTopics.EXAMPLES, record);
    if (!example.taught().isEmpty()) {
      ledger.example(
          example.document().key(), record.partition(), record.offset(), example.taught().keySet());
    }
  }

  private void takeRound(JsonInput round) throws BadInput {
    CollectionName collection = new CollectionName(round.required("collection").text(1, MAX_TEXT));
    String kind = round.required("kind").text(1, MAX_TEXT);
    if (kind.equals("learn")) {
      ledger.learned(collection, examples(round));
    } else if (kind.equals("quarantine")) {
      ledger.quarantined(collection, examples(round));
    }
    Optional<JsonInput> order = round.optional("order");
    if (order.isPresent()) {
      takeOrder(collection, order.get());
    }
    Optional<JsonInput> verdict = round.optional("verdict");
    if (round.optional("putAside").isPresent() || (verdict.isPresent() && refused(verdict.get()))) {
      ledger.refused(collection, round.required("round").longInteger());
    }
    Optional<JsonInput> published = round.optional("published");
    if (published.isPresent()) {
      versions.journalled(
          new ModelVersion(collection, published.get().required("version").longInteger()),
          new Digest(published.get().required("digest").text(1, MAX_TEXT)));
    }
  }

  private static Ledger.Round examples(JsonInput round) throws BadInput {
    return new Ledger.Round(
        round.required("partition").integer(0, Integer.MAX_VALUE),
        round.required("from").longInteger(),
        round.required("to").longInteger());
  }

  private static boolean refused(JsonInput verdict) throws BadInput {
    return verdict.required("outcome").text(1, MAX_TEXT).equals(Outcome.REFUSED.text());
  }

  private void takeOrder(CollectionName collection, JsonInput order) throws BadInput {
    ledger.settled(collection, order.required("offset").longInteger());
    Optional<JsonInput> control = order.optional("control");
    if (control.isPresent() && order.optional("refused").isEmpty()) {
      Control asked = ControlJson.read(control.get());
      obeyed.add(asked.action());
      if (asked.action() == Action.ROLLBACK) {
        versions.rolledBack(new ModelVersion(collection, asked.number()));
      }
    }
  }

  private static <V> V value(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.values().deserializer().deserialize(topic.name(), record.value());
  }

  private static Manifest manifest(ConsumerRecord<byte[], byte[]> record) {
    try {
      return ManifestJson.read(record.value());
    } catch (BadInput e) {
      throw unreadable(record, e);
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    Header reason = record.headers().lastHeader(RejectedHeaders.REASON);
    return reason == null ? "no reason" : new String(reason.value(), StandardCharsets.UTF_8);
  }

  private static IllegalStateException unreadable(
      ConsumerRecord<byte[], byte[]> record, BadInput e) {
    return new IllegalStateException(
        "%s-%d@%d: %s"
            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
        e);
  }

  /** What was asked by orders that the learner has followed. */
  public Set<Action> obeyed() {
    return Collections.unmodifiableSet(obeyed);
  }

  /** How many messages were rejected, by reason. */
  public SortedMap<String, Integer> rejected() {
    return rejected;
  }
}
