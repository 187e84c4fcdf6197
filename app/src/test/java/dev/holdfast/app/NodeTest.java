package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.process.Health;
import dev.holdfast.process.HttpEndpoint;
import dev.holdfast.process.Service;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NodeTest {
  private final List<String> events = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  @Test
  void servicesStartInOrderAndCloseInTheOppositeOrder() throws Exception {
    try (Node node =
        start(0, new Fake("a", Health.ready("on")), new Fake("b", Health.ready("on")))) {
      node.awaitReady(StopSignal.never(), Duration.ofSeconds(10), progress::add);
    }
    assertThat(events).containsExactly("start a", "start b", "close b", "close a");
    assertThat(progress).containsExactly("a: on", "b: on");
  }

  @Test
  void failedServiceEndsTheNodeWithItsOwnWords() throws Exception {
    try (Node node = start(0, new Fake("a", Health.failed("fenced")))) {
      assertThatThrownBy(() -> node.run(StopSignal.never()))
          .isInstanceOf(Failure.class)
          .hasMessage("service a has failed: fenced");
    }
  }

  @Test
  void serviceThatDoesNotGetReadyIsNamed() throws Exception {
    try (Node node = start(0, new Fake("a", Health.starting("reading")))) {
      assertThatThrownBy(() -> node.awaitReady(StopSignal.never(), Duration.ZERO, progress::add))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("a=")
          .hasMessageContaining("reading");
    }
  }

  @Test
  void whatWasStartedIsClosedWhenTheAddressIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), new Fake("a", Health.ready("on"))))
          .isInstanceOf(IOException.class);
    }
    assertThat(events).containsExactly("start a", "close a");
  }

  private Node start(int port, Fake... services) throws IOException {
    Map<String, Supplier<Service>> byName = new LinkedHashMap<>();
    for (Fake service : services) {
      byName.put(service.name(), () -> service.service(events));
    }
    return Node.start(
        byName,
        HttpEndpoint.Settings.loopback(port),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /** A service that stands as it is told. */
  private record Fake(String name, Health health) {
    Service service(List<String> events) {
      return new Service() {
        @Override
        public void start() {
          events.add("start " + name);
        }

        @Override
        public Health health() {
          return health;
        }

        @Override
        public void close() {
          events.add("close " + name);
        }
      };
    }
  }
}
