package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of the learner; whoever asks for one closes it. */
public interface LearnerClients {

  /** Reads examples as one member of the group, committed ones only. */
  Consumer<CollectionName, Example> examples();

  /** Reads any topic as a member of no group, committed records only. */
  Consumer<byte[], byte[]> log();

  /** Tells how far topics go, whatever is committed, as a member of no group. */
  Consumer<byte[], byte[]> ends();

  /** Writes rounds in transactions. */
  Producer<byte[], byte[]> rounds();
}
