package dev.holdfast.ingest;

import dev.holdfast.document.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The annotations that came before their documents, in the order they came. Each is an entry of its
 * own, so no entry outgrows what a record may hold. Not thread-safe.
 */
final class WaitingRoom {
  private static final StringSerializer STRINGS = new StringSerializer();

  private final KeyValueStore<String, Waiting> store;
  private final IngestSettings.Waiting settings;

  WaitingRoom(KeyValueStore<String, Waiting> store, IngestSettings.Waiting settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Lets an annotation wait; false when as many as may wait for its document do already. */
  boolean add(DocumentKey document, long now, ConsumerRecord<byte[], byte[]> original) {
    int count = 0;
    int last = -1;
    try (KeyValueIterator<String, Waiting> waiting = of(document)) {
      while (waiting.hasNext()) {
        last = Waiting.number(waiting.next().key);
        count++;
      }
    }
    if (count >= settings.maxPerDocument()) {
      return false;
    }
    store.put(Waiting.place(document, last + 1), new Waiting(now, original));
    return true;
  }

  /** All that wait for the document, which then wait no longer. */
  List<ConsumerRecord<byte[], byte[]>> leave(DocumentKey document) {
    List<KeyValue<String, Waiting>> leaving = new ArrayList<>();
    try (KeyValueIterator<String, Waiting> waiting = of(document)) {
      waiting.forEachRemaining(leaving::add);
    }
    return remove(leaving);
  }

  /** All that have waited for the whole time at {@code now}, which then wait no longer. */
  List<ConsumerRecord<byte[], byte[]>> leaveInVain(long now) {
    List<KeyValue<String, Waiting>> leaving = new ArrayList<>();
    try (KeyValueIterator<String, Waiting> waiting = store.all()) {
      waiting.forEachRemaining(
          entry -> {
            if (now - entry.value.since() >= settings.time().toMillis()) {
              leaving.add(entry);
            }
          });
    }
    return remove(leaving);
  }

  private KeyValueIterator<String, Waiting> of(DocumentKey document) {
    return store.prefixScan(Waiting.placesOf(document), STRINGS);
  }

  private List<ConsumerRecord<byte[], byte[]>> remove(List<KeyValue<String, Waiting>> leaving) {
    leaving.forEach(entry -> store.delete(entry.key));
    return leaving.stream().map(entry -> entry.value.original()).toList();
  }
}
