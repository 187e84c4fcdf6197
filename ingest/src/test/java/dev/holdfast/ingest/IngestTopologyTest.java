package dev.holdfast.ingest;

import static dev.holdfast.document.DocumentFixtures.AT;
import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static dev.holdfast.ingest.IngestDriver.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import dev.holdfast.document.TokenSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How documents and annotations find each other; {@link RejectionTest} has what is refused. */
class IngestTopologyTest {
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00", "EUR", "due");
  private static final FieldName TOTAL = new FieldName("total");
  private static final FieldName CURRENCY = new FieldName("currency");

  @TempDir private Path directory;
  private IngestDriver ingest;

  @BeforeEach
  void start() {
    ingest = new IngestDriver(directory);
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  @Test
  void newDocumentIsSentOnUnderItsKey() {
    ingest.document(INVOICE);

    assertThat(ingest.documents()).containsExactly(KeyValue.pair(INVOICE.key(), INVOICE));
    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.count("documents")).isEqualTo(1);
  }

  @Test
  void sameDocumentAgainIsDroppedAndCounted() {
    ingest.document(INVOICE);
    ingest.documents();

    ingest.document("another key", INVOICE, AT.plusSeconds(1));

    assertThat(ingest.documents()).isEmpty();
    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.count("duplicates", "message", "document")).isEqualTo(1);
  }

  @Test
  void sameIdInAnotherCollectionIsAnotherDocument() {
    Document other =
        new Document(
            INVOICE.id(),
            new CollectionName("other"),
            INVOICE.type(),
            INVOICE.language(),
            INVOICE.pages(),
            INVOICE.tokens());
    ingest.document(INVOICE);
    ingest.document(other);

    assertThat(ingest.documents())
        .containsExactly(KeyValue.pair(INVOICE.key(), INVOICE), KeyValue.pair(other.key(), other));
  }

  @Test
  void annotationAfterItsDocumentMakesAnExample() {
    ingest.document(INVOICE);

    ingest.annotation(about(INVOICE).field("total", "1240.00").field("purchase_order"));

    Example example = onlyExample();
    assertThat(example.document()).isEqualTo(INVOICE);
    assertThat(example.taught())
        .containsEntry(
            TOTAL, Mark.of(List.of(new FieldValue("1240.00", List.of(new TokenSpan(1, 2))))))
        .containsEntry(new FieldName("purchase_order"), new Mark.Absent())
        .hasSize(2);
    assertThat(ingest.count("examples")).isEqualTo(1);
  }

  @Test
  void annotationsBeforeTheirDocumentWaitAndAreMergedInTheOrderTheyCame() {
    ingest.annotation(about(INVOICE).field("total", "EUR").field("currency", "EUR"));
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.count("waiting")).isEqualTo(2);

    ingest.document(INVOICE);

    Example example = onlyExample();
    assertThat(text(example, TOTAL)).isEqualTo("1,240.00");
    assertThat(text(example, CURRENCY)).isEqualTo("EUR");
    assertThat(ingest.documents()).hasSize(1);
  }

  @Test
  void annotationsThatWaitedAreUsedOnce() {
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.document(INVOICE);
    ingest.examples();
    ingest.pass(Duration.ofDays(2));

    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.examples()).isEmpty();
  }

  @Test
  void annotationWaitsForItsOwnDocumentOnly() {
    ingest.annotation(about(document("inv-7")).field("total", "1,240.00"));
    ingest.document(INVOICE);

    assertThat(ingest.examples()).isEmpty();

    ingest.document(document("inv-7", "1,240.00"));
    assertThat(onlyExample().document().id().value()).isEqualTo("inv-7");
  }

  @Test
  void exampleHasTheTimeOfWhatCompletedItAndItsCollectionAsKey() {
    ingest.annotation(about(INVOICE).field("total", "1,240.00"), AT.plusSeconds(1));
    ingest.document("any", INVOICE, AT.plusSeconds(5));
    ingest.annotation(about(INVOICE).field("currency", "EUR"), AT.plusSeconds(9));

    assertThat(ingest.exampleRecords())
        .extracting(TestRecord::key, TestRecord::getRecordTime)
        .containsExactly(
            tuple(CollectionName.DEFAULT, AT.plusSeconds(5)),
            tuple(CollectionName.DEFAULT, AT.plusSeconds(9)));
  }

  @Test
  void fieldsOfSeveralAnnotationsAreMerged() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.examples();

    ingest.annotation(about(INVOICE).by("ben", Source.HUMAN).field("currency", "EUR"));

    Example example = onlyExample();
    assertThat(text(example, TOTAL)).isEqualTo("1,240.00");
    assertThat(example.statements().get(TOTAL).annotator()).isEqualTo("ana");
    assertThat(example.statements().get(CURRENCY).annotator()).isEqualTo("ben");
  }

  @Test
  void laterStatementWins() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).field("total", "EUR"));
    ingest.annotation(about(INVOICE).at(AT.plusSeconds(1)).field("total", "1,240.00"));

    assertThat(ingest.examples())
        .extracting(e -> text(e, TOTAL))
        .containsExactly("EUR", "1,240.00");
  }

  @Test
  void earlierStatementThatComesLateLosesFieldByField() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).at(AT.plusSeconds(9)).field("total", "1,240.00"));
    ingest.examples();

    ingest.annotation(about(INVOICE).field("total", "EUR").field("currency", "EUR"));

    Example example = onlyExample();
    assertThat(text(example, TOTAL)).isEqualTo("1,240.00");
    assertThat(text(example, CURRENCY)).isEqualTo("EUR");
  }

  @Test
  void annotationThatIsOvertakenInAllItsFieldsIsCountedAndDropped() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).at(AT.plusSeconds(9)).field("total", "1,240.00"));
    ingest.examples();

    ingest.annotation(about(INVOICE).field("total", "EUR"));

    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.count("superseded")).isEqualTo(1);
  }

  @Test
  void sameAnnotationAgainIsDroppedAndCounted() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.examples();

    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.annotation(about(INVOICE).at(AT.plusSeconds(5)).field("total", "1,240.00"));
    ingest.annotation(about(INVOICE));

    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.count("duplicates", "message", "annotation")).isEqualTo(3);
  }

  @Test
  void statementThatWasRepeatedIsAsLateAsItsLastRepetition() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.annotation(about(INVOICE).at(AT.plusSeconds(9)).field("total", "1,240.00"));
    ingest.examples();

    ingest.annotation(about(INVOICE).at(AT.plusSeconds(5)).field("total", "EUR"));

    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.count("superseded")).isEqualTo(1);
  }

  @Test
  void sameWordsFromSomebodyWhoTeachesAreNews() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).by("", new Source("model")).field("total", "1,240.00"));
    assertThat(onlyExample().taught()).isEmpty();

    ingest.annotation(about(INVOICE).field("total", "1,240.00"));

    assertThat(onlyExample().taught()).containsOnlyKeys(TOTAL);
  }

  @Test
  void annotationThatNamesNoSourceIsKeptAndNotLearned() {
    ingest.document(INVOICE);

    ingest.annotationBytes(
        "{\"documentId\":\"inv-77\",\"fields\":{\"total\":[{\"text\":\"1,240.00\"}]}}", AT);

    Example example = onlyExample();
    assertThat(example.statements()).containsOnlyKeys(TOTAL);
    assertThat(example.statements().get(TOTAL).source()).isEqualTo(new Source(""));
    assertThat(example.taught()).isEmpty();
  }

  @Test
  void annotationThatNamesNoTimeIsAsOldAsItsRecord() {
    ingest.annotationBytes("{\"documentId\":\"inv-77\",\"fields\":{\"total\":[]}}", AT);
    ingest.document("any", INVOICE, AT.plusSeconds(60));

    assertThat(onlyExample().statements().get(TOTAL).at()).isEqualTo(AT);
  }

  @Test
  void newContentReplacesTheDocumentAndWhatIsKnownMovesToIt() {
    ingest.document(INVOICE);
    ingest.annotation(
        about(INVOICE)
            .field("total", "1,240.00", 1, 2)
            .field("currency", "EUR", 2, 3)
            .field("terms", "due", 3, 4)
            .field("purchase_order"));
    ingest.documents();
    ingest.examples();
    Document rescanned = document("inv-77", "TOTAL", "1,240.00", "in", "EUR");

    ingest.document(rescanned);

    assertThat(ingest.documents()).containsExactly(KeyValue.pair(INVOICE.key(), rescanned));
    Example example = onlyExample();
    assertThat(example.document()).isEqualTo(rescanned);
    assertThat(spans(example, TOTAL)).containsExactly(new TokenSpan(1, 2));
    assertThat(spans(example, CURRENCY)).containsExactly(new TokenSpan(3, 4));
    assertThat(spans(example, new FieldName("terms"))).isEmpty();
    assertThat(example.statements()).containsKey(new FieldName("purchase_order")).hasSize(4);
  }

  @Test
  void oldContentAgainIsNewContent() {
    Document rescanned = document("inv-77", "TOTAL");
    ingest.document(INVOICE);
    ingest.document(rescanned);
    ingest.document(INVOICE);

    assertThat(ingest.documents())
        .extracting(d -> d.value)
        .containsExactly(INVOICE, rescanned, INVOICE);
  }

  @Test
  void annotationAfterNewContentIsAlignedToIt() {
    ingest.document(INVOICE);
    ingest.document(document("inv-77", "1,240.00"));

    ingest.annotation(about(INVOICE).field("total", "1,240.00"));

    assertThat(spans(onlyExample(), TOTAL)).containsExactly(new TokenSpan(0, 1));
  }

  @Test
  void recordWithoutAUsableTimeCountsAsSentNow() {
    TimestampExtractor time = IngestTopology.timestamps(() -> NOW);

    assertThat(time.extract(recordAt(-1), 5)).isEqualTo(NOW.toEpochMilli());
    assertThat(time.extract(recordAt(Long.MAX_VALUE), 5)).isEqualTo(NOW.toEpochMilli());
    assertThat(time.extract(recordAt(0), 5)).isZero();
  }

  private static ConsumerRecord<Object, Object> recordAt(long timestamp) {
    return new ConsumerRecord<>(
        "documents.in",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  private Example onlyExample() {
    List<Example> examples = ingest.examples();
    assertThat(examples).hasSize(1);
    return examples.get(0);
  }

  private static String text(Example example, FieldName field) {
    return example.statements().get(field).mark().values().get(0).text();
  }

  private static List<TokenSpan> spans(Example example, FieldName field) {
    return example.statements().get(field).mark().values().get(0).spans();
  }
}
