package dev.holdfast.process;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Which of the meters of Kafka's own clients are shown: those that a dashboard asks for. A client
 * has hundreds, and they would be nearly all of what Prometheus takes in.
 */
public final class KafkaMeters {
  private static final String PREFIX = "kafka.";

  private static final Set<String> SHOWN =
      Set.of(
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.producer.request.latency.avg");

  private KafkaMeters() {}

  /** To be set before a client's meters are bound; leaves all others as they are. */
  public static MeterFilter filter() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        boolean hidden = id.getName().startsWith(PREFIX) && !SHOWN.contains(id.getName());
        return hidden ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
      }
    };
  }
}
