package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.learner.LearnerService;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private EmbeddedKafka broker;
  private Map<String, String> kafka;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedKafka.start(folder);
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void everyExampleIsLearnedOnceOverRestarts() {
    try (VersionReader versions = new VersionReader()) {
      for (int life = 0; life < 3; life++) {
        try (LearnerService learner = start()) {
          String first = "slip-" + life + "-a";
          String second = "slip-" + life + "-b";
          teach(first);
          versions.awaitLearned(first);
          teach(second);
          versions.awaitLearned(second);
          assertThat(learner.health().ready()).isTrue();
        }
      }

      assertThat(versions.learned).doesNotHaveDuplicates().hasSize(6);
      assertThat(versions.numbers).isSorted().doesNotHaveDuplicates().startsWith(1L);
      assertThat(versions.numbers.get(versions.numbers.size() - 1))
          .isEqualTo(versions.numbers.size());
    }
  }

  private LearnerService start() {
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "learner.learning.youth-rehearsals", "20",
                "learner.learning.idle-rehearsals", "2"),
            "learner");
    LearnerService learner =
        new LearnerService(
            LearnerSettings.from(reader), kafka, new SimpleMeterRegistry(), InstantSource.system());
    learner.start();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(learner.health().ready()).isTrue());
    return learner;
  }

  private void teach(String id) {
    Document document =
        new Document(
            new DocumentId(id),
            CollectionName.DEFAULT,
            "",
            "",
            List.of(new Page(595, 842)),
            List.of(
                new Token("TOTAL", new Box(100, 100, 200, 120), 0, 0),
                new Token("12.40", new Box(300, 100, 400, 120), 0, 0)));
    Mark mark = Mark.of(List.of(new FieldValue("12.40", List.of(new TokenSpan(1, 2)))));
    Example example =
        Example.unknown(document)
            .with(
                new Annotation(
                    document.key(),
                    "ana",
                    Source.HUMAN,
                    Instant.parse("2026-01-05T10:00:00Z"),
                    Map.of(new FieldName("total"), mark)));
    try (KafkaProducer<CollectionName, Example> producer =
        new KafkaProducer<>(
            Map.copyOf(kafka),
            DocumentTopics.EXAMPLES.keys().serializer(),
            DocumentTopics.EXAMPLES.values().serializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  DocumentTopics.EXAMPLES.name(), CollectionName.DEFAULT, example));
    }
  }

  /** Follows the versions as serving does. */
  private final class VersionReader implements AutoCloseable {
    private final List<String> learned = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final ModelAssembler assembler = new ModelAssembler(1L << 28);
    private final KafkaConsumer<ModelKey, byte[]> consumer;

    VersionReader() {
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers", kafka.get("bootstrap.servers"),
                  "isolation.level", "read_committed",
                  "enable.auto.commit", "false"),
              ModelTopics.MODELS.keys().deserializer(),
              ModelTopics.MODELS.values().deserializer());
      TopicPartition partition = new TopicPartition(ModelTopics.MODELS.name(), 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
    }

    void awaitLearned(String document) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<ModelKey, byte[]> record :
                    consumer.poll(Duration.ofMillis(100))) {
                  assembler.accept(record.key(), record.value()).ifPresent(this::arrived);
                }
                return learned.contains(document);
              });
    }

    private void arrived(Arrival arrival) {
      if (arrival instanceof Arrival.Complete complete) {
        numbers.add(complete.version().number());
        complete.manifest().learned().stream()
            .map(LearnedExample::document)
            .map(DocumentId::value)
            .forEach(learned::add);
      } else {
        assertThat(arrival).isInstanceOf(Arrival.Withdrawn.class);
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
