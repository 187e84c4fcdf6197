package dev.holdfast.ingest;

import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.topic.Forgetting;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ingest does when a document is to be forgotten. */
class ForgettingTest {
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00");
  private static final Document OTHER =
      new Document(
          INVOICE.id(),
          new CollectionName("other"),
          INVOICE.type(),
          INVOICE.language(),
          INVOICE.pages(),
          INVOICE.tokens());

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
  void aForgottenDocumentLeavesAsARecordWithoutAValueOnBothTopics() {
    ingest.document(OTHER);
    ingest.documents();
    ingest.forget(OTHER);

    assertThat(ingest.documents()).containsExactly(KeyValue.pair(OTHER.key(), null));
    TestRecord<CollectionName, Example> example = ingest.exampleRecords().get(0);
    assertThat(example.key()).isEqualTo(OTHER.collection());
    assertThat(example.value()).isNull();
    assertThat(Forgetting.example(example.key(), example.headers())).contains(OTHER.key());
    assertThat(ingest.count("forgotten")).isEqualTo(1);
  }

  @Test
  void withoutAHeaderItIsOneOfTheDefaultCollection() {
    ingest.document(INVOICE);
    ingest.document(OTHER);
    ingest.documents();
    ingest.documentRecord(IngestDriver.utf8("inv-77"), null, new RecordHeaders());

    assertThat(ingest.documents()).containsExactly(KeyValue.pair(INVOICE.key(), null));
  }

  @Test
  void nothingThatWasSaidOfItIsKnownWhenItComesAgain() {
    ingest.document(INVOICE);
    ingest.annotation(about(INVOICE).field("total", "1,240.00").field("tax"));
    ingest.forget(INVOICE);
    ingest.documents();
    ingest.examples();

    ingest.document(INVOICE);
    assertThat(ingest.documents()).containsExactly(KeyValue.pair(INVOICE.key(), INVOICE));
    assertThat(ingest.examples()).isEmpty();
    ingest.annotation(about(INVOICE).field("tax"));
    assertThat(ingest.examples())
        .singleElement()
        .satisfies(example -> assertThat(example.statements()).hasSize(1));
  }

  @Test
  void whatWaitsForItWaitsNoLonger() {
    ingest.annotation(about(INVOICE).field("total", "1,240.00"));
    ingest.forget(INVOICE);
    ingest.pass(Duration.ofDays(2));
    ingest.document(INVOICE);

    assertThat(ingest.rejected()).isEmpty();
    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.count("forgotten")).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownNeedNotBeForgotten() {
    ingest.document(INVOICE);
    ingest.forget(INVOICE);
    ingest.documents();
    ingest.examples();
    ingest.forget(INVOICE);

    assertThat(ingest.documents()).isEmpty();
    assertThat(ingest.examples()).isEmpty();
    assertThat(ingest.count("duplicates", "message", "forgetting")).isEqualTo(1);
  }
}
