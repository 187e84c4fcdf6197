package dev.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.app.Topics;
import dev.holdfast.topic.DocumentTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path folder;

  @Test
  void restartOnTheSameFolderIsTheSameClusterWithTheSameRecords() throws Exception {
    String cluster;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrap());
      Topics.create(client, Topics.all());
      cluster = clusterId(client);
      write(client, "first");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrap());
      Topics.create(client, Topics.all());
      assertThat(clusterId(client)).isEqualTo(cluster);
      write(client, "second");
      assertThat(read(client, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void takenPortIsNamedInTheError() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("a"))) {
      int port = Integer.parseInt(kafka.bootstrap().substring(kafka.bootstrap().indexOf(':') + 1));
      assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("b"), port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected port " + port);
    }
  }

  private static String clusterId(Map<String, String> client) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(client))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void write(Map<String, String> client, String text) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(client), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  DocumentTopics.REJECTED.name(), text.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static List<String> read(Map<String, String> client, int count) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.copyOf(client), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(DocumentTopics.REJECTED.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> texts = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(r -> texts.add(new String(r.value(), StandardCharsets.UTF_8)));
                return texts.size() >= count;
              });
      return texts;
    }
  }
}
