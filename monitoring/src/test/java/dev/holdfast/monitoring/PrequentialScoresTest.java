package dev.holdfast.monitoring;

import static dev.holdfast.monitoring.MonitoringFixtures.START;
import static dev.holdfast.monitoring.MonitoringFixtures.annotation;
import static dev.holdfast.monitoring.MonitoringFixtures.document;
import static dev.holdfast.monitoring.MonitoringFixtures.example;
import static dev.holdfast.monitoring.MonitoringFixtures.extraction;
import static dev.holdfast.monitoring.MonitoringFixtures.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrequentialScoresTest {
  private static final double EXACT = 1e-12;
  private static final long AT = START.toEpochMilli();

  private final PrequentialScores scores = new PrequentialScores(MonitoringSettings.DEFAULT);

  @Test
  void predictionIsScoredWhenItsAnnotationComes() {
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00", "shop", "Uhu")));
    assertThat(scores.now().counts().scored()).isZero();

    scores.example(
        example("receipt-1", Map.of("total", "5.00", "shop", "Iltis", "date", "3 May")), AT);

    // right 1, predicted 2, annotated 3
    Scores now = scores.now();
    assertThat(now.counts().scored()).isEqualTo(3);
    assertThat(now.all().all()).isCloseTo(0.4, within(EXACT));
    assertThat(now.types()).containsOnlyKeys(new Slice("default", "receipt"));
    assertThat(now.collections().get(new Slice("default", "")).last())
        .isCloseTo(0.4, within(EXACT));
    assertThat(now.fields().get(new Slice("default", "total")).all()).isEqualTo(1);
    assertThat(now.fields().get(new Slice("default", "shop")).all()).isEqualTo(0);
    assertThat(now.fields().get(new Slice("default", "date")).all()).isEqualTo(0);
  }

  @Test
  void annotationThatCameFirstScoresThePredictionWhenItComes() {
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00")));

    assertThat(scores.now().counts().scored()).isEqualTo(1);
    assertThat(scores.now().all().all()).isEqualTo(1);
  }

  @Test
  void valuePredictedForAnAbsentFieldIsWrong() {
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00", "discount", "1.00")));
    scores.example(example("receipt-1", Map.of("total", "5.00", "discount", "")), AT);

    // right 1, predicted 2, annotated 1
    assertThat(scores.now().all().all()).isCloseTo(2.0 / 3, within(EXACT));
  }

  @Test
  void silenceAboutAFieldIsNoScore() {
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00", "shop", "Uhu")));
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);

    assertThat(scores.now().all().all()).isEqualTo(1);
    assertThat(scores.now().fields()).containsOnlyKeys(new Slice("default", "total"));
  }

  @Test
  void predictionOfAVersionThatHadLearnedTheDocumentIsNotScored() {
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);
    scores.manifest(manifest(1, 0, "receipt-1"));
    scores.manifest(manifest(2, 1));
    scores.extraction(extraction("receipt-1", 2, Map.of("total", "5.00")));

    assertThat(scores.now().counts().scored()).isZero();
    assertThat(scores.now().counts().learnedBefore()).isEqualTo(1);
    assertThat(scores.now().all()).isEqualTo(PrequentialF1.NONE);
  }

  @Test
  void predictionOfTheVersionBeforeItLearnedTheDocumentIsScored() {
    scores.manifest(manifest(1, 0, "receipt-0"));
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);
    scores.manifest(manifest(2, 1, "receipt-1"));
    scores.extraction(extraction("receipt-1", 1, Map.of("total", "5.00")));

    assertThat(scores.now().counts().scored()).isEqualTo(1);
  }

  @Test
  void predictionWaitsForTheManifestThatTellsWhetherItCounts() {
    scores.extraction(extraction("receipt-1", 1, Map.of("total", "5.00")));
    scores.extraction(extraction("receipt-2", 1, Map.of("total", "5.00")));
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);
    scores.example(example("receipt-2", Map.of("total", "5.00")), AT);
    assertThat(scores.now().counts().scored()).isZero();

    scores.manifest(manifest(1, 0, "receipt-2"));

    assertThat(scores.now().counts().scored()).isEqualTo(1);
    assertThat(scores.now().counts().learnedBefore()).isEqualTo(1);
  }

  @Test
  void whereManifestsAreGoneTheClocksTellWhetherAPredictionCounts() {
    Instant before = START.minusSeconds(60);
    scores.example(example("receipt-1", Map.of("total", "5.00")), before.toEpochMilli());
    scores.example(example("receipt-2", Map.of("total", "5.00")), before.toEpochMilli());
    scores.example(example("receipt-3", Map.of("total", "5.00")), AT);
    scores.manifest(manifest(7, 6));

    // Version 6, whose manifest is gone, may have learned it.
    scores.extraction(extraction("receipt-1", 7, before, Map.of("total", "5.00")));
    assertThat(scores.now().counts().unverifiable()).isEqualTo(1);
    assertThat(scores.now().counts().scored()).isZero();

    scores.extraction(extraction("receipt-2", 6, before.minusMillis(1), Map.of("total", "5.00")));
    assertThat(scores.now().counts().scored()).isEqualTo(1);

    // From here on every manifest was seen, so no clock is asked.
    scores.extraction(extraction("receipt-3", 7, START.plusSeconds(9), Map.of("total", "5.00")));
    assertThat(scores.now().counts().scored()).isEqualTo(2);
  }

  @Test
  void changedStatementIsNotScoredAgain() {
    Instant later = START.plusSeconds(60);
    Example first = example("receipt-1", Map.of("total", "6.00"));
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00")));
    scores.example(first, AT);
    scores.example(
        first.with(annotation("receipt-1", Source.HUMAN, later, Map.of("total", "5.00"))),
        later.toEpochMilli());

    assertThat(scores.now().counts().scored()).isEqualTo(1);
    assertThat(scores.now().all().all()).isEqualTo(0);
  }

  @Test
  void firstOfTwoStatementsCountsEvenWhenThePredictionComesAfterBoth() {
    Instant later = START.plusSeconds(60);
    Example first = example("receipt-1", Map.of("total", "6.00"));
    scores.example(first, AT);
    scores.example(
        first.with(annotation("receipt-1", Source.HUMAN, later, Map.of("total", "5.00"))),
        later.toEpochMilli());
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00")));

    assertThat(scores.now().all().all()).isEqualTo(0);
  }

  @Test
  void fieldThatBecomesKnownLaterIsScoredThen() {
    Instant later = START.plusSeconds(60);
    Example first = example("receipt-1", Map.of("total", "5.00"));
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00", "shop", "Uhu")));
    scores.example(first, AT);
    scores.example(
        first.with(annotation("receipt-1", Source.HUMAN, later, Map.of("shop", "Iltis"))),
        later.toEpochMilli());

    assertThat(scores.now().counts().scored()).isEqualTo(2);
    assertThat(scores.now().all().all()).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void onlyWhatPeopleSayIsScored() {
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00")));
    Example guessed =
        Example.unknown(document("receipt-1"))
            .with(annotation("receipt-1", new Source("model"), START, Map.of("total", "5.00")));
    scores.example(guessed, AT);
    assertThat(scores.now().counts().scored()).isZero();

    scores.example(
        guessed.with(annotation("receipt-1", Source.IMPORT, START, Map.of("total", "6.00"))), AT);
    assertThat(scores.now().counts().scored()).isEqualTo(1);
    assertThat(scores.now().all().all()).isEqualTo(0);
  }

  @Test
  void lastExtractionBeforeTheStatementIsThePrediction() {
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "6.00")));
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "5.00")));
    scores.example(example("receipt-1", Map.of("total", "5.00")), AT);
    scores.extraction(extraction("receipt-1", 0, Map.of("total", "7.00")));

    assertThat(scores.now().counts().extractions()).isEqualTo(1);
    assertThat(scores.now().counts().repeatedExtractions()).isEqualTo(2);
    assertThat(scores.now().counts().scored()).isEqualTo(1);
    assertThat(scores.now().all().all()).isEqualTo(1);
  }

  @Test
  void oldestDocumentIsDroppedAndCountedWhenThereIsNoRoom() {
    PrequentialScores small = new PrequentialScores(settings(2, 100));
    for (int i = 1; i <= 3; i++) {
      small.extraction(extraction("receipt-" + i, 0, Map.of("total", "5.00")));
    }
    small.example(example("receipt-2", Map.of("total", "5.00")), AT);
    assertThat(small.now().counts().dropped()).isEqualTo(1);
    assertThat(small.now().counts().scored()).isEqualTo(1);

    // Makes room by dropping the one that was scored, which is no loss.
    small.example(example("receipt-1", Map.of("total", "5.00")), AT);

    assertThat(small.now().counts().dropped()).isEqualTo(1);
    assertThat(small.now().counts().watched()).isEqualTo(2);
    assertThat(small.now().counts().scored()).isEqualTo(1);
  }

  @Test
  void typesPastTheMostShareOneScore() {
    PrequentialScores few = new PrequentialScores(settings(100, 2));
    Stream.of("a-1", "b-1", "c-1", "d-1", "a-2", "1")
        .forEach(
            id -> {
              few.extraction(extraction(id, 0, Map.of("total", "5.00")));
              few.example(example(id, Map.of("total", "5.00")), AT);
            });

    assertThat(few.now().types())
        .containsOnlyKeys(new Slice("default", "a"), new Slice("default", "b"), Slice.OTHER);
    assertThat(few.now().types().get(new Slice("default", "a")).documents()).isEqualTo(2);
    assertThat(few.now().types().get(Slice.OTHER).documents()).isEqualTo(3);
  }

  @Test
  void documentOfNoTypeIsScoredAsUnknown() {
    scores.extraction(extraction("1", 0, Map.of("total", "5.00")));
    scores.example(example("1", Map.of("total", "5.00")), AT);

    assertThat(scores.now().types()).containsOnlyKeys(new Slice("default", "unknown"));
  }

  @Test
  void versionsAreCountedByCollection() {
    scores.manifest(manifest(1, 0, "receipt-1"));
    scores.manifest(manifest(2, 1));

    assertThat(scores.now().versions()).isEqualTo(Map.of("default", new Scores.Versions(2, 2)));
  }

  private static MonitoringSettings settings(int maxDocuments, int maxTagValues) {
    return new MonitoringSettings(
        maxDocuments,
        0.999,
        100,
        30,
        maxTagValues,
        50,
        Duration.ofSeconds(60),
        ConsoleSettings.DEFAULT);
  }
}
