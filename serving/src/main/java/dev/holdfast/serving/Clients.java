package dev.holdfast.serving;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of serving; whoever asks for one closes it. */
interface Clients {

  /** Reads documents as one member of the group. */
  Consumer<DocumentKey, Document> documents(int loop);

  /** Writes extractions in transactions. */
  Producer<DocumentId, Extraction> extractions(int loop);

  /** Reads model versions from the beginning, by itself. */
  Consumer<byte[], byte[]> models();

  /** Writes documents and annotations as they came over HTTP. */
  Producer<byte[], byte[]> inbox();
}
