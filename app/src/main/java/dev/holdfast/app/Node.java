package dev.holdfast.app;

import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.process.Health;
import dev.holdfast.process.HttpEndpoint;
import dev.holdfast.process.KafkaMeters;
import dev.holdfast.process.ProcessMeters;
import dev.holdfast.process.Route;
import dev.holdfast.process.Service;
import dev.holdfast.serving.ServingService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one process with the HTTP endpoint that shows them: started together, watched,
 * and closed in the opposite order.
 */
final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private HttpEndpoint http;

  private Node() {}

  /**
   * Starts services; {@link #awaitReady} says when they work.
   *
   * @param kafka client properties for all of them; the topics are there
   * @throws IOException when the HTTP address cannot be bound
   */
  static Node start(
      Configuration configuration, Set<Part> parts, Map<String, String> kafka, InstantSource clock)
      throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(KafkaMeters.filter()).meterFilter(ProcessMeters.filter());
    Map<String, Supplier<Service>> makers = new LinkedHashMap<>();
    for (Part part : parts) {
      Part.Maker maker = configuration.makers().get(part);
      makers.put(part.label(), () -> maker.make(kafka, registry, clock));
    }
    return start(makers, configuration.http(), registry);
  }

  /** Makes these services and starts them in their order. */
  static Node start(
      Map<String, Supplier<Service>> makers,
      HttpEndpoint.Settings settings,
      PrometheusMeterRegistry registry)
      throws IOException {
    Node node = new Node();
    node.opened.push(registry::close);
    try {
      node.opened.push(new ProcessMeters(registry));
      makers.forEach(node::make);
      node.services.values().forEach(Service::start);
      node.http = new HttpEndpoint(settings, registry, node::health, node.routes());
      node.opened.push(node.http);
      return node;
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void make(String name, Supplier<Service> maker) {
    Service service = maker.get();
    services.put(name, service);
    opened.push(service);
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    Optional<ServingService> serving = service(ServingService.class);
    serving.ifPresent(service -> routes.addAll(service.routes()));
    service(MonitoringService.class)
        .ifPresent(service -> routes.addAll(service.routes(serving.isPresent())));
    return routes;
  }

  /** Its service of that class, if it runs one. */
  <T extends Service> Optional<T> service(Class<T> type) {
    return services.values().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** How each service stands now. */
  Map<String, Health> health() {
    Map<String, Health> health = new LinkedHashMap<>();
    services.forEach((name, service) -> health.put(name, service.health()));
    return health;
  }

  /** Where its HTTP endpoint is. */
  String address() {
    return http.address();
  }

  /**
   * Waits until every service does its work, however much it has to catch up with, or the stop
   * signal is given.
   *
   * @param progress told what each service is at whenever that changes
   * @throws Failure when a service has failed
   */
  void awaitReady(StopSignal stop, Consumer<String> progress) throws InterruptedException {
    await(stop, Optional.empty(), progress);
  }

  /**
   * The same for services that have little to catch up with.
   *
   * @throws Failure when a service has failed, or is not ready within the limit
   */
  void awaitReady(StopSignal stop, Duration limit, Consumer<String> progress)
      throws InterruptedException {
    await(stop, Optional.of(limit), progress);
  }

  private void await(StopSignal stop, Optional<Duration> limit, Consumer<String> progress)
      throws InterruptedException {
    Map<String, String> told = new LinkedHashMap<>();
    long start = System.nanoTime();
    do {
      checkLive();
      Map<String, Health> health = health();
      health.forEach(
          (name, state) -> {
            if (!state.detail().equals(told.put(name, state.detail()))) {
              progress.accept(name + ": " + state.detail());
            }
          });
      if (health.values().stream().allMatch(Health::ready)) {
        return;
      }
      if (limit.isPresent() && System.nanoTime() - start > limit.get().toNanos()) {
        throw new Failure(
            "expected all services to be ready within %d s, was: %s"
                .formatted(limit.get().toSeconds(), health));
      }
    } while (!stop.await(LOOK));
  }

  /** Waits for the stop signal. */
  void run(StopSignal stop) throws InterruptedException {
    do {
      checkLive();
    } while (!stop.await(LOOK));
  }

  /**
   * Looks whether all services live.
   *
   * @throws Failure when one does not, with its own words
   */
  void checkLive() {
    Optional<Map.Entry<String, Health>> dead =
        health().entrySet().stream().filter(entry -> !entry.getValue().live()).findFirst();
    if (dead.isPresent()) {
      throw new Failure(
          "service %s has failed: %s"
              .formatted(dead.get().getKey(), dead.get().getValue().detail()));
    }
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable last = opened.pop();
      try {
        last.close();
      } catch (Exception e) {
        // The others must be closed all the same; the process is about to end.
        LOG.error("closing {} failed", last, e);
      }
    }
  }
}
