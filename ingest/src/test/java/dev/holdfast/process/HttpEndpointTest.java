package dev.holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private static final int MAX_BODY = 1_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Health> health = new TreeMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint =
        new HttpEndpoint(
            new HttpEndpoint.Settings("127.0.0.1", 0, 2, 8, MAX_BODY, HttpSecurity.NONE),
            registry,
            () -> health,
            List.of(
                Route.open("POST", "/echo", HttpEndpointTest::echo),
                Route.open(
                    "GET",
                    "/things/*",
                    request -> Response.text(200, "text/plain", request.lastSegment())),
                Route.open("GET", "/refuse", HttpEndpointTest::refuse),
                Route.open("GET", "/break", HttpEndpointTest::fail)));
  }

  /**
   * A delayed acknowledgement takes 40 ms on Linux, and then most answers do: whatever else keeps
   * the machine busy does not do so for ever.
   */
  @Test
  void anAnswerDoesNotWaitForItsHeadersToBeAcknowledged() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> assertThat(quartileOfAnswers()).isLessThan(Duration.ofMillis(35)));
  }

  /** What a quarter of many answers take at most. */
  private Duration quartileOfAnswers() throws Exception {
    long[] nanos = new long[60];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      send("POST", "/echo", "x");
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[nanos.length / 4]);
  }

  @Test
  void aStarStandsForAnyOneSegment() throws Exception {
    assertThat(send("GET", "/things/a%20b", "").body()).isEqualTo("a b");
    assertThat(send("GET", "/things/a/b", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/thing", "").statusCode()).isEqualTo(404);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private static Response echo(Request request) {
    String text = new String(request.body(), StandardCharsets.UTF_8);
    return Response.text(201, "text/plain", request.query("greeting").orElse("") + text);
  }

  private static Response refuse(Request request) throws BadInput {
    throw new BadInput(Reason.BAD_BOX, "$.box", "four numbers", "three");
  }

  private static Response fail(Request request) {
    throw new IllegalStateException("broken for the test");
  }

  @Test
  void handlerSeesQueryAndBodyAndItsAnswerIsSent() throws Exception {
    HttpResponse<String> response = send("POST", "/echo?a=1&greeting=good%20day+", "Ana");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(response.body()).isEqualTo("good day Ana");
  }

  @Test
  void unknownPathIs404() throws Exception {
    assertThat(send("GET", "/elsewhere", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/metrics/", "").statusCode()).isEqualTo(404);
  }

  @Test
  void knownPathWithAnotherMethodIs405AndSaysWhichIsAllowed() throws Exception {
    HttpResponse<String> response = send("DELETE", "/echo", "");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void bodyAtTheLimitIsTakenAndOneByteMoreIs413() throws Exception {
    assertThat(send("POST", "/echo", "x".repeat(MAX_BODY)).statusCode()).isEqualTo(201);
    assertThat(send("POST", "/echo", "x".repeat(MAX_BODY + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void badInputIs400WithItsReason() throws Exception {
    HttpResponse<String> response = send("GET", "/refuse", "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"reason\":\"bad_box\",\"message\":\"expected four numbers at $.box, found three\"}");
  }

  @Test
  void failedHandlerIs500AndTheEndpointAnswersOn() throws Exception {
    HttpResponse<String> response = send("GET", "/break", "");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("failed").doesNotContain("broken for the test");
    assertThat(send("POST", "/echo", "still here").body()).isEqualTo("still here");
  }

  @Test
  void brokenEscapeInTheQueryIs400() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      socket
          .getOutputStream()
          .write("GET /metrics?a=%zz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void metricsAreShownInTheFormatThatIsAskedFor() throws Exception {
    registry.counter("holdfast.test.things").increment();

    HttpResponse<String> text = send("GET", "/metrics", "");
    assertThat(text.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(text.body()).contains("holdfast_test_things_total 1.0").doesNotContain("# EOF");

    HttpResponse<String> open =
        client.send(
            request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain")
                .build(),
            BodyHandlers.ofString());
    assertThat(open.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.body()).contains("holdfast_test_things_total 1.0").endsWith("# EOF\n");
  }

  @Test
  void startingProcessIsLiveButNotReady() throws Exception {
    health.put("ingest", Health.ready("running"));
    health.put("learner", Health.starting("restores"));

    assertThat(send("GET", "/health/live", "").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = send("GET", "/health/ready", "");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .isEqualTo(
            "{\"ok\":false,\"services\":{"
                + "\"ingest\":{\"live\":true,\"ready\":true,\"detail\":\"running\"},"
                + "\"learner\":{\"live\":true,\"ready\":false,\"detail\":\"restores\"}}}");

    health.put("learner", Health.ready("learns"));
    assertThat(send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
  }

  @Test
  void failedServiceMakesTheProcessNotLive() throws Exception {
    health.put("ingest", Health.failed("fenced"));

    assertThat(send("GET", "/health/live", "").statusCode()).isEqualTo(503);
    assertThat(send("GET", "/health/ready", "").statusCode()).isEqualTo(503);
  }

  @Test
  void headIsGetWithoutItsBody() throws Exception {
    HttpResponse<String> response = send("HEAD", "/metrics", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void twoRoutesForOneMethodAndPathAreRefused() {
    Route route = Route.open("GET", "/metrics", HttpEndpointTest::echo);

    assertThatThrownBy(
            () ->
                new HttpEndpoint(
                    HttpEndpoint.Settings.loopback(0), registry, () -> health, List.of(route)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one route for GET /metrics, was two");
  }

  @Test
  void portInUseIsNamed() {
    assertThatThrownBy(
            () ->
                new HttpEndpoint(
                    HttpEndpoint.Settings.loopback(endpoint.port()),
                    registry,
                    () -> health,
                    List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + endpoint.port());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
  }
}
