package dev.holdfast.ingest;

import static dev.holdfast.topic.DocumentTopics.ANNOTATIONS_IN;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS_IN;
import static dev.holdfast.topic.DocumentTopics.EXAMPLES;
import static dev.holdfast.topic.DocumentTopics.REJECTED;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.ingest.Outcome.Accepted;
import dev.holdfast.ingest.Outcome.Arrival;
import dev.holdfast.ingest.Outcome.Forgotten;
import dev.holdfast.ingest.Outcome.Known;
import dev.holdfast.ingest.Outcome.Rejection;
import dev.holdfast.topic.Topic;
import dev.holdfast.wire.JsonInput;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The way of a document and of an annotation through ingest.
 *
 * <pre>
 * documents.in ───▶ read ──┐                              ┌──▶ documents
 *                          ├──▶ arrivals, by document ──▶ join ──▶ examples
 * annotations.in ─▶ read ──┘    (internal topic)          └──▶ rejected
 *                    └──▶ rejected
 * </pre>
 *
 * <p>The internal topic makes a document and its annotations meet whatever key, partitioner and
 * number of partitions their senders chose; a document passes it as the bytes that are written to
 * {@code documents} in the end, so it is parsed and written once. An annotation passes it as it
 * came, since it may still have to be refused.
 *
 * <p>A document that is to be forgotten takes the same way, behind its document, and leaves by
 * {@code documents} and {@code examples} as a record without a value.
 *
 * <p>No record stops the stream: sources are bytes, and what cannot be read is a rejection.
 */
public final class IngestTopology {
  private IngestTopology() {}

  /**
   * Builds the topology, which remembers on disk.
   *
   * @param registry for {@link IngestMeters}
   * @param clock the time of records that came without one
   */
  public static Topology build(
      IngestSettings settings, MeterRegistry registry, InstantSource clock) {
    return build(
        settings, org.apache.kafka.streams.state.Stores::persistentKeyValueStore, registry, clock);
  }

  /**
   * Builds the topology.
   *
   * @param kept where it remembers, by the name of the store
   * @param registry for {@link IngestMeters}
   * @param clock the time of records that came without one
   */
  public static Topology build(
      IngestSettings settings,
      Function<String, KeyValueBytesStoreSupplier> kept,
      MeterRegistry registry,
      InstantSource clock) {
    IngestMeters.register(registry);
    StreamsBuilder builder = new StreamsBuilder();
    TimestampExtractor time = timestamps(clock);
    KStream<DocumentKey, Outcome> read =
        read(builder, DOCUMENTS_IN, Entrance::document, settings, time)
            .merge(
                read(builder, ANNOTATIONS_IN, Entrance::annotation, settings, time),
                Named.as("read"));
    reject(read, registry, "unreadable");

    KStream<DocumentKey, Outcome> joined =
        only(Arrival.class, read, "arrived")
            .repartition(
                Repartitioned.with(DOCUMENTS.keys(), new ArrivalSerde())
                    .withName("arrivals")
                    .withNumberOfPartitions(settings.streams().partitions()))
            .process(joining(settings, kept, registry), Named.as("join"));
    only(Accepted.class, joined, "accepted")
        .mapValues(Accepted::json, Named.as("accepted-json"))
        .to(
            DOCUMENTS.name(),
            Produced.with(DOCUMENTS.keys(), Serdes.Bytes()).withName("documents"));
    only(Known.class, joined, "known")
        .selectKey((document, known) -> document.collection(), Named.as("by-collection"))
        .mapValues(Known::json, Named.as("known-json"))
        .to(EXAMPLES.name(), Produced.with(EXAMPLES.keys(), Serdes.Bytes()).withName("examples"));
    forget(joined);
    reject(joined, registry, "refused");
    return builder.build();
  }

  private static KStream<DocumentKey, Outcome> read(
      StreamsBuilder builder,
      Topic<byte[], byte[]> topic,
      Entrance.Reader reader,
      IngestSettings settings,
      TimestampExtractor time) {
    return builder.stream(
            topic.name(),
            Consumed.with(topic.keys(), topic.values())
                .withTimestampExtractor(time)
                .withName(topic.name()))
        .process(() -> new Entrance(reader, settings.limits()), Named.as("read-" + topic.name()));
  }

  private static void forget(KStream<DocumentKey, Outcome> joined) {
    KStream<DocumentKey, Forgotten> forgotten = only(Forgotten.class, joined, "forgotten");
    forgotten
        .mapValues(document -> (Bytes) null, Named.as("forgotten-document"))
        .to(
            DOCUMENTS.name(),
            Produced.with(DOCUMENTS.keys(), Serdes.Bytes()).withName("documents-forgotten"));
    forgotten
        .process(ForgottenExample::new, Named.as("forgotten-example"))
        .to(
            EXAMPLES.name(),
            Produced.with(EXAMPLES.keys(), Serdes.Bytes()).withName("examples-forgotten"));
  }

  private static void reject(
      KStream<DocumentKey, Outcome> outcomes, MeterRegistry registry, String name) {
    only(Rejection.class, outcomes, name)
        .process(() -> new Refusal(registry), Named.as(name + "-record"))
        .to(
            REJECTED.name(),
            Produced.with(REJECTED.keys(), REJECTED.values()).withName(name + "-rejected"));
  }

  private static <T extends Outcome> KStream<DocumentKey, T> only(
      Class<T> kind, KStream<DocumentKey, Outcome> outcomes, String name) {
    return outcomes
        .filter((key, outcome) -> kind.isInstance(outcome), Named.as(name))
        .mapValues(kind::cast, Named.as(name + "-only"));
  }

  private static ProcessorSupplier<DocumentKey, Arrival, DocumentKey, Outcome> joining(
      IngestSettings settings,
      Function<String, KeyValueBytesStoreSupplier> kept,
      MeterRegistry registry) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<DocumentKey, Arrival, DocumentKey, Outcome> get() {
        return new Join(settings.limits(), settings.waiting(), registry);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Stores.builders(kept);
      }
    };
  }

  /** A record without a time, or with one that no calendar holds, counts as sent now. */
  static TimestampExtractor timestamps(InstantSource clock) {
    long last = JsonInput.LAST_INSTANT.toEpochMilli();
    return (record, partitionTime) ->
        record.timestamp() >= 0 && record.timestamp() <= last ? record.timestamp() : clock.millis();
  }
}
