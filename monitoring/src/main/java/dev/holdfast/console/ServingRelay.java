package dev.holdfast.console;

import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.process.Role;
import dev.holdfast.process.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what the page sends on to a serving node, as it came and with the caller's own credentials,
 * and brings back what that answers; 503 when it does not. The caller needs the same role here as
 * there, where nobody may ask for any. So browsers need to reach one process only. Thread-safe.
 */
final class ServingRelay {
  private static final Logger LOG = LoggerFactory.getLogger(ServingRelay.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String AUTHORIZATION = "Authorization";

  private final URI serving;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  ServingRelay(URI serving) {
    this.serving = serving;
  }

  List<Route> routes() {
    return List.of(route("/v1/annotations", Role.ANNOTATE), route("/v1/extract", Role.SUBMIT));
  }

  private Route route(String path, Role role) {
    return new Route("POST", path, role, request -> handOn(path, request));
  }

  private Response handOn(String path, Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(serving.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.header(AUTHORIZATION).ifPresent(value -> builder.header(AUTHORIZATION, value));
    try {
      HttpResponse<byte[]> answer =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Response(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("application/json"),
          answer.body());
    } catch (IOException e) {
      LOG.warn("serving at {} did not answer {}: {}", serving, path, e.toString());
      return Response.problem(
          503,
          "serving_unavailable",
          "expected an answer of serving at %s, failed with %s"
              .formatted(serving, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.problem(503, "closing", "the process is about to end");
    }
  }
}
