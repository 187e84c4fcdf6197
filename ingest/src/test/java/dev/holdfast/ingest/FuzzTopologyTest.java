package dev.holdfast.ingest;

import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.sample.Mutations;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some thousands of damaged records through the whole topology. */
class FuzzTopologyTest {
  private static final int RECORDS = 2_000;
  private static final Set<String> REASONS =
      Stream.of(Reason.values()).map(Reason::code).collect(Collectors.toSet());

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingStopsTheStreamAndEachRefusalHasItsReason(long seed) {
    Mutations mutations = new Mutations(seed);
    Document invoice = document("inv-77", "TOTAL", "1,240.00", "EUR");
    byte[] key = IngestDriver.utf8("inv-77");
    byte[] documentJson = JsonOutput.bytes(DocumentJson::write, invoice);
    byte[] annotationJson =
        JsonOutput.bytes(
            AnnotationJson::write, about(invoice).field("total", "1,240.00", 1, 2).annotation());
    try (IngestDriver ingest = new IngestDriver(directory)) {
      for (int i = 0; i < RECORDS; i++) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("holdfast.collection", mutations.damage(IngestDriver.utf8("default")));
        if (i % 10 == 9) {
          ingest.documentRecord(mutations.damage(key), null, headers);
        } else if (i % 2 == 0) {
          ingest.documentRecord(mutations.damage(key), mutations.damage(documentJson), headers);
        } else {
          ingest.annotationRecord(mutations.damage(key), mutations.damage(annotationJson), headers);
        }
      }
      List<TestRecord<byte[], byte[]>> rejected = ingest.rejected();
      assertThat(rejected).hasSizeGreaterThan(RECORDS / 10);
      assertThat(rejected).map(FuzzTopologyTest::reason).isSubsetOf(REASONS);
      ingest.documents();
      ingest.examples();

      Document after = document("after", "5.00");
      ingest.document(after);
      ingest.annotation(about(after).field("total", "5.00"));
      assertThat(ingest.documents()).extracting(record -> record.value).containsExactly(after);
      assertThat(ingest.examples()).hasSize(1);
    }
  }

  private static String reason(TestRecord<byte[], byte[]> record) {
    return new String(
        record.headers().lastHeader(RejectedHeaders.REASON).value(), StandardCharsets.UTF_8);
  }
}
