package dev.holdfast.monitoring;

import static dev.holdfast.monitoring.MonitoringFixtures.DEFAULT;
import static dev.holdfast.monitoring.MonitoringFixtures.document;
import static dev.holdfast.monitoring.MonitoringFixtures.example;
import static dev.holdfast.monitoring.MonitoringFixtures.extraction;
import static dev.holdfast.monitoring.MonitoringFixtures.manifest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.console.Console;
import dev.holdfast.console.ConsoleRoutes;
import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.DocumentId;
import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Refusal;
import dev.holdfast.wire.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final Duration NOW = Duration.ZERO;

  private final RecordedLog log = new RecordedLog();
  private final Console console = MonitoringFixtures.console();
  private final LogReader reader =
      new LogReader(log.consumer(), log.driftLog(), console, MonitoringSettings.DEFAULT);

  @Test
  void readsEveryTopicFromItsStart() {
    reader.begin();
    log.extraction(0, extraction("receipt-1", 1, Map.of("total", "5.00")));
    log.example(0, example("receipt-1", Map.of("total", "5.00")));
    log.manifest(0, manifest(1, 0));
    log.rejected(0, "bad_box");
    log.rejected(0, "bad_box");

    assertThat(reader.readNext(NOW)).isTrue();

    Snapshot now = reader.now();
    assertThat(now.scores().counts().scored()).isEqualTo(1);
    assertThat(now.scores().all().all()).isEqualTo(1);
    assertThat(now.scores().versions()).isEqualTo(Map.of("default", new Scores.Versions(1, 1)));
    assertThat(now.rejected()).isEqualTo(Map.of("bad_box", 2L));
    assertThat(reader.readNext(NOW)).isFalse();
    assertThat(reader.atEnd()).isTrue();
  }

  @Test
  void whatTheGateKeepsOutIsShownOnTheConsole() throws BadInput {
    reader.begin();
    log.refusal(
        0,
        new Refusal(
            DEFAULT,
            1,
            Instant.EPOCH,
            Optional.empty(),
            List.of(new PutAside(new DocumentId("receipt-1"), "ana"))));
    reader.readNext(NOW);

    assertThat(text(ask("/v1/console/state", Map.of())))
        .contains("\"summary\":\"1 of ana by now. They are not learned.\"");
  }

  @Test
  void aForgottenDocumentLeavesTheConsole() throws BadInput {
    Map<String, String> one = Map.of("id", "receipt-1");
    reader.begin();
    log.document(0, document("receipt-1"));
    log.document(0, document("receipt-2"));
    reader.readNext(NOW);
    assertThat(ask("/v1/console/document", one).status()).isEqualTo(200);

    log.forgotten(0, "receipt-1");
    reader.readNext(NOW);

    assertThat(ask("/v1/console/document", one).status()).isEqualTo(404);
    assertThat(ask("/v1/console/document", Map.of("id", "receipt-2")).status()).isEqualTo(200);
  }

  private Response ask(String path, Map<String, String> query) throws BadInput {
    return new ConsoleRoutes(console, ConsoleSettings.DEFAULT)
        .all(false).stream()
            .filter(route -> route.path().equals(path))
            .findFirst()
            .orElseThrow()
            .handler()
            .handle(new Request(path, query, Map.of(), new byte[0]));
  }

  private static String text(Response response) {
    return new String(response.body(), UTF_8);
  }

  @Test
  void ofAForgottenDocumentNothingIsKeptButWhatWasScored() {
    reader.begin();
    log.extraction(0, extraction("receipt-1", 0, Map.of("total", "5.00")));
    log.extraction(0, extraction("receipt-2", 0, Map.of("total", "5.00")));
    log.example(0, example("receipt-1", Map.of("total", "5.00")));
    reader.readNext(NOW);
    log.forgotten(0, "receipt-1");
    log.forgotten(0, "receipt-2");
    reader.readNext(NOW);
    log.example(0, example("receipt-2", Map.of("total", "5.00")));
    reader.readNext(NOW);

    Scores.Counts counts = reader.now().scores().counts();
    assertThat(counts.scored()).isEqualTo(1);
    assertThat(counts.watched()).isEqualTo(1);
    assertThat(counts.dropped()).isZero();
  }

  @Test
  void chunksOfWeightsAndTombstonesAreLeftAside() {
    reader.begin();
    ModelVersion version = new ModelVersion(DEFAULT, 1);
    log.model(0, ModelKey.chunk(version, 0), new byte[] {1, 2, 3});
    log.model(0, ModelKey.manifest(version), null);

    assertThat(reader.readNext(NOW)).isTrue();
    assertThat(reader.now().scores().versions()).isEmpty();
  }

  @Test
  void partitionThatIsFarAheadWaitsForTheSlowest() {
    reader.begin();
    log.extraction(0, extraction("receipt-1", 0, Map.of()));
    log.extraction(61_000, extraction("receipt-2", 0, Map.of()));
    log.example(0, example("receipt-1", Map.of("total", "5.00")));
    log.exampleNotYetFetched();

    reader.readNext(NOW);
    assertThat(log.consumer().paused()).isEqualTo(log.extractionPartitions());
    assertThat(reader.now().lag()).containsEntry("examples", 1L).containsEntry("extractions", 0L);
    assertThat(reader.atEnd()).isFalse();

    log.example(61_000, example("receipt-2", Map.of("total", "5.00")));
    reader.readNext(NOW);
    assertThat(log.consumer().paused()).isEmpty();
    assertThat(reader.atEnd()).isTrue();
  }

  @Test
  void recordThatCannotBeReadIsNamedByItsPlaceAndNotByItsText() {
    reader.begin();
    log.extraction(0, extraction("receipt-1", 0, Map.of()));
    log.bytes("extractions", 0, "secret".getBytes(UTF_8));

    assertThatThrownBy(() -> reader.readNext(NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("extractions-0@1: expected what Holdfast writes, ")
        .hasMessageContaining("expected one well-formed JSON value at $")
        .hasMessageNotContaining("secret");
  }

  @Test
  void missingTopicIsNamed() {
    log.consumer().updatePartitions("models", List.of());

    assertThatThrownBy(reader::begin).hasMessage("expected a topic models, found none");
  }
}
