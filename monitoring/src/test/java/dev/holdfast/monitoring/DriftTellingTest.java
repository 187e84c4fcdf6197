package dev.holdfast.monitoring;

import static dev.holdfast.monitoring.MonitoringFixtures.START;
import static dev.holdfast.monitoring.MonitoringFixtures.document;
import static dev.holdfast.monitoring.MonitoringFixtures.example;
import static dev.holdfast.monitoring.MonitoringFixtures.extraction;
import static dev.holdfast.monitoring.MonitoringFixtures.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.monitoring.DriftEvent.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of the log is told as drift, and that it is told once. */
class DriftTellingTest {
  private final SplittableRandom random = new SplittableRandom(1);

  /** Receipts with totals, then passports that are read badly. */
  private void write(RecordedLog log) {
    for (int i = 0; i < 100; i++) {
      arrive(log, "receipt", "total", i, .9);
    }
    for (int i = 100; i < 160; i++) {
      arrive(log, "passport", "surname", i, .3);
    }
  }

  private void arrive(RecordedLog log, String type, String word, int i, double confidence) {
    String id = type + "-" + i;
    String[] words = {type, word + random.nextInt(9) + (char) ('a' + random.nextInt(26)), "common"};
    log.document(i, document(id, words));
    log.extraction(i, extraction(id, 1, START, Map.of("total", "secret"), confidence));
  }

  private static LogReader read(RecordedLog log) {
    LogReader reader =
        new LogReader(
            log.consumer(),
            log.driftLog(),
            MonitoringFixtures.console(),
            MonitoringSettings.DEFAULT);
    reader.begin();
    return reader;
  }

  @Test
  void newTypeIsToldOnceInWords() {
    RecordedLog log = new RecordedLog();
    LogReader reader = read(log);
    write(log);
    reader.readNext(Duration.ZERO);

    assertThat(log.told()).hasSize(1);
    DriftEvent event = log.told().get(0);
    assertThat(event.subject().kind()).isEqualTo(Kind.DOCUMENTS);
    assertThat(event.at().toEpochMilli()).isBetween(100L, 140L);
    assertThat(event.changes().newTypes()).containsOnlyKeys("passport");
    assertThat(event.summary())
        .startsWith("The latest documents are not like those before: ")
        .contains("of them are of the new type passport")
        .contains("of their words are new")
        .doesNotContain("secret", "surname");
    assertThat(event.position()).containsOnlyKeys("documents", "extractions", "examples");
    assertThat(reader.now().drift().get("default").drifting()).isTrue();
    assertThat(reader.now().events()).isEqualTo(1);
  }

  @Test
  void restartedMonitoringDoesNotTellItAgainButKnowsIt() {
    RecordedLog first = new RecordedLog();
    LogReader before = read(first);
    write(first);
    before.readNext(Duration.ZERO);

    RecordedLog second = new RecordedLog();
    second.told(first.told());
    LogReader after = read(second);
    new DriftTellingTest().write(second);
    after.readNext(Duration.ZERO);

    assertThat(second.told()).isEqualTo(first.told());
    assertThat(after.now().events()).isEqualTo(1);
    assertThat(after.now().drift().get("default").drifting()).isTrue();
  }

  @Test
  void alarmThatComesALittleLaterTheSecondTimeIsNotToldAgain() {
    RecordedLog log = new RecordedLog();
    DriftEvent told = DriftEventJsonTest.event(Kind.DOCUMENTS);
    DriftEvent early =
        new DriftEvent(
            told.subject(),
            told.at(),
            told.summary(),
            told.changes(),
            new TreeMap<>(Map.of("documents", List.of(102L))));
    log.told(List.of(early));
    LogReader reader = read(log);
    write(log);
    reader.readNext(Duration.ZERO);

    assertThat(log.told()).containsExactly(early);
  }

  @Test
  void whatHasBeenLearnedIsUsualAndTheNextChangeIsToldAgain() {
    RecordedLog log = new RecordedLog();
    LogReader reader = read(log);
    write(log);
    reader.readNext(Duration.ZERO);
    String[] learned =
        IntStream.range(100, 160).mapToObj(i -> "passport-" + i).toArray(String[]::new);
    log.manifest(161, manifest(1, 0, learned));
    reader.readNext(Duration.ZERO);
    assertThat(reader.now().drift().get("default").drifting()).isFalse();

    for (int i = 200; i < 300; i++) {
      arrive(log, "passport", "surname", i, .9);
    }
    for (int i = 300; i < 360; i++) {
      arrive(log, "receipt", "total", i, .3);
    }
    reader.readNext(Duration.ZERO);

    assertThat(log.told()).hasSize(2);
  }

  @Test
  void errorsAndForgettingAreToldFromWhatPeopleSay() {
    RecordedLog log = new RecordedLog();
    LogReader reader = read(log);
    for (int i = 0; i < 300; i++) {
      String id = "receipt-" + i;
      log.extraction(i, extraction(id, 0, Map.of("total", i < 150 ? "5.00" : "6.00")));
      log.example(i, example(id, Map.of("total", "5.00")));
    }
    reader.readNext(Duration.ZERO);

    assertThat(log.told())
        .extracting(event -> event.subject().kind())
        .containsExactlyInAnyOrder(Kind.ERRORS, Kind.FORGETTING);
    assertThat(log.told())
        .extracting(DriftEvent::summary)
        .anyMatch(text -> text.startsWith("Extraction got worse: its error rose from "))
        .anyMatch(text -> text.startsWith("receipt is extracted worse than before: F1 "));
  }

  @Test
  void errorsThatRoseShowUntilWhatCameHasBeenLearned() {
    RecordedLog log = new RecordedLog();
    LogReader reader = read(log);
    String[] ids = IntStream.range(0, 300).mapToObj(i -> "receipt-" + i).toArray(String[]::new);
    for (int i = 0; i < ids.length; i++) {
      log.extraction(i, extraction(ids[i], 0, Map.of("total", i < 150 ? "5.00" : "6.00")));
      log.example(i, example(ids[i], Map.of("total", "5.00")));
    }
    reader.readNext(Duration.ZERO);

    assertThat(state(reader).errorsRisen()).isTrue();
    assertThat(state(reader).levels().get("errors"))
        .as("the level falls back with the looks that follow")
        .isLessThan(1);

    log.manifest(ids.length, manifest(1, 0, ids));
    reader.readNext(Duration.ZERO);
    assertThat(state(reader).errorsRisen()).isFalse();
  }

  private static DriftState state(LogReader reader) {
    return reader.now().drift().get("default");
  }
}
