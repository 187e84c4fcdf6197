package dev.holdfast.ingest;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.ExampleJson;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Statement;
import dev.holdfast.ingest.Waiting.WaitingSerde;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.topic.TextSerde;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What ingest remembers of every document. Kept on disk or wherever else, and in a changelog topic
 * from which that is rebuilt; without a cache, since each record matters at once.
 *
 * @param documents the content that holds now, as JSON
 * @param statements what is known of its fields, once anything is
 * @param waiting annotations without a document, by place
 */
record Stores(
    KeyValueStore<DocumentKey, Bytes> documents,
    KeyValueStore<DocumentKey, SortedMap<FieldName, Statement>> statements,
    KeyValueStore<String, Waiting> waiting) {

  static final String DOCUMENTS = "documents";
  private static final String STATEMENTS = "statements";
  private static final String WAITING = "waiting";

  private static final Serde<DocumentKey> KEYS = new TextSerde<>(DocumentKey::parse);

  static Stores of(ProcessingContext context) {
    return new Stores(
        context.getStateStore(DOCUMENTS),
        context.getStateStore(STATEMENTS),
        context.getStateStore(WAITING));
  }

  /**
   * @param kept where they are, by their name
   */
  static Set<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> kept) {
    return Set.of(
        builder(kept.apply(DOCUMENTS), KEYS, Serdes.Bytes()),
        builder(
            kept.apply(STATEMENTS),
            KEYS,
            new JsonSerde<>(ExampleJson::writeStatements, ExampleJson::readStatements)),
        builder(kept.apply(WAITING), Serdes.String(), new WaitingSerde()));
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
      KeyValueBytesStoreSupplier kept, Serde<K> keys, Serde<V> values) {
    return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(kept, keys, values)
        .withCachingDisabled();
  }
}
