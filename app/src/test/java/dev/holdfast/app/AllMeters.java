package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ingest.IngestMeters;
import dev.holdfast.learner.LearnerMeters;
import dev.holdfast.monitoring.MonitoringMeters;
import dev.holdfast.process.DeclaredMeter;
import dev.holdfast.process.HttpMeters;
import dev.holdfast.process.KafkaMeters;
import dev.holdfast.process.ProcessMeters;
import dev.holdfast.serving.ServingMeters;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Every meter that a Holdfast process can have, and what Prometheus calls it. */
final class AllMeters {
  /** A sample: its name, its labels if any, its value. */
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+$", Pattern.MULTILINE);

  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"[^\"]*\"");

  private AllMeters() {}

  /** What the services declare, by service, in the order of the data's way. */
  static Map<String, List<DeclaredMeter>> declared() {
    Map<String, List<DeclaredMeter>> declared = new LinkedHashMap<>();
    declared.put("ingest", Stream.of(IngestMeters.values()).map(IngestMeters::declared).toList());
    declared.put(
        "learner", Stream.of(LearnerMeters.values()).map(LearnerMeters::declared).toList());
    declared.put(
        "serving", Stream.of(ServingMeters.values()).map(ServingMeters::declared).toList());
    declared.put(
        "monitoring",
        Stream.of(MonitoringMeters.values()).map(MonitoringMeters::declared).toList());
    declared.put("http", Stream.of(HttpMeters.values()).map(HttpMeters::declared).toList());
    return declared;
  }

  /** The series that Prometheus sees of a meter, by name, with the names of their labels. */
  static SortedMap<String, SortedSet<String>> series(DeclaredMeter meter) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    register(meter, registry);
    return parse(registry.scrape());
  }

  private static void register(DeclaredMeter meter, PrometheusMeterRegistry registry) {
    String[] values = meter.tags().toArray(String[]::new);
    switch (meter.type()) {
      case COUNTER -> meter.counter(registry, values);
      case GAUGE -> meter.gauge(registry, () -> 1, values);
      case TIMER -> meter.timer(registry, values);
      default -> throw new AssertionError(meter);
    }
  }

  /** What Prometheus reads of all declared meters. */
  static String scrape() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    declared().values().stream().flatMap(List::stream).forEach(meter -> register(meter, registry));
    return registry.scrape();
  }

  /** The series of all that a process can have: declared, of the JVM, of Kafka clients. */
  static SortedMap<String, SortedSet<String>> series() {
    SortedMap<String, SortedSet<String>> series = new TreeMap<>();
    declared().values().stream().flatMap(List::stream).forEach(m -> series.putAll(series(m)));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(KafkaMeters.filter()).meterFilter(ProcessMeters.filter());
    // They look for a broker in vain, on this machine only, for the moment that they live.
    Map<String, Object> nobody = Map.of("bootstrap.servers", "127.0.0.1:9");
    try (ProcessMeters process = new ProcessMeters(registry);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(nobody, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(nobody, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaClientMetrics consumed = new KafkaClientMetrics(consumer);
        KafkaClientMetrics produced = new KafkaClientMetrics(producer)) {
      consumed.bindTo(registry);
      produced.bindTo(registry);
      series.putAll(parse(registry.scrape()));
      // This comes with the first collection of garbage.
      series.put("jvm_gc_pause_seconds_sum", new TreeSet<>(List.of("action", "cause", "gc")));
      assertThat(process).isNotNull();
    }
    return series;
  }

  private static SortedMap<String, SortedSet<String>> parse(String scrape) {
    SortedMap<String, SortedSet<String>> series = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(scrape);
    while (sample.find()) {
      SortedSet<String> labels = series.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.add(label.group(1));
      }
    }
    return series;
  }
}
