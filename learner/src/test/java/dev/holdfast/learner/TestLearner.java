package dev.holdfast.learner;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.Refusal;
import dev.holdfast.wire.BadInput;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** One life of a learner on a {@link TestBroker}. */
final class TestLearner {
  private static final int MAX_TURNS = 1_000;

  private final TestBroker broker;
  private final LearnerLoop loop;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  TestLearner(
      TestBroker broker,
      LearnerSettings settings,
      Learning.Source learners,
      LearnerFixtures.TestClock clock) {
    this.broker = broker;
    loop = new LearnerLoop(broker, settings, learners, registry, clock);
    loop.start();
    broker.join();
  }

  static void teach(TestBroker broker, Example... examples) {
    for (Example example : examples) {
      CollectionName collection = example.document().collection();
      broker.append(
          DocumentTopics.EXAMPLES,
          TestBroker.EXAMPLES.partition(),
          collection,
          example,
          LearnerFixtures.START.toEpochMilli());
    }
  }

  /** Asks something of the default collection, as an operator does. */
  static void ask(TestBroker broker, String json) {
    byte[] collection = CollectionName.DEFAULT.value().getBytes(StandardCharsets.UTF_8);
    byte[] message = json.getBytes(StandardCharsets.UTF_8);
    broker.append(ControlTopics.CONTROL, 0, collection, message, 0);
  }

  /** Learns each document by itself: one version for each, where nothing else is set. */
  void learn(String... documents) {
    for (String document : documents) {
      teach(broker, LearnerFixtures.example("default", document));
      work();
    }
  }

  /** Sees to what an operator asks of the default collection. */
  void obey(String json) {
    ask(broker, json);
    work();
  }

  static void forget(TestBroker broker, String collection, String document) {
    broker.append(
        DocumentTopics.EXAMPLES,
        TestBroker.EXAMPLES.partition(),
        new CollectionName(collection),
        null,
        LearnerFixtures.START.toEpochMilli(),
        Forgetting.ofDocument(new DocumentId(document)));
  }

  void turn() {
    loop.turn(Duration.ZERO);
  }

  /** Lets it work until it has nothing to do any more at this time. */
  void work() {
    int quiet = 0;
    for (int turn = 0; quiet < 3; turn++) {
      if (turn == MAX_TURNS) {
        throw new AssertionError("expected quiet within %d turns".formatted(MAX_TURNS));
      }
      long before = broker.producer().commitCount();
      turn();
      quiet = broker.producer().commitCount() == before ? quiet + 1 : 0;
    }
  }

  /** Ends it as kill -9 would: nothing more is written. */
  void crash() {
    loop.close();
  }

  /** Ends it in good order. */
  void close() {
    loop.finish();
    loop.close();
  }

  double gauge(LearnerMeters meter) {
    return registry.get(meter.declared().name()).gauge().value();
  }

  double count(LearnerMeters meter) {
    return registry.get(meter.declared().name()).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  static List<JournalRecord> journal(TestBroker broker) {
    return broker.values(LearnerTopics.JOURNAL, TestBroker.EXAMPLES.partition());
  }

  static List<Refusal> refusals(TestBroker broker) {
    return broker.values(ModelTopics.REFUSALS, 0);
  }

  static List<Manifest> manifests(TestBroker broker) {
    List<Manifest> manifests = new ArrayList<>();
    broker
        .log(new TopicPartition(ModelTopics.MODELS.name(), 0))
        .forEach(
            record -> {
              ModelKey key =
                  ModelTopics.MODELS.keys().deserializer().deserialize("models", record.key());
              if (key.isManifest() && record.value() != null) {
                try {
                  manifests.add(ManifestJson.read(record.value()));
                } catch (BadInput e) {
                  throw new AssertionError(e);
                }
              }
            });
    return manifests;
  }

  static Digest latestDigest(TestBroker broker) {
    List<Manifest> manifests = manifests(broker);
    return manifests.get(manifests.size() - 1).digest();
  }
}
