package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.ServingFixtures.document;
import static dev.holdfast.serving.ServingFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * One schedule of everything that can happen to two serving nodes, in one thread and decided by a
 * seed: documents come, partitions move from node to node, and between any two steps of its clients
 * a node dies, gets another model, or its transaction is aborted or of unknown end.
 */
final class ServingSimulation {
  private static final int STEPS = 200;
  private static final int PARTITIONS = 3;
  private static final int MAX_ABORTS = 3;
  private static final int MOST_OF_A_POLL = 4;

  private final SplittableRandom random;
  private final Map<TopicPartition, List<Document>> documents = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final List<String> extracted = new ArrayList<>();
  private final List<Optional<Node>> nodes =
      new ArrayList<>(List.of(Optional.empty(), Optional.empty()));
  private final Map<TopicPartition, Integer> owners = new HashMap<>();
  private long version;
  private int sent;
  private int generation;
  private boolean quiet;

  /** The end of a process by kill -9; no error handling sees it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  ServingSimulation(long seed) {
    random = new SplittableRandom(seed);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TopicPartition place = new TopicPartition(DocumentTopics.DOCUMENTS.name(), partition);
      documents.put(place, new ArrayList<>());
      owners.put(place, random.nextInt(nodes.size()));
    }
  }

  /** Runs the schedule, lets the nodes come to rest, and checks what was extracted. */
  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    quiet = true;
    for (int round = 0; round < 2 * sent + 2; round++) {
      turn(round % nodes.size());
    }
    assertThat(extracted).hasSize(sent);
    assertThat(new HashSet<>(extracted)).hasSize(sent);
  }

  private void step() {
    int drawn = random.nextInt(100);
    if (drawn < 30) {
      TopicPartition place = partition();
      documents.get(place).add(document(SHOP, "d" + sent++));
    } else if (drawn < 36) {
      move();
    } else if (drawn < 38) {
      int node = random.nextInt(nodes.size());
      nodes.get(node).ifPresent(Node::close);
      nodes.set(node, Optional.empty());
    } else {
      turn(random.nextInt(nodes.size()));
    }
  }

  /** Members hear of it at their next poll; what they have in hand is of the generation before. */
  private void move() {
    owners.put(partition(), random.nextInt(nodes.size()));
    generation++;
  }

  private TopicPartition partition() {
    return new TopicPartition(DocumentTopics.DOCUMENTS.name(), random.nextInt(PARTITIONS));
  }

  private void turn(int number) {
    try {
      if (nodes.get(number).isEmpty()) {
        nodes.set(number, Optional.of(new Node(number)));
      }
      nodes.get(number).orElseThrow().turn();
    } catch (Crash | KafkaException e) {
      // The process ends: it was killed, or it gives up.
      nodes.set(number, Optional.empty());
    }
  }

  private Set<TopicPartition> owned(int node) {
    Set<TopicPartition> owned = new HashSet<>();
    owners.forEach(
        (partition, owner) -> {
          if (owner == node) {
            owned.add(partition);
          }
        });
    return owned;
  }

  /** Between two steps of a client. */
  private void interrupt(Node node, boolean abortable) {
    if (quiet) {
      return;
    }
    int drawn = random.nextInt(100);
    if (drawn < 2) {
      throw new Crash();
    }
    if (drawn < 4 && abortable) {
      throw new TransactionAbortableException("simulated");
    }
    if (drawn < 8) {
      node.models.replace(SHOP, model(++version));
    }
    if (drawn < 10) {
      move();
    }
  }

  /** One life of a node. */
  private final class Node {
    private final int number;
    private int joined = -1;
    private final ServedModels models = new ServedModels(Conventions.NONE);
    private final Reader consumer = new Reader();
    private final Writer producer = new Writer();
    private final ServingLoop loop =
        new ServingLoop(
            consumer,
            producer,
            models,
            new ServingMeasurements(
                new SimpleMeterRegistry(), models, InstantSource.fixed(Instant.EPOCH)),
            InstantSource.fixed(Instant.EPOCH),
            MAX_ABORTS);

    Node(int number) {
      this.number = number;
      loop.start();
    }

    void turn() {
      if (joined != generation) {
        joined = generation;
        Set<TopicPartition> owned = owned(number);
        owned.forEach(partition -> consumer.updateBeginningOffsets(Map.of(partition, 0L)));
        consumer.rebalance(Set.of());
        consumer.rebalance(owned);
        owned.forEach(
            partition ->
                consumer.seek(
                    partition, offsets.getOrDefault(partition, new OffsetAndMetadata(0)).offset()));
      }
      loop.serveNext(Duration.ZERO);
    }

    void close() {
      loop.close();
    }

    /** Reads the documents of the simulation. */
    private final class Reader extends MockConsumer<DocumentKey, Document> {
      Reader() {
        super("earliest");
      }

      @Override
      public synchronized ConsumerRecords<DocumentKey, Document> poll(Duration timeout) {
        interrupt(Node.this, false);
        for (TopicPartition partition : assignment()) {
          List<Document> all = documents.get(partition);
          int from = (int) position(partition);
          for (int at = from; at < Math.min(all.size(), from + MOST_OF_A_POLL); at++) {
            addRecord(
                new ConsumerRecord<>(
                    partition.topic(), partition.partition(), at, all.get(at).key(), all.get(at)));
          }
        }
        return super.poll(timeout);
      }

      @Override
      public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
          Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        partitions.forEach(partition -> committed.put(partition, offsets.get(partition)));
        return committed;
      }
    }

    /** Writes extractions and offsets together, when the partitions are still the node's own. */
    private final class Writer extends MockProducer<DocumentId, Extraction> {
      private Map<TopicPartition, OffsetAndMetadata> next = Map.of();

      Writer() {
        super(
            true,
            null,
            ExtractionTopics.EXTRACTIONS.keys().serializer(),
            ExtractionTopics.EXTRACTIONS.values().serializer());
      }

      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<DocumentId, Extraction> record) {
        interrupt(Node.this, true);
        return super.send(record);
      }

      @Override
      public void sendOffsetsToTransaction(
          Map<TopicPartition, OffsetAndMetadata> of, ConsumerGroupMetadata group) {
        interrupt(Node.this, true);
        if (joined != generation) {
          throw new CommitFailedException("simulated: the group has another generation");
        }
        super.sendOffsetsToTransaction(of, group);
        next = of;
      }

      @Override
      public void commitTransaction() {
        if (!transactionInFlight()) {
          return; // asked again: it had taken place
        }
        interrupt(Node.this, true);
        int before = history().size();
        super.commitTransaction();
        history()
            .subList(before, history().size())
            .forEach(record -> extracted.add(record.key().value()));
        offsets.putAll(next);
        int drawn = quiet ? 0 : random.nextInt(40);
        if (drawn == 1) {
          throw new Crash();
        }
        if (drawn == 2) {
          throw new TimeoutException("simulated");
        }
      }
    }
  }
}
