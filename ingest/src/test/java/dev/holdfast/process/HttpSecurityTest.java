package dev.holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call over HTTP, and what becomes of those who are too many. */
class HttpSecurityTest {
  private static final String SCANNER = "a long random token of a scanner";
  private static final String REVIEWER = "another one of a reviewer";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @AfterEach
  void stop() {
    go.countDown();
    if (endpoint != null) {
      endpoint.close();
    }
  }

  private void start(Map<String, String> settings) throws IOException {
    SettingsReader reader = new SettingsReader(settings, "http");
    HttpEndpoint.Settings read = HttpEndpoint.Settings.from(reader, 0);
    reader.finish();
    endpoint =
        new HttpEndpoint(
            read,
            registry,
            Map::of,
            List.of(
                new Route("POST", "/submit", Role.SUBMIT, request -> answer()),
                new Route("GET", "/read", Role.READ, request -> answer()),
                new Route("GET", "/slow", Role.READ, request -> slow())));
  }

  private static Response answer() {
    return Response.text(200, "text/plain", "done");
  }

  private Response slow() {
    begun.countDown();
    try {
      assertThat(go.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer();
  }

  private static String digest(String token) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    return client.send(request(method, path, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(endpoint.address() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }

  private double refused(int status) {
    return registry
        .get("holdfast.http.refused")
        .tag("status", Integer.toString(status))
        .counter()
        .count();
  }

  @Test
  void callersMayDoWhatTheirTokenSaysAndNoMore() throws Exception {
    start(
        Map.of(
            "http.tokens.scanner", digest(SCANNER) + " submit",
            "http.tokens.reviewer", digest(REVIEWER) + "  read, annotate"));

    assertThat(send("POST", "/submit", "Authorization", "Bearer " + SCANNER).statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/read", "Authorization", "bearer " + REVIEWER).statusCode())
        .isEqualTo(200);
    HttpResponse<String> forbidden = send("GET", "/read", "Authorization", "Bearer " + SCANNER);
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(forbidden.body()).contains("\"reason\":\"forbidden\"", "the role read");
    assertThat(refused(403)).isEqualTo(1);
  }

  @Test
  void metersAreForReaders() throws Exception {
    start(
        Map.of(
            "http.tokens.scanner", digest(SCANNER) + " submit, annotate, operate",
            "http.tokens.reviewer", digest(REVIEWER) + " read"));

    assertThat(send("GET", "/metrics", "Authorization", "Bearer " + SCANNER).statusCode())
        .isEqualTo(403);
    assertThat(send("GET", "/metrics", "Authorization", "Bearer " + REVIEWER).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whoHasNoKnownTokenIsNotLetIn() throws Exception {
    start(Map.of("http.tokens.scanner", digest(SCANNER) + " read,submit"));

    HttpResponse<String> without = send("GET", "/read");
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    for (String wrong :
        List.of("Bearer " + REVIEWER, "Bearer ", "Basic " + SCANNER, SCANNER, digest(SCANNER))) {
      assertThat(send("GET", "/read", "Authorization", wrong).statusCode())
          .as(wrong)
          .isEqualTo(401);
    }
    assertThat(send("GET", "/metrics").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(refused(401)).isEqualTo(7);
  }

  @Test
  void whatAPageOfAnotherServerSendsIsRefused() throws Exception {
    start(Map.of());

    assertThat(send("POST", "/submit", "Origin", "http://elsewhere.example").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", "/submit", "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(send("POST", "/submit", "Origin", endpoint.address()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "rebound.example:8080, 403",
    "127.0.0.1.rebound.example, 403",
    "127.0.0.1:8080, 200",
    "[::1]:8080, 200",
    "localhost:8080, 200",
    "serving:8080, 200"
  })
  void whereNobodyNeedsATokenAPageCannotRebindItsNameToThisServer(String host, int status)
      throws Exception {
    start(Map.of());

    assertThat(statusLine("/read", host)).startsWith("HTTP/1.1 " + status);
    assertThat(statusLine("/health/live", host)).startsWith("HTTP/1.1 200");
  }

  /** Java's client does not let its users choose a host. */
  private String statusLine(String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII).lines().findFirst().orElseThrow();
    }
  }

  @Test
  void otherAddressesThanLoopbackNeedTokensUnlessToldOtherwise() throws Exception {
    for (String address : List.of("0.0.0.0", "192.0.2.1", "::")) {
      assertThatThrownBy(() -> start(Map.of("http.address", address)))
          .isInstanceOf(BadConfiguration.class)
          .hasMessage(
              "http.address: expected a loopback address, or http.tokens.*, or"
                  + " http.allow-without-tokens=true, was \"%s\"",
              address);
    }
    start(Map.of("http.address", "0.0.0.0", "http.allow-without-tokens", "true"));
    assertThat(send("GET", "/read").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatCannotBeReadIsAProblemThatDoesNotQuoteIt() throws Exception {
    List<String> wrong =
        List.of(
            "sha256:abcd read",
            digest(SCANNER),
            digest(SCANNER) + " reed",
            SCANNER,
            "",
            digest(SCANNER) + " read,");
    for (String value : wrong) {
      assertThatThrownBy(() -> start(Map.of("http.tokens.scanner", value)))
          .isInstanceOf(BadConfiguration.class)
          .hasMessage(
              "http.tokens.scanner: expected sha256:64 hexadecimal digits, a space, roles with"
                  + " commas, was \"%d characters\"",
              value.length());
    }
  }

  @Test
  void thoseWhoAreTooManyAreToldAtOnceAndHealthIsToldAllTheSame() throws Exception {
    start(Map.of("http.threads", "1", "http.max-waiting", "1"));
    List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
    taken.add(client.sendAsync(request("GET", "/slow"), BodyHandlers.ofString()));
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

    taken.add(client.sendAsync(request("GET", "/slow"), BodyHandlers.ofString()));
    taken.add(client.sendAsync(request("GET", "/slow"), BodyHandlers.ofString()));
    HttpResponse<String> refusal = taken.get(1).applyToEither(taken.get(2), answer -> answer).get();
    assertThat(refusal.statusCode()).isEqualTo(429);
    assertThat(refusal.headers().firstValue("Retry-After")).contains("1");
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(refused(429)).isEqualTo(1);

    go.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> each : taken) {
      statuses.add(each.get().statusCode());
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 200, 429);
    assertThat(send("GET", "/read").statusCode()).isEqualTo(200);
  }

  @Test
  void withAKeyItSpeaksTls(@TempDir Path folder) throws Exception {
    Path keystore = folder.resolve("http.p12");
    Certificates.make(keystore, "secret-of-the-store");
    Map<String, String> settings = new HashMap<>();
    settings.put("http.tls.keystore", keystore.toString());
    settings.put("http.tls.keystore-password", "secret-of-the-store");
    start(settings);

    HttpClient trusting =
        HttpClient.newBuilder()
            .sslContext(Certificates.trusting(keystore, "secret-of-the-store"))
            .build();
    assertThat(endpoint.address()).startsWith("https://");
    assertThat(trusting.send(request("GET", "/read"), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> send("GET", "/read")).isInstanceOf(IOException.class);
  }

  @Test
  void aPasswordIsShownToNobody(@TempDir Path folder) throws Exception {
    Path keystore = folder.resolve("http.p12");
    Certificates.make(keystore, "secret-of-the-store");
    Map<String, String> settings =
        Map.of(
            "http.tls.keystore",
            keystore.toString(),
            "http.tls.keystore-password",
            "not the secret");

    SettingsReader reader = new SettingsReader(settings, "http");
    HttpEndpoint.Settings.from(reader, 0);

    assertThat(reader.effective().values()).noneMatch(value -> value.contains("secret"));
    assertThatThrownBy(reader::finish)
        .hasMessageContaining("http.tls.keystore: expected a PKCS12 file")
        .hasMessageNotContaining("not the secret");
  }
}
