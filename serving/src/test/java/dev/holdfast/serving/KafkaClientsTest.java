package dev.holdfast.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.extraction.Conventions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static final ServingSettings SETTINGS =
      new ServingSettings("node-2", 2, 50, 10, Duration.ofMillis(700), Conventions.NONE);

  @Test
  void eachLoopHasAPlaceAndATransactionalIdOfItsOwnThatSurviveARestart() {
    KafkaClients clients = clients(Map.of());

    assertThat(clients.documentsProperties(0))
        .containsEntry("group.id", "holdfast-serving")
        .containsEntry("group.instance.id", "holdfast-serving-node-2-documents-0")
        .containsEntry("max.poll.records", 50);
    assertThat(clients.documentsProperties(1))
        .containsEntry("group.instance.id", "holdfast-serving-node-2-documents-1");
    assertThat(clients.extractionsProperties(1))
        .containsEntry("transactional.id", "holdfast-serving-node-2-extractions-1");
  }

  @Test
  void whatIsGivenForAllClientsIsPassedOnButNeverWeakensExactlyOnce() {
    KafkaClients clients =
        clients(
            Map.of(
                "bootstrap.servers", "broker:9092",
                "isolation.level", "read_uncommitted",
                "enable.auto.commit", "true",
                "group.id", "mine",
                "acks", "0",
                "enable.idempotence", "false",
                "linger.ms", "1"));

    assertThat(clients.documentsProperties(0))
        .containsEntry("bootstrap.servers", "broker:9092")
        .containsEntry("group.id", "holdfast-serving")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", "false");
    assertThat(clients.extractionsProperties(0))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("linger.ms", "1");
    assertThat(clients.modelsProperties())
        .doesNotContainKey("group.id")
        .containsEntry("isolation.level", "read_committed");
    assertThat(clients.inboxProperties())
        .containsEntry("acks", "all")
        .containsEntry("delivery.timeout.ms", "700");
  }

  private static KafkaClients clients(Map<String, String> common) {
    return new KafkaClients(SETTINGS, common, new SimpleMeterRegistry());
  }
}
