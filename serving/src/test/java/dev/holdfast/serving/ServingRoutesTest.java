package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.BANK;
import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.ServingFixtures.digest;
import static dev.holdfast.serving.ServingFixtures.document;
import static dev.holdfast.serving.ServingFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.process.Route;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ServingRoutesTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final byte[] RECEIPT = JsonOutput.bytes(DocumentJson::write, document(SHOP, "a"));

  private final ServedModels models = new ServedModels(Conventions.NONE);
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final MockProducer<byte[], byte[]> inbox =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServingRoutes routes =
      new ServingRoutes(
          models,
          ready::get,
          inbox,
          Duration.ofMillis(50),
          new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
          InstantSource.fixed(NOON));

  @Test
  void aDocumentIsExtractedAtOnceAndNothingIsKept() throws BadInput {
    models.replace(SHOP, model(3));

    Response response = call("POST", "/v1/extract", RECEIPT);

    assertThat(response.status()).isEqualTo(200);
    Extraction extraction = ExtractionJson.read(JsonInput.read(response.body(), Integer.MAX_VALUE));
    assertThat(extraction).isEqualTo(models.extract(document(SHOP, "a"), NOON));
    assertThat(extraction.version()).isEqualTo(3);
    assertThat(inbox.history()).isEmpty();
    assertThat(registry.get("holdfast.serving.extract").timer().count()).isEqualTo(1);
  }

  @Test
  void nothingIsExtractedBeforeTheVersionsAreRead() throws BadInput {
    ready.set(false);

    Response response = call("POST", "/v1/extract", RECEIPT);

    assertThat(response.status()).isEqualTo(503);
    assertThat(text(response)).contains("\"reason\":\"starting\"");
  }

  @Test
  void aDocumentIsPassedOnAsItCame() throws BadInput {
    Response response = call("POST", "/v1/documents", RECEIPT);

    assertThat(response.status()).isEqualTo(202);
    assertThat(text(response)).isEqualTo("{\"documentId\":\"a\",\"collection\":\"shop\"}");
    assertThat(inbox.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> sent = inbox.history().get(0);
    assertThat(sent.topic()).isEqualTo("documents.in");
    assertThat(sent.key()).isEqualTo(bytes("a"));
    assertThat(sent.value()).isEqualTo(RECEIPT);
  }

  @Test
  void aDocumentIsForgottenByARecordWithoutAValue() throws BadInput {
    Response response = forget("a b", Map.of("collection", "shop"));

    assertThat(response.status()).isEqualTo(202);
    assertThat(text(response)).isEqualTo("{\"documentId\":\"a b\",\"collection\":\"shop\"}");
    ProducerRecord<byte[], byte[]> sent = inbox.history().get(0);
    assertThat(sent.topic()).isEqualTo("documents.in");
    assertThat(sent.value()).isNull();
    assertThat(Forgetting.asked(sent.key(), sent.headers()))
        .isEqualTo(new DocumentKey(SHOP, new DocumentId("a b")));
  }

  @Test
  void whatIsNoNameCannotBeForgotten() {
    for (Map<String, String> query : List.of(Map.of("collection", ""), Map.of("collection", " "))) {
      assertThatThrownBy(() -> forget("a", query))
          .isInstanceOfSatisfying(
              BadInput.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_VALUE));
    }
    assertThatThrownBy(() -> forget("", Map.of())).isInstanceOf(BadInput.class);
  }

  private Response forget(String id, Map<String, String> query) throws BadInput {
    return routes.all().stream()
        .filter(route -> route.method().equals("DELETE"))
        .findFirst()
        .orElseThrow()
        .handler()
        .handle(new Request("/v1/documents/" + id, query, Map.of(), new byte[0]));
  }

  @Test
  void anAnnotationByAPersonWillBeLearned() throws BadInput {
    byte[] annotation = annotation("\"source\":\"human\",");

    Response response = call("POST", "/v1/annotations", annotation);

    assertThat(response.status()).isEqualTo(202);
    assertThat(text(response))
        .isEqualTo("{\"documentId\":\"a\",\"collection\":\"shop\",\"learned\":true}");
    assertThat(inbox.history()).hasSize(1);
    assertThat(inbox.history().get(0).topic()).isEqualTo("annotations.in");
    assertThat(inbox.history().get(0).value()).isEqualTo(annotation);
  }

  @Test
  void anAnnotationByAProgramIsTakenAndSaidNotToBeLearned() throws BadInput {
    assertThat(text(call("POST", "/v1/annotations", annotation("\"source\":\"model\","))))
        .contains(
            "\"learned\":false,\"why\":\"expected the source human or import, found another\"");
    assertThat(text(call("POST", "/v1/annotations", annotation(""))))
        .contains("\"learned\":false,\"why\":\"expected the source human or import, found none\"");
    assertThat(inbox.history()).hasSize(2);
  }

  @Test
  void badInputIsRefusedWithItsReasonAndGoesNowhere() {
    assertThatThrownBy(() -> call("POST", "/v1/extract", bytes("{")))
        .isInstanceOfSatisfying(
            BadInput.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_JSON));
    assertThatThrownBy(() -> call("POST", "/v1/documents", bytes("{\"id\":\"a\"}")))
        .isInstanceOfSatisfying(
            BadInput.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_KEY));
    assertThatThrownBy(() -> call("POST", "/v1/annotations", new byte[1_000_001]))
        .isInstanceOfSatisfying(
            BadInput.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThat(inbox.history()).isEmpty();
  }

  @Test
  void aBrokerThatRefusesOrCannotBeReachedIs503() throws BadInput {
    inbox.sendException = new TimeoutException("no broker");

    Response response = call("POST", "/v1/documents", RECEIPT);

    assertThat(response.status()).isEqualTo(503);
    assertThat(text(response)).contains("\"reason\":\"broker_unavailable\"");
  }

  @Test
  void aBrokerThatDoesNotAnswerInTimeIs503() throws BadInput {
    MockProducer<byte[], byte[]> silent =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    ServingRoutes waiting =
        new ServingRoutes(
            models,
            ready::get,
            silent,
            Duration.ofMillis(1),
            new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
            InstantSource.fixed(NOON));

    assertThat(call(waiting, "POST", "/v1/documents", RECEIPT).status()).isEqualTo(503);
  }

  @Test
  void whatTheBrokerFindsTooLargeIs413() throws BadInput {
    inbox.sendException = new RecordTooLargeException("no");

    assertThat(call("POST", "/v1/documents", RECEIPT).status()).isEqualTo(413);
  }

  @Test
  void theVersionOfEachCollectionIsShown() throws BadInput {
    models.replace(SHOP, model(3));
    models.replace(BANK, model(7));

    assertThat(text(call("GET", "/v1/models", new byte[0])))
        .isEqualTo(
            """
            {"models":[{"collection":"bank","version":7,"digest":"%s"},\
            {"collection":"shop","version":3,"digest":"%s"}]}"""
                .formatted(digest(7), digest(3)));
  }

  private Response call(String method, String path, byte[] body) throws BadInput {
    return call(routes, method, path, body);
  }

  private static Response call(ServingRoutes routes, String method, String path, byte[] body)
      throws BadInput {
    for (Route route : routes.all()) {
      if (route.method().equals(method) && route.path().equals(path)) {
        return route.handler().handle(new Request(path, Map.of(), Map.of(), body));
      }
    }
    throw new AssertionError("expected a route for " + method + " " + path);
  }

  private static byte[] annotation(String source) {
    return bytes(
        "{\"documentId\":\"a\",\"collection\":\"shop\",%s\"fields\":{\"total\":[{\"text\":\"12.50\"}]}}"
            .formatted(source));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
