package dev.holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {
  @Test
  void memoryThreadsAndProcessorsAreMeasured() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(ProcessMeters.filter());

    try (ProcessMeters meters = new ProcessMeters(registry)) {
      assertThat(meters).isNotNull();
      assertThat(registry.scrape())
          .contains("jvm_memory_used_bytes{area=\"heap\"")
          .contains("jvm_threads_live_threads ")
          .contains("process_cpu_usage ")
          .contains("process_cpu_seconds_total ")
          .contains("system_processors ")
          .doesNotContain("process_cpu_time", "system_cpu_count")
          .contains("process_uptime_seconds ");
    }
  }
}
