package dev.holdfast.app;

import dev.holdfast.ingest.IngestService;
import dev.holdfast.ingest.IngestSettings;
import dev.holdfast.learner.LearnerService;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.monitoring.MonitoringSettings;
import dev.holdfast.process.Service;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.serving.ServingService;
import dev.holdfast.serving.ServingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** A service by its name: how its settings are read, and how it is made of them. */
enum Part {
  INGEST(8081) {
    @Override
    Maker read(SettingsReader reader) {
      IngestSettings settings = IngestSettings.from(reader);
      return (kafka, registry, clock) -> new IngestService(settings, kafka, registry, clock);
    }
  },
  LEARNER(8082) {
    @Override
    Maker read(SettingsReader reader) {
      LearnerSettings settings = LearnerSettings.from(reader);
      return (kafka, registry, clock) -> new LearnerService(settings, kafka, registry, clock);
    }
  },
  SERVING(8083) {
    @Override
    Maker read(SettingsReader reader) {
      ServingSettings settings = ServingSettings.from(reader);
      return (kafka, registry, clock) -> new ServingService(settings, kafka, registry, clock);
    }
  },
  MONITORING(8084) {
    @Override
    Maker read(SettingsReader reader) {
      MonitoringSettings settings = MonitoringSettings.from(reader);
      return (kafka, registry, clock) -> new MonitoringService(settings, kafka, registry, clock);
    }
  };

  /** Makes the service; its settings were read before. */
  @FunctionalInterface
  interface Maker {
    /**
     * Makes the service, which does not work before it is started.
     *
     * @param kafka client properties for every client of the service
     * @param registry that takes its meters
     */
    Service make(Map<String, String> kafka, MeterRegistry registry, InstantSource clock);
  }

  private final int httpPort;

  Part(int httpPort) {
    this.httpPort = httpPort;
  }

  /** As on the command line, and the first part of its settings' keys. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where its HTTP endpoint listens unless told otherwise when it runs by itself. */
  int httpPort() {
    return httpPort;
  }

  /** Reads its settings; problems are left with the reader. */
  abstract Maker read(SettingsReader reader);
}
