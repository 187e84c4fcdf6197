package dev.holdfast.monitoring;

import static dev.holdfast.monitoring.MonitoringFixtures.example;
import static dev.holdfast.monitoring.MonitoringFixtures.extraction;
import static dev.holdfast.monitoring.MonitoringFixtures.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MonitoringServiceTest {
  private final RecordedLog log = new RecordedLog();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MonitoringService service =
      new MonitoringService(
          MonitoringSettings.DEFAULT,
          log.consumer(),
          log.driftLog(),
          registry,
          InstantSource.fixed(MonitoringFixtures.START));

  @AfterEach
  void close() {
    service.close();
  }

  /** Nobody promises how soon: this is for the slowest of machines. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  @Test
  void isReadyWhenTheLogHasBeenReadAndShowsItAsMeters() {
    log.consumer()
        .schedulePollTask(
            () -> {
              log.extraction(0, extraction("receipt-1", 1, Map.of("total", "5.00")));
              log.extraction(0, extraction("receipt-2", 1, Map.of("total", "6.00")));
              log.manifest(0, manifest(1, 0));
              log.example(0, example("receipt-1", Map.of("total", "5.00")));
              log.example(0, example("receipt-2", Map.of("total", "5.00")));
              log.rejected(0, "not_json");
            });
    assertThat(service.health().ready()).isFalse();

    service.start();

    await().until(() -> service.health().ready());
    assertThat(service.snapshot().scores().all().last()).isEqualTo(0.5);
    assertThat(registry.scrape())
        .contains("holdfast_monitoring_extractions_documents 2.0")
        .contains("holdfast_monitoring_statements{outcome=\"scored\"} 2.0")
        .contains("holdfast_monitoring_f1_ratio{collection=\"default\",over=\"last\"} 0.5")
        .contains(
            "holdfast_monitoring_type_f1_ratio{collection=\"default\",over=\"all\",type=\"receipt\"} 0.5")
        .contains(
            "holdfast_monitoring_field_f1_ratio{collection=\"default\",field=\"total\",over=\"last\"} 0.5")
        .contains(
            "holdfast_monitoring_type_forgetting_ratio{collection=\"default\",type=\"receipt\"} 0.0")
        .contains("holdfast_monitoring_version{collection=\"default\"} 1.0")
        .contains("holdfast_monitoring_errors_risen{collection=\"default\"} 0.0")
        .contains("holdfast_monitoring_rejected_messages{reason=\"not_json\"} 1.0")
        .contains("holdfast_monitoring_lag_records{topic=\"examples\"} 0.0")
        .doesNotContain("receipt-1");
  }

  @Test
  void metersFollowTheSnapshots() {
    log.consumer()
        .schedulePollTask(
            () -> log.extraction(0, extraction("receipt-1", 0, Map.of("total", "5.00"))));
    service.start();
    await().until(() -> service.snapshot().scores().counts().extractions() == 1);

    log.consumer()
        .schedulePollTask(() -> log.example(0, example("receipt-1", Map.of("total", "5.00"))));

    await()
        .untilAsserted(
            () ->
                assertThat(registry.scrape())
                    .contains("holdfast_monitoring_statements{outcome=\"scored\"} 1.0"));
  }

  @Test
  void recordThatCannotBeReadEndsIt() {
    log.consumer().schedulePollTask(() -> log.bytes("examples", 0, "{".getBytes(UTF_8)));

    service.start();

    await().until(() -> !service.health().live());
    assertThat(service.health().detail()).contains("examples-0@0");
    assertThat(log.consumer().closed()).isTrue();
  }

  @Test
  void closingEndsTheReadingWithoutAFailure() {
    service.start();
    await().until(() -> service.health().ready());

    service.close();
    service.close();

    assertThat(log.consumer().closed()).isTrue();
    assertThat(service.health().live()).isTrue();
    assertThat(service.health().ready()).isFalse();
  }

  @Test
  void isStartedOnce() {
    service.start();

    assertThatThrownBy(service::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void belongsToNoGroupAndReadsOnlyWhatIsCommitted() {
    Map<String, Object> properties =
        MonitoringService.properties(
            Map.of("bootstrap.servers", "localhost:9", "group.id", "g", "fetch.min.bytes", "7"));

    assertThat(properties)
        .doesNotContainKey(ConsumerConfig.GROUP_ID_CONFIG)
        .containsEntry("bootstrap.servers", "localhost:9")
        .containsEntry("fetch.min.bytes", "7")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", "false");
  }
}
