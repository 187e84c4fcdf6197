package dev.holdfast.process;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.wire.BadInput;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server that answers the given routes, {@code GET /metrics}, {@code GET /health/live}
 * and {@code GET /health/ready}, and nothing else: 404 for an unknown path, 405 for a known path
 * with another method, 401 for a caller without a known token and 403 for one without the route's
 * role, when there are tokens; 403 for what a page of another origin sends or, when there are none,
 * for a Host with a public name; 413 for a body over the limit, 500 when a handler fails, with the
 * cause in the log.
 *
 * <p>Answers from its start to {@link #close}, with a fixed number of threads and over TLS when it
 * has a key. Of more requests than may wait each is 429 with {@code Retry-After}, but health is
 * told all the same. Thread-safe.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  private static final String MAX_SECONDS = "60";

  static {
    // A caller that sends its request byte by byte must not hold a thread for ever. The server of
    // the JDK takes these when it is used first.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", MAX_SECONDS);
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", MAX_SECONDS);
    // It writes headers and body one after the other, and the system would hold the body back until
    // the caller has acknowledged the headers: 40 ms for each answer on a kept connection.
    System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  private final Settings settings;
  private final Routes routes;
  private final Map<Integer, Counter> refused;
  private final HttpWorkers workers;
  private final HttpServer server;

  /**
   * Where to listen and how much to take.
   *
   * @param address to bind; a loopback address keeps everything on this machine
   * @param port 0 to 65535; 0 takes a free one
   * @param threads that answer, at least 1
   * @param maxWaiting requests that wait for one of them, at least 0
   * @param maxBodyBytes of one request, at least 0
   * @param security who may call
   */
  public record Settings(
      String address,
      int port,
      int threads,
      int maxWaiting,
      int maxBodyBytes,
      HttpSecurity security) {
    private static final int DEFAULT_WAITING = 64;

    public Settings {
      requireNonNull(security, "security is null");
      if (port < 0 || port > 65_535 || threads < 1 || maxWaiting < 0 || maxBodyBytes < 0) {
        throw new IllegalArgumentException(
            "expected port 0..65535, threads >= 1, maxWaiting >= 0 and maxBodyBytes >= 0, was %d, %d, %d and %d"
                .formatted(port, threads, maxWaiting, maxBodyBytes));
      }
    }

    /** On 127.0.0.1 with four threads and bodies of at most a megabyte, for everybody there. */
    public static Settings loopback(int port) {
      return new Settings("127.0.0.1", port, 4, DEFAULT_WAITING, 1_000_000, HttpSecurity.NONE);
    }

    /**
     * Reads {@code address}, {@code port}, {@code threads}, {@code max-waiting}, {@code
     * max-body-bytes} and what {@link HttpSecurity} needs.
     */
    public static Settings from(SettingsReader reader, int defaultPort) {
      String address = reader.text("address", "127.0.0.1");
      return new Settings(
          address,
          reader.integer("port", defaultPort, 0, 65_535),
          reader.integer("threads", 4, 1, 256),
          reader.integer("max-waiting", DEFAULT_WAITING, 0, 10_000),
          reader.integer("max-body-bytes", 1_000_000, 0, 100_000_000),
          HttpSecurity.from(reader, address));
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
    this.routes =
        new Routes(Stream.concat(StatusRoutes.of(registry, health).stream(), routes.stream()));
    refused = HttpMeters.refused(registry);
    server = bind(settings);
    workers = new HttpWorkers(settings.threads(), settings.maxWaiting());
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
    LOG.info(
        "HTTP endpoint listens on {}:{}, {}, {}",
        settings.address(),
        port(),
        settings.security().tls().isPresent() ? "TLS" : "without TLS",
        settings.security().tokens().isEmpty() ? "for everybody" : "for those with a token");
  }

  private static HttpServer bind(Settings settings) throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
    try {
      if (settings.security().tls().isEmpty()) {
        return HttpServer.create(address, 0);
      }
      HttpsServer secured = HttpsServer.create(address, 0);
      secured.setHttpsConfigurator(new HttpsConfigurator(settings.security().tls().get()));
      return secured;
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

  /** Where callers on this machine reach it. */
  public String address() {
    String scheme = settings.security().tls().isPresent() ? "https" : "http";
    return scheme + "://127.0.0.1:" + port();
  }

  /** Stops to listen; requests in hand are cut off. Safe to call twice. */
  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }

  private void answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      Response response = response(exchange, method, path);
      Counter counter = refused.get(response.status());
      if (counter != null) {
        counter.increment();
      }
      send(exchange, response);
    } catch (IOException e) {
      LOG.debug("{} {}: the client went away", method, path, e);
    }
  }

  private Response response(HttpExchange exchange, String method, String path) throws IOException {
    SortedMap<String, Route> methods = routes.at(path);
    // HEAD is GET without its body, as HTTP wants it.
    Route route = methods.get(method.equals("HEAD") ? "GET" : method);
    boolean open = route != null && route.role().isEmpty();
    if (HttpWorkers.refuses() && !open) {
      return Response.problem(
              429, "too_many_requests", "more requests at once than can wait, try again")
          .with("Retry-After", "1");
    }
    if (methods.isEmpty()) {
      return Response.problem(404, "unknown_path", "nothing is served at this path");
    }
    if (route == null) {
      String allowed = methods.keySet().stream().collect(joining(", "));
      return Response.problem(405, "wrong_method", "expected " + allowed + ", was " + method)
          .with("Allow", allowed);
    }
    Optional<Response> refusal =
        Access.refusal(route, exchange.getRequestHeaders(), settings.security().tokens());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] body = exchange.getRequestBody().readNBytes(settings.maxBodyBytes());
    if (exchange.getRequestBody().read() >= 0) {
      return Response.problem(
          413, "too_large", "expected a body of at most " + settings.maxBodyBytes() + " bytes");
    }
    Map<String, String> query = parse(exchange.getRequestURI().getRawQuery());
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, String.join(", ", all)));
    return handle(route.handler(), method, new Request(path, query, headers, body));
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
