package dev.holdfast.serving;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of serving; whoever asks for one closes it. */
public interface Clients {

  /**
   * Reads documents as one member of the group.
   *
   * @param loop number of the loop that will own it, from 0
   */
  Consumer<DocumentKey, Document> documents(int loop);

  /**
   * Writes extractions in transactions.
   *
   * @param loop number of the loop that will own it, from 0
   */
  Producer<DocumentId, Extraction> extractions(int loop);

  /** Reads model versions and what operators ask, as a member of no group. */
  Consumer<byte[], byte[]> models();

  /** Writes documents and annotations as they came over HTTP; thread-safe. */
  Producer<byte[], byte[]> inbox();
}
