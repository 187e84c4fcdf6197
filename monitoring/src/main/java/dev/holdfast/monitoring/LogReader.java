package dev.holdfast.monitoring;

import dev.holdfast.console.Console;
import dev.holdfast.console.Notice;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ManifestTrust;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.BadInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics that monitoring watches, from their start, and hands each record to the scores
 * and to the console.
 *
 * <p>Between partitions Kafka promises no order. Reading a long log again, extractions (small)
 * would run far ahead of examples (whole documents) and be dropped before their annotations come;
 * so a partition that is more than a set time ahead of the slowest one is paused.
 *
 * <p>Not thread-safe.
 */
public final class LogReader {
  private static final Logger log = LoggerFactory.getLogger(LogReader.class);

  /** What the place of an event is in: topics from which nothing is taken away. */
  private static final List<String> POSITION =
      List.of(
          DocumentTopics.DOCUMENTS.name(),
          ExtractionTopics.EXTRACTIONS.name(),
          DocumentTopics.EXAMPLES.name());

  private final Consumer<byte[], byte[]> consumer;
  private final ManifestTrust trust;
  private final PrequentialScores scores;
  private final DriftWatch drift;
  private final DriftLog driftLog;
  private final Console console;
  private final Told told = new Told(POSITION);
  private Duration taking = Duration.ZERO;
  private long events;
  private long untrusted;
  private long takenAtMillis;
  private final SortedMap<String, Long> rejected = new TreeMap<>();
  private final Abreast abreast;

  /**
   * @param consumer read_committed, of no group
   * @param driftLog where to tell what is found
   * @param console told of everything
   */
  public LogReader(
      Consumer<byte[], byte[]> consumer,
      DriftLog driftLog,
      Console console,
      MonitoringSettings settings) {
    this.consumer = consumer;
    this.trust = settings.trust();
    this.abreast = new Abreast(consumer, settings.maxAhead().toMillis());
    this.driftLog = driftLog;
    this.console = console;
    this.drift = new DriftWatch(settings);
    this.scores = new PrequentialScores(settings, this::scored);
  }

  private void scored(Scored scored) {
    drift.scored(scored);
    console.scored(scored.shown(), takenAtMillis);
  }

  /**
   * Goes to the start of every topic.
   *
   * @throws IllegalStateException when one does not exist
   */
  public void begin() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?, ?> topic :
        List.of(
            DocumentTopics.DOCUMENTS,
            ExtractionTopics.EXTRACTIONS,
            DocumentTopics.EXAMPLES,
            ModelTopics.MODELS,
            ModelTopics.REFUSALS,
            DocumentTopics.REJECTED)) {
      List<TopicPartition> found =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("expected a topic " + topic.name() + ", found none");
      }
      partitions.addAll(found);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    List<DriftEvent> before = driftLog.takeOver();
    events = before.size();
    told.remember(before);
    before.forEach(this::show);
  }

  /**
   * Reads what comes next.
   *
   * @return whether there was anything
   */
  public boolean readNext(Duration wait) {
    var records = consumer.poll(wait);
    long start = System.nanoTime();
    records.forEach(this::take);
    taking = Duration.ofNanos(System.nanoTime() - start);
    abreast.keep(DocumentTopics.REJECTED.name());
    if (atEnd()) {
      told.atEnd().forEach(drift::told);
    }
    return !records.isEmpty();
  }

  /** How long it took to take in what {@link #readNext} read last, the wait for it left out. */
  Duration taking() {
    return taking;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    takenAtMillis = record.timestamp();
    try {
      if (record.topic().equals(DocumentTopics.REJECTED.name())) {
        rejected.merge(reason(record), 1L, Long::sum);
        console.rejected(takenAtMillis);
        return;
      }
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      abreast.reached(partition, record.timestamp());
      if (record.value() == null) {
        forgotten(record).ifPresent(this::forget);
      } else {
        hand(record);
      }
      tell(partition, record);
    } catch (BadInput | SerializationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s-%d@%d: expected what Holdfast writes, %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> record) throws BadInput {
    if (record.topic().equals(DocumentTopics.DOCUMENTS.name())) {
      Document document = value(DocumentTopics.DOCUMENTS, record);
      console.document(document, takenAtMillis);
      drift.document(document);
    } else if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
      Extraction extraction = value(ExtractionTopics.EXTRACTIONS, record);
      console.extraction(extraction, takenAtMillis);
      scores.extraction(extraction);
      drift.extraction(extraction);
    } else if (record.topic().equals(DocumentTopics.EXAMPLES.name())) {
      Example example = value(DocumentTopics.EXAMPLES, record);
      console.example(example, takenAtMillis);
      scores.example(example, takenAtMillis);
    } else if (record.topic().equals(ModelTopics.REFUSALS.name())) {
      console.refusal(value(ModelTopics.REFUSALS, record));
    } else if (key(ModelTopics.MODELS, record).isManifest() && isTrusted(record)) {
      Manifest manifest = ManifestJson.read(record.value());
      console.version(manifest);
      scores.manifest(manifest);
      drift.manifest(manifest);
    }
  }

  private boolean isTrusted(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> fault = trust.fault(record.value(), record.headers());
    if (fault.isPresent()) {
      untrusted++;
      log.error(
          "version {} does not count: expected a manifest that a trusted key has signed, found {}",
          key(ModelTopics.MODELS, record).version(),
          fault.get());
    }
    return fault.isEmpty();
  }

  private void forget(DocumentKey document) {
    console.forget(document);
    scores.forget(document);
  }

  /** The document that a record without a value is about, if it is about one. */
  private static Optional<DocumentKey> forgotten(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(DocumentTopics.DOCUMENTS.name())) {
      return Optional.of(key(DocumentTopics.DOCUMENTS, record));
    } else if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
      return Forgetting.extraction(key(ExtractionTopics.EXTRACTIONS, record), record.headers());
    } else if (record.topic().equals(DocumentTopics.EXAMPLES.name())) {
      return Forgetting.example(key(DocumentTopics.EXAMPLES, record), record.headers());
    }
    return Optional.empty();
  }

  private void tell(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    told.reached(partition, record.offset());
    Instant at = Instant.ofEpochMilli(record.timestamp());
    for (CollectionWatch.Finding finding : drift.found()) {
      told.event(finding, at)
          .ifPresent(
              event -> {
                driftLog.tell(event);
                show(event);
                events++;
              });
    }
    told.passed().forEach(drift::told);
  }

  private void show(DriftEvent event) {
    DriftEvent.Subject subject = event.subject();
    console.notice(
        subject.collection(),
        new Notice(event.at(), subject.kind().text(), subject.type(), event.summary()));
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    Header reason = record.headers().lastHeader(DocumentTopics.REASON_HEADER);
    return reason == null ? Slice.UNKNOWN : new String(reason.value(), StandardCharsets.UTF_8);
  }

  private static <K> K key(Topic<K, ?> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.keys().deserializer().deserialize(topic.name(), record.key());
  }

  private static <V> V value(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.values().deserializer().deserialize(topic.name(), record.value());
  }

  /** How it stands now. */
  public Snapshot now() {
    SortedMap<String, Long> lag = new TreeMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      lag.merge(partition.topic(), consumer.currentLag(partition).orElse(0), Long::sum);
    }
    return new Snapshot(scores.now(), drift.now(), events, untrusted, rejected, lag);
  }

  /** Whether everything that was there has been read. */
  public boolean atEnd() {
    return consumer.assignment().stream()
        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
  }
}
