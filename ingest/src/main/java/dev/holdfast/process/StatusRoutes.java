package dev.holdfast.process;

import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The routes of every process: {@code /metrics}, {@code /health/live}, {@code /health/ready}. */
final class StatusRoutes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private StatusRoutes() {}

  static List<Route> of(PrometheusMeterRegistry registry, Supplier<Map<String, Health>> health) {
    return List.of(
        new Route("GET", "/metrics", Role.READ, request -> metrics(registry, request)),
        Route.open("GET", "/health/live", request -> health(health.get(), Health::live)),
        Route.open("GET", "/health/ready", request -> health(health.get(), StatusRoutes::works)));
  }

  private static boolean works(Health health) {
    return health.live() && health.ready();
  }

  /** OpenMetrics for those who ask for it, the older text format for everybody else. */
  private static Response metrics(PrometheusMeterRegistry registry, Request request) {
    Optional<String> accept = request.header("Accept");
    boolean open = accept.isPresent() && accept.get().contains("application/openmetrics-text");
    String format = open ? OPEN_METRICS : PROMETHEUS_TEXT;
    return Response.text(200, format, registry.scrape(format));
  }

  private static Response health(Map<String, Health> services, Predicate<Health> good) {
    boolean allGood = services.values().stream().allMatch(good);
    return Response.json(
        allGood ? 200 : 503, (out, sorted) -> write(out, allGood, sorted), new TreeMap<>(services));
  }

  private static void write(JsonGenerator out, boolean good, SortedMap<String, Health> services)
      throws IOException {
    out.writeStartObject();
    out.writeBooleanField("ok", good);
    out.writeObjectFieldStart("services");
    for (Map.Entry<String, Health> service : services.entrySet()) {
      out.writeObjectFieldStart(service.getKey());
      out.writeBooleanField("live", service.getValue().live());
      out.writeBooleanField("ready", service.getValue().ready());
      out.writeStringField("detail", service.getValue().detail());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
