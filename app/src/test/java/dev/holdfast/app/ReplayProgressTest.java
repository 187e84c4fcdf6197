package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayProgressTest {
  private static final FieldName TOTAL = new FieldName("total");

  private final ReplayProgress progress = new ReplayProgress();

  @Test
  void annotationMayFollowOnceTheExtractionHasArrived() {
    LabelledDocument document = labelled("a");
    progress.sent(document);
    assertThat(progress.missing()).isEqualTo("1 extractions (default/a)");
    assertThat(progress.extracted(extraction(document, 0, "9.50"), 10))
        .contains(document.annotation());
    assertThat(progress.missing()).isEqualTo("versions that learned 1 annotations (default/a)");
    assertThat(progress.done()).isFalse();
    learned(document, 1, 5);
    assertThat(progress.done()).isTrue();
  }

  @Test
  void documentWithoutAnnotationEndsWithItsExtraction() {
    LabelledDocument document = unlabelled("a");
    progress.sent(document);
    assertThat(progress.extracted(extraction(document, 0), 10)).isEmpty();
    assertThat(progress.done()).isTrue();
    assertThat(progress.report(1).prequentialF1()).isEmpty();
  }

  @Test
  void rejectedDocumentIsNotWaitedFor() {
    progress.sent(labelled("a"));
    progress.rejected(new DocumentId("a"));
    assertThat(progress.done()).isTrue();
    assertThat(progress.report(1).rejected()).isEqualTo(1);
  }

  @Test
  void secondExtractionIsCountedAndNotScored() {
    LabelledDocument document = labelled("a");
    progress.sent(document);
    progress.extracted(extraction(document, 0), 10);
    assertThat(progress.extracted(extraction(document, 1, "9.50"), 20)).isEmpty();
    ReplayReport report = progress.report(1);
    assertThat(report.extractions()).isEqualTo(2);
    assertThat(report.duplicateExtractions()).isEqualTo(1);
    assertThat(report.prequentialF1()).contains(0.0);
  }

  @Test
  void extractionOfSomebodyElseIsNotCounted() {
    assertThat(progress.extracted(extraction(labelled("other"), 3), 10)).isEmpty();
    assertThat(progress.report(1).extractions()).isZero();
  }

  @Test
  void onlyAnnotatedFieldsAreScored() {
    LabelledDocument document = labelled("a");
    progress.sent(document);
    TreeMap<FieldName, List<ExtractedValue>> fields =
        new TreeMap<>(extraction(document, 1, "9.50").fields());
    fields.put(new FieldName("unasked"), fields.get(TOTAL));
    progress.extracted(
        new Extraction(document.document().key(), "receipt", 1, "sha256:0", fields, Instant.EPOCH),
        10);
    ReplayReport report = progress.report(1);
    assertThat(report.prequentialF1()).contains(1.0);
    assertThat(report.byField()).containsOnlyKeys("total");
    assertThat(report.byType()).containsExactly(Map.entry("receipt", 1.0));
  }

  @Test
  void lastHundredForgetsWhatWasBefore() {
    for (int i = 0; i < 150; i++) {
      LabelledDocument document = labelled("d" + i);
      progress.sent(document);
      progress.extracted(i < 50 ? extraction(document, 0) : extraction(document, 1, "9.50"), i);
    }
    ReplayReport report = progress.report(1);
    assertThat(report.prequentialF1Last100()).contains(1.0);
    // 100 right of 100 predicted and 150 annotated.
    assertThat(report.prequentialF1().orElseThrow()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void predictionByAVersionThatHadLearnedTheDocumentIsABrokenAssumption() {
    LabelledDocument document = labelled("a");
    progress.sent(document);
    progress.extracted(extraction(document, 4), 10);
    assertThatThrownBy(() -> learned(document, 4, 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before 4")
        .hasMessageContaining("by 4");
  }

  @Test
  void learnToServeEndsAtTheFirstExtractionByAVersionThatLearnedIt() {
    LabelledDocument taught = labelled("a");
    progress.sent(taught);
    progress.extracted(extraction(taught, 0), 1_000);
    extracted("b", 0, 1_500);
    learned(taught, 2, 1_200);
    extracted("c", 1, 1_600);
    assertThat(progress.latencies().p50()).isEmpty();
    extracted("d", 3, 1_900);
    extracted("e", 3, 2_000);
    assertThat(progress.latencies().p50()).contains(700.0);
  }

  @Test
  void learnToServeIsTheSameWhenTheExtractionIsSeenBeforeTheManifest() {
    LabelledDocument taught = labelled("a");
    progress.sent(taught);
    progress.extracted(extraction(taught, 0), 1_000);
    extracted("b", 3, 1_900);
    learned(taught, 2, 1_200);
    assertThat(progress.latencies().p50()).contains(700.0);
  }

  @Test
  void learnToReadyEndsWhenAVersionThatLearnedItServesWhateverDocumentsCome() {
    LabelledDocument taught = labelled("a");
    progress.sent(taught);
    progress.extracted(extraction(taught, 0), 1_000);
    learned(taught, 2, 1_200);
    progress.ready(CollectionName.DEFAULT, 1, 1_250);
    assertThat(progress.report(1).learnToReady().p50()).isEmpty();
    progress.ready(CollectionName.DEFAULT, 3, 1_500);
    progress.ready(CollectionName.DEFAULT, 3, 1_600);
    assertThat(progress.report(1).learnToReady().p50()).contains(300.0);
    assertThat(progress.report(1).learnToServe().p50()).isEmpty();
  }

  @Test
  void stepsGrowOnlyWhenADocumentGetsFurther() {
    LabelledDocument document = labelled("a");
    progress.sent(document);
    long steps = progress.steps();
    progress.published(1);
    learned(document, 1, 5);
    assertThat(progress.steps()).isEqualTo(steps);
    progress.extracted(extraction(document, 0), 10);
    assertThat(progress.steps()).isGreaterThan(steps);
  }

  private void extracted(String id, long version, long atMillis) {
    LabelledDocument document = unlabelled(id);
    progress.sent(document);
    progress.extracted(extraction(document, version), atMillis);
  }

  private void learned(LabelledDocument document, long version, long atMillis) {
    progress.learned(document.document().key(), version, atMillis);
  }

  private static LabelledDocument labelled(String id) {
    Document document = document(id);
    Mark mark = Mark.of(List.of(new FieldValue("9.50", List.of(new TokenSpan(1, 2)))));
    return new LabelledDocument(
        document,
        new Annotation(document.key(), "", Source.HUMAN, Instant.EPOCH, Map.of(TOTAL, mark)));
  }

  private static LabelledDocument unlabelled(String id) {
    Document document = document(id);
    return new LabelledDocument(
        document, new Annotation(document.key(), "", Source.HUMAN, Instant.EPOCH, Map.of()));
  }

  private static Document document(String id) {
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "receipt",
        "en",
        List.of(new Page(100, 100)),
        List.of(token("TOTAL", 0), token("9.50", 500)));
  }

  private static Token token(String text, int x) {
    return new Token(text, new Box(x, 0, x + 100, 20), 0, 0);
  }

  private static Extraction extraction(LabelledDocument of, long version, String... totals) {
    TreeMap<FieldName, List<PredictedValue>> fields = new TreeMap<>();
    fields.put(
        TOTAL,
        List.of(totals).stream()
            .map(text -> new PredictedValue(text, 0.9, List.of(new TokenSpan(1, 2))))
            .toList());
    return Extraction.of(
        of.document(),
        new Prediction(fields),
        version,
        version == 0 ? "" : "sha256:0",
        Instant.EPOCH);
  }
}
