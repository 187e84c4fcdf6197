package dev.holdfast.console;

import static dev.holdfast.console.ConsoleFixtures.MILLIS;
import static dev.holdfast.console.ConsoleFixtures.document;
import static dev.holdfast.console.ConsoleFixtures.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.process.HttpEndpoint;
import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.process.Role;
import dev.holdfast.process.Route;
import dev.holdfast.wire.BadInput;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleRoutesTest {
  private final Console console = ConsoleFixtures.console(ConsoleSettings.DEFAULT);
  private final List<Route> routes = new ConsoleRoutes(console, ConsoleSettings.DEFAULT).all(true);

  @Test
  void everythingThatThePageNamesIsServed() throws Exception {
    List<String> named = new ArrayList<>();
    for (Route route : routes) {
      if (route.path().matches("/|.*\\.(js|css)") && !route.path().contains("uplot")) {
        String text = new String(get(route.path(), Map.of()).body(), UTF_8);
        named.addAll(found("(?:src|href)=\"(/console/[^\"]+)\"", text));
        named.addAll(found("url\\(\"([^\"]+)\"\\)", text));
        found("from \"\\./([^\"]+)\"", text).forEach(file -> named.add("/console/" + file));
      }
    }

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(routes.stream().map(Route::path).toList()).containsAll(named);
  }

  @Test
  void pageMayLoadAndRunNothingFromElsewhere() throws Exception {
    Response page = get("/", Map.of());

    assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'self';");
    assertThat(page.headers()).containsEntry("X-Content-Type-Options", "nosniff");
    String html = new String(page.body(), UTF_8);
    assertThat(html).doesNotContainPattern("<script(?! type=\"module\" src=\"/)|style=|onclick=");
    for (Route route : routes) {
      if (route.path().endsWith(".js") && !route.path().contains("uplot")) {
        assertThat(new String(get(route.path(), Map.of()).body(), UTF_8))
            .as(route.path())
            .doesNotContain(
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
      }
    }
  }

  @Test
  void stateIsGivenOnceForARevision() throws Exception {
    Response first = get("/v1/console/state", Map.of());
    assertThat(first.status()).isEqualTo(200);
    assertThat(json(first.body()).get("corrections").asBoolean()).isTrue();

    String revision = json(first.body()).get("revision").asText();
    Response again = get("/v1/console/state", Map.of("after", revision));
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void documentThatIsNotKeptIsNotFoundAndABadNameIsSaid() throws Exception {
    console.document(document("r-1", 2), MILLIS);

    assertThat(get("/v1/console/document", Map.of("id", "r-1")).status()).isEqualTo(200);
    assertThat(get("/v1/console/document", Map.of("id", "r-2")).status()).isEqualTo(404);
    assertThatThrownBy(() -> get("/v1/console/document", Map.of("id", "a/b")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("expected the name of a collection and the id of a document");
    assertThatThrownBy(() -> get("/v1/console/state", Map.of("after", "now")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("the number of a revision");
  }

  @Test
  void whatTheConsoleKnowsIsForReaders() {
    assertThat(routes)
        .filteredOn(route -> route.path().startsWith("/v1/console/"))
        .extracting(Route::method, Route::path, Route::role)
        .containsExactly(
            tuple("GET", "/v1/console/state", Optional.of(Role.READ)),
            tuple("GET", "/v1/console/document", Optional.of(Role.READ)));
  }

  @Test
  void withoutServingNothingCanBeCorrected() throws Exception {
    List<Route> alone = new ConsoleRoutes(console, ConsoleSettings.DEFAULT).all(false);

    assertThat(alone.stream().map(Route::method)).containsOnly("GET");
    assertThat(
            json(call(alone, "GET", "/v1/console/state", Map.of()).body())
                .get("corrections")
                .asBoolean())
        .isFalse();
  }

  @Test
  void correctionsAreHandedOnToServingWithTheCallersOwnCredentials() throws Exception {
    Route echo =
        Route.open(
            "POST",
            "/v1/annotations",
            request ->
                Response.text(
                    202,
                    "text/plain",
                    request.header("Authorization").orElse("")
                        + " "
                        + new String(request.body(), UTF_8)));
    try (HttpEndpoint serving = endpoint(List.of(echo))) {
      Response answer = relayed("http://127.0.0.1:" + serving.port());
      assertThat(answer.status()).isEqualTo(202);
      assertThat(new String(answer.body(), UTF_8)).isEqualTo("Bearer abc {}");
    }
  }

  @Test
  void servingThatIsNotThereIsSaid() throws Exception {
    int port;
    try (HttpEndpoint closed = endpoint(List.of())) {
      port = closed.port();
    }

    Response answer = relayed("http://127.0.0.1:" + port);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(json(answer.body()).get("reason").asText()).isEqualTo("serving_unavailable");
  }

  private static HttpEndpoint endpoint(List<Route> served) throws IOException {
    return new HttpEndpoint(
        HttpEndpoint.Settings.loopback(0),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        Map::of,
        served);
  }

  private Response relayed(String serving) throws BadInput {
    ConsoleSettings settings = new ConsoleSettings(1, 1, Optional.of(URI.create(serving)));
    List<Route> relaying = new ConsoleRoutes(console, settings).all(false);
    return route(relaying, "POST", "/v1/annotations")
        .handler()
        .handle(
            new Request(
                "/v1/annotations",
                Map.of(),
                Map.of("authorization", "Bearer abc"),
                "{}".getBytes(UTF_8)));
  }

  private Response get(String path, Map<String, String> query) throws BadInput {
    return call(routes, "GET", path, query);
  }

  private static Response call(
      List<Route> routes, String method, String path, Map<String, String> query) throws BadInput {
    return route(routes, method, path)
        .handler()
        .handle(new Request(path, query, Map.of(), new byte[0]));
  }

  private static Route route(List<Route> routes, String method, String path) {
    return routes.stream()
        .filter(route -> route.method().equals(method) && route.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
