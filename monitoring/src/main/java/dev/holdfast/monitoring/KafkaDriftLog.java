package dev.holdfast.monitoring;

import dev.holdfast.document.CollectionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@link DriftTopics#DRIFT}. Its transactional id is fixed, so of several monitoring
 * processes the one that started last tells; the others go on watching.
 */
final class KafkaDriftLog implements DriftLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaDriftLog.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final String NAME = "holdfast-monitoring-drift";

  private final Map<String, Object> consumerProperties;
  private final Producer<CollectionName, DriftEvent> producer;
  private boolean replaced;

  /**
   * @param kafka properties of every client
   */
  KafkaDriftLog(Map<String, String> kafka) {
    consumerProperties = MonitoringService.properties(kafka);
    consumerProperties.put(ConsumerConfig.CLIENT_ID_CONFIG, NAME);
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, NAME);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME);
    producer =
        new KafkaProducer<>(
            properties,
            DriftTopics.DRIFT.keys().serializer(),
            DriftTopics.DRIFT.values().serializer());
  }

  @Override
  public List<DriftEvent> takeOver() {
    // First fence, then read: nobody can tell anything that is not read here.
    producer.initTransactions();
    List<DriftEvent> told = new ArrayList<>();
    try (Consumer<CollectionName, DriftEvent> consumer =
        new KafkaConsumer<>(
            consumerProperties,
            DriftTopics.DRIFT.keys().deserializer(),
            DriftTopics.DRIFT.values().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(DriftTopics.DRIFT.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(record -> told.add(record.value()));
      }
    }
    return told;
  }

  @Override
  public void tell(DriftEvent event) {
    if (replaced) {
      return;
    }
    try {
      producer.beginTransaction();
      // A send that fails makes the commit fail.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(DriftTopics.DRIFT.name(), event.subject().collection(), event));
      producer.commitTransaction();
      LOG.info("drift of {}: {}", event.subject(), event.summary());
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      LOG.info("another monitoring process tells of drift from now on");
      replaced = true;
    }
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
