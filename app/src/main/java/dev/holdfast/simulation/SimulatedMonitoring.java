package dev.holdfast.simulation;

import dev.holdfast.console.Console;
import dev.holdfast.monitoring.DriftEvent;
import dev.holdfast.monitoring.DriftLog;
import dev.holdfast.monitoring.LogReader;
import dev.holdfast.monitoring.MonitoringSettings;
import dev.holdfast.monitoring.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** One life of monitoring, which reads everything from the start again. */
final class SimulatedMonitoring {
  private final LogReader reader;

  /**
   * @param told what earlier lives have told of drift, and this one goes on to tell
   */
  SimulatedMonitoring(SimulatedKafka kafka, List<DriftEvent> told, InstantSource clock) {
    MonitoringSettings settings = MonitoringSettings.DEFAULT;
    reader =
        new LogReader(
            SimulatedConsumer.ofAnyTopic(kafka, Interruption.NONE),
            new ListedDrift(told),
            new Console(settings.console(), settings.fadingFactor(), 10, clock),
            settings);
    reader.begin();
  }

  private record ListedDrift(List<DriftEvent> told) implements DriftLog {
    @Override
    public List<DriftEvent> takeOver() {
      return List.copyOf(told);
    }

    @Override
    public void tell(DriftEvent event) {
      told.add(event);
    }

    @Override
    public void close() {
      // A list needs no end.
    }
  }

  void turn() {
    reader.readNext(Duration.ZERO);
  }

  /** Reads all that is there. */
  Snapshot atEnd() {
    while (!reader.atEnd()) {
      turn();
    }
    return reader.now();
  }
}
