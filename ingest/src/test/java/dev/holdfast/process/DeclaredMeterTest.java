package dev.holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeclaredMeterTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void counterCarriesItsUnitAndItsTags() {
    DeclaredMeter meter =
        DeclaredMeter.counter("holdfast.ingest.documents", "documents", "Taken in.", "collection");

    meter.counter(registry, "default").increment(3);

    assertThat(registry.scrape())
        .contains("# HELP holdfast_ingest_documents_total Taken in.")
        .contains("holdfast_ingest_documents_total{collection=\"default\"} 3.0");
  }

  @Test
  void timerIsAHistogramOfFixedBuckets() {
    DeclaredMeter.timer("holdfast.serving.extract", "One document.")
        .timer(registry)
        .record(Duration.ofMillis(7));

    assertThat(registry.scrape())
        .contains("holdfast_serving_extract_seconds_bucket{le=\"0.005\"} 0")
        .contains("holdfast_serving_extract_seconds_bucket{le=\"0.01\"} 1")
        .contains("holdfast_serving_extract_seconds_bucket{le=\"60.0\"} 1")
        .contains("holdfast_serving_extract_seconds_count 1");
  }

  @Test
  void gaugeIsAskedAtEachScrape() {
    int[] value = {1};
    DeclaredMeter.gauge("holdfast.serving.version", "", "Now.", "collection")
        .gauge(registry, () -> value[0], "default");
    value[0] = 42;

    assertThat(registry.scrape()).contains("holdfast_serving_version{collection=\"default\"} 42.0");
  }

  @Test
  void missingTagValueIsRefused() {
    DeclaredMeter meter =
        DeclaredMeter.counter("holdfast.ingest.documents", "documents", "Taken in.", "collection");

    assertThatThrownBy(() -> meter.counter(registry))
        .hasMessage(
            "holdfast.ingest.documents: expected values for the tags [collection], was 0 values");
  }

  @Test
  void counterCannotBeRegisteredAsATimer() {
    DeclaredMeter meter = DeclaredMeter.counter("holdfast.ingest.documents", "documents", "In.");

    assertThatThrownBy(() -> meter.timer(registry))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("holdfast.ingest.documents: expected a TIMER, was a COUNTER");
  }
}
