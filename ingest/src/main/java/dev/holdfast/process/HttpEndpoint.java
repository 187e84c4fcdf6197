package dev.holdfast.process;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.wire.BadInput;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server that answers the given routes, {@code GET /metrics}, {@code GET /health/live}
 * and {@code GET /health/ready}, and nothing else: 404 for an unknown path, 405 for a known path
 * with another method, 413 for a body over the limit, 500 when a handler fails, with the cause in
 * the log.
 *
 * <p>Answers from its start to {@link #close}, with a fixed number of threads. Thread-safe.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  private final Settings settings;
  private final Map<String, SortedMap<String, Route.Handler>> handlers = new HashMap<>();
  private final ExecutorService threads;
  private final HttpServer server;

  /**
   * Where to listen and how much to take.
   *
   * @param address to bind; a loopback address keeps everything on this machine
   * @param port 0 to 65535; 0 takes a free one
   * @param threads that answer, at least 1
   * @param maxBodyBytes of one request, at least 0
   */
  public record Settings(String address, int port, int threads, int maxBodyBytes) {
    public Settings {
      if (port < 0 || port > 65_535 || threads < 1 || maxBodyBytes < 0) {
        throw new IllegalArgumentException(
            "expected port 0..65535, threads >= 1 and maxBodyBytes >= 0, was %d, %d and %d"
                .formatted(port, threads, maxBodyBytes));
      }
    }

    /** On 127.0.0.1 with four threads and bodies of at most a megabyte. */
    public static Settings loopback(int port) {
      return new Settings("127.0.0.1", port, 4, 1_000_000);
    }

    /** Reads {@code address}, {@code port}, {@code threads} and {@code max-body-bytes}. */
    public static Settings from(SettingsReader reader, int defaultPort) {
      return new Settings(
          reader.text("address", "127.0.0.1"),
          reader.integer("port", defaultPort, 0, 65_535),
          reader.integer("threads", 4, 1, 256),
          reader.integer("max-body-bytes", 1_000_000, 0, 100_000_000));
    }
  }

  /**
   * Binds and starts to answer.
   *
   * @param registry shown at {@code /metrics}, in OpenMetrics or in the older Prometheus text
   * @param health of the services of this process by name, asked at each request; all live, or all
   *     live and ready, is 200, else 503
   * @param routes what is served besides
   * @throws IOException when the address cannot be bound, naming it
   * @throws IllegalArgumentException for two routes with one method and path
   */
  public HttpEndpoint(
      Settings settings,
      PrometheusMeterRegistry registry,
      Supplier<Map<String, Health>> health,
      List<Route> routes)
      throws IOException {
    this.settings = settings;
    StatusRoutes.of(registry, health).forEach(this::add);
    routes.forEach(this::add);
    server = bind(settings);
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            settings.threads(),
            task -> {
              Thread thread = new Thread(task, "http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    LOG.info("HTTP endpoint listens on {}:{}", settings.address(), port());
  }

  private void add(Route route) {
    Route.Handler before =
        handlers
            .computeIfAbsent(route.path(), path -> new TreeMap<>())
            .put(route.method(), route.handler());
    if (before != null) {
      throw new IllegalArgumentException(
          "expected one route for %s %s, was two".formatted(route.method(), route.path()));
    }
  }

  private static HttpServer bind(Settings settings) throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException(
          "HTTP endpoint: expected an address that is free to bind, was %s:%d (%s)"
              .formatted(settings.address(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops to listen; requests in hand are cut off. Safe to call twice. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      send(exchange, response(exchange, method, path));
    } catch (IOException e) {
      LOG.debug("{} {}: the client went away", method, path, e);
    }
  }

  private Response response(HttpExchange exchange, String method, String path) throws IOException {
    SortedMap<String, Route.Handler> methods = methods(path);
    if (methods == null) {
      return Response.problem(404, "unknown_path", "nothing is served at this path");
    }
    // HEAD is GET without its body, as HTTP wants it.
    Route.Handler handler = methods.get(method.equals("HEAD") ? "GET" : method);
    if (handler == null) {
      String allowed = methods.keySet().stream().collect(joining(", "));
      exchange.getResponseHeaders().set("Allow", allowed);
      return Response.problem(405, "wrong_method", "expected " + allowed + ", was " + method);
    }
    byte[] body = exchange.getRequestBody().readNBytes(settings.maxBodyBytes());
    if (exchange.getRequestBody().read() >= 0) {
      return Response.problem(
          413, "too_large", "expected a body of at most " + settings.maxBodyBytes() + " bytes");
    }
    Map<String, String> query = parse(exchange.getRequestURI().getRawQuery());
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    return handle(handler, method, new Request(path, query, headers, body));
  }

  /** What is served at a path, or at any path with its last segment; null when nothing is. */
  private SortedMap<String, Route.Handler> methods(String path) {
    SortedMap<String, Route.Handler> exact = handlers.get(path);
    return exact != null ? exact : handlers.get(path.substring(0, path.lastIndexOf('/') + 1) + "*");
  }

  private static Response handle(Route.Handler handler, String method, Request request) {
    try {
      return handler.handle(request);
    } catch (BadInput e) {
      return Response.rejection(e);
    } catch (RuntimeException e) {
      // The boundary of the process: one caller learns that it failed, the log learns why, and
      // the other callers are served on.
      LOG.error("{} {} failed", method, request.path(), e);
      return Response.problem(500, "failed", "the server failed to answer; its log says why");
    }
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return parameters;
  }

  /** Never fails: a URI with a broken escape does not become an exchange in the first place. */
  private static String decode(String escaped) {
    return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || response.body().length == 0;
    exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(response.body());
    }
  }
}
