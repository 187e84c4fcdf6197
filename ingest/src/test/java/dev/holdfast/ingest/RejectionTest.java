package dev.holdfast.ingest;

import static dev.holdfast.document.DocumentFixtures.AT;
import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static dev.holdfast.ingest.IngestDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.Schemas;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.wire.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, with which reason, and that the stream goes on after each. */
class RejectionTest {
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00");

  private static final String BAD_DOCUMENTS =
      """
      not_json    nonsense
      not_json    {"id":"a","pages":[],"tokens":[]
      not_json    {"id":"a","pages":[],"tokens":[]} {}
      not_json    {"id":"a","id":"b","pages":[],"tokens":[]}
      wrong_type  []
      wrong_type  {"id":7,"pages":[],"tokens":[]}
      wrong_type  {"id":"a","pages":{},"tokens":[]}
      wrong_type  {"id":"a","pages":[{"width":1,"height":1}],"tokens":["a"]}
      missing_key {"pages":[],"tokens":[]}
      missing_key {"id":"a","tokens":[]}
      missing_key {"id":"a","pages":[],"tokens":null}
      bad_value   {"id":"","pages":[],"tokens":[]}
      bad_value   {"id":"a/b","pages":[],"tokens":[]}
      bad_value   {"id":"a\\ud800","pages":[],"tokens":[]}
      bad_value   {"id":"a","collection":" b","pages":[],"tokens":[]}
      bad_value   {"id":"a","pages":[{"width":0,"height":1}],"tokens":[]}
      bad_box     {"id":"a","pages":[{"width":1,"height":1}],"tokens":[{"text":"a","box":[2,0,1,1]}]}
      bad_box     {"id":"a","pages":[{"width":1,"height":1}],"tokens":[{"text":"a","box":[0,0,1,1001]}]}
      bad_box     {"id":"a","pages":[{"width":1,"height":1}],"tokens":[{"text":"a","box":[0,0,1]}]}
      bad_span    {"id":"a","pages":[],"tokens":[{"text":"a","box":[0,0,1,1]}]}
      too_large   {"id":"a","pages":[{"width":1,"height":1},{"width":1,"height":1},{"width":1,"height":1},{"width":1,"height":1}],"tokens":[]}
      """;

  private static final String BAD_ANNOTATIONS =
      """
      not_json    <xml/>
      wrong_type  "inv-77"
      wrong_type  {"documentId":"inv-77","fields":[]}
      wrong_type  {"documentId":"inv-77","fields":{"total":"1,240.00"}}
      wrong_type  {"documentId":"inv-77","fields":{"total":null}}
      missing_key {"fields":{}}
      missing_key {"documentId":"inv-77"}
      missing_key {"documentId":"inv-77","fields":{"total":[{}]}}
      bad_value   {"documentId":"inv-77","fields":{"to/tal":[]}}
      bad_value   {"documentId":"inv-77","fields":{"":[]}}
      bad_value   {"documentId":"inv-77","fields":{"total":[{"text":""}]}}
      bad_value   {"documentId":"inv-77","at":"yesterday","fields":{}}
      bad_value   {"documentId":"inv-77","at":"+12345-01-01T00:00:00Z","fields":{}}
      bad_span    {"documentId":"inv-77","fields":{"total":[{"text":"a","spans":[[1]]}]}}
      bad_span    {"documentId":"inv-77","fields":{"total":[{"text":"a","spans":[[1,1]]}]}}
      bad_span    {"documentId":"inv-77","fields":{"total":[{"text":"a","spans":[[-1,1]]}]}}
      bad_span    {"documentId":"inv-77","fields":{"total":[{"text":"a","spans":[[1,3]]}]}}
      too_large   {"documentId":"inv-77","fields":{"total":[{"text":"a","spans":[[1,2,3]]}]}}
      too_large   {"documentId":"inv-77","fields":{"a":[],"b":[],"c":[],"d":[],"e":[],"f":[],"g":[],"h":[],"i":[],"j":[],"k":[]}}
      """;

  @TempDir private Path directory;
  private IngestDriver ingest;

  @BeforeEach
  void start() {
    ingest = new IngestDriver(directory);
    ingest.document(INVOICE);
    ingest.documents();
  }

  @AfterEach
  void streamGoesOn() {
    ingest.document(document("after"));
    ingest.annotation(about(document("after")).field("total"));
    assertThat(ingest.documents()).extracting(d -> d.key.id().value()).contains("after");
    assertThat(ingest.examples()).isNotEmpty();
    ingest.close();
  }

  @Test
  void badDocumentIsRejectedWithItsReason() {
    long offset = 1;
    for (String line : BAD_DOCUMENTS.lines().toList()) {
      String reason = line.substring(0, line.indexOf(' '));
      byte[] json = utf8(line.substring(reason.length()).strip());
      ingest.documentRecord(utf8("k"), json, new RecordHeaders());

      assertRejected(reason, "documents.in", offset++, utf8("k"), json);
    }
  }

  @Test
  void badAnnotationIsRejectedWithItsReason() {
    long offset = 0;
    for (String line : BAD_ANNOTATIONS.lines().toList()) {
      String reason = line.substring(0, line.indexOf(' '));
      byte[] json = utf8(line.substring(reason.length()).strip());
      ingest.annotationRecord(utf8("k"), json, new RecordHeaders());

      assertRejected(reason, "annotations.in", offset++, utf8("k"), json);
    }
    assertThat(ingest.examples()).isEmpty();
  }

  @Test
  void rejectionNamesMatchThoseOfKafkaStreams() {
    assertThat(RejectedHeaders.EXCEPTION)
        .isEqualTo(ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_NAME);
    assertThat(RejectedHeaders.MESSAGE)
        .isEqualTo(ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_MESSAGE_NAME);
    assertThat(RejectedHeaders.TOPIC).isEqualTo(ExceptionHandlerUtils.HEADER_ERRORS_TOPIC_NAME);
    assertThat(RejectedHeaders.PARTITION)
        .isEqualTo(ExceptionHandlerUtils.HEADER_ERRORS_PARTITION_NAME);
    assertThat(RejectedHeaders.OFFSET).isEqualTo(ExceptionHandlerUtils.HEADER_ERRORS_OFFSET_NAME);
  }

  @Test
  void rejectionKeepsTheSendersHeadersAndWritesItsOwnOverForgedOnes() {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", utf8("00-1-2-00")).add(RejectedHeaders.REASON, utf8("none"));
    ingest.documentRecord(null, utf8("nonsense"), headers);

    TestRecord<byte[], byte[]> rejected = ingest.rejected().get(0);
    assertThat(text(rejected, "traceparent")).isEqualTo("00-1-2-00");
    assertThat(rejected.headers().headers(RejectedHeaders.REASON)).hasSize(1);
    assertThat(text(rejected, RejectedHeaders.REASON)).isEqualTo("not_json");
  }

  @Test
  void rejectionSaysWhatIsWrongWhereAndQuotesNoText() {
    byte[] json =
        utf8(
            "{\"id\":\"a\",\"pages\":[{\"width\":1,\"height\":1}],"
                + "\"tokens\":[{\"text\":\"SECRET\",\"box\":[2,0,1,1]}]}");
    ingest.documentRecord(null, json, new RecordHeaders());

    assertThat(text(ingest.rejected().get(0), RejectedHeaders.MESSAGE))
        .isEqualTo(
            "expected 0 <= x0 <= x1 <= 1000 and 0 <= y0 <= y1 <= 1000 at $.tokens[0].box,"
                + " found [2,0,1,1]");
  }

  @Test
  void aRecordWithoutValueThatNamesNoDocumentIsRejectedAsItCame() {
    ingest.documentRecord(null, null, new RecordHeaders());
    assertRejected("missing_key", "documents.in", 1, null, null);

    ingest.documentRecord(utf8("a/b"), null, new RecordHeaders());
    assertRejected("bad_value", "documents.in", 2, utf8("a/b"), null);

    ingest.annotationRecord(utf8("inv-77"), null, new RecordHeaders());
    assertRejected("not_json", "annotations.in", 0, utf8("inv-77"), null);
  }

  @Test
  void documentWithoutAKeyIsFine() {
    byte[] json = JsonOutput.bytes(DocumentJson::write, document("keyless"));
    ingest.documentRecord(null, json, new RecordHeaders());

    assertThat(ingest.documents()).hasSize(1);
    assertThat(ingest.rejected()).isEmpty();
  }

  @Test
  void moreBytesThanTheLimitAreTooLarge() {
    byte[] bytes = utf8(" ".repeat(IngestDriver.MAX_BYTES + 1));
    ingest.documentRecord(null, bytes, new RecordHeaders());

    assertRejected("too_large", "documents.in", 1, null, bytes);
  }

  @Test
  void documentThatOutgrowsTheLimitWhenItIsWrittenOutIsTooLarge() {
    // 20 tokens of 80 characters keep to the limit, 20 times ,"page":0,"line":0 do not.
    String token = "{\"text\":\"" + "x".repeat(50) + "\",\"box\":[100,100,900,900]},";
    String tokens = token.repeat(20);
    byte[] json =
        utf8(
            "{\"id\":\"a\",\"pages\":[{\"width\":1,\"height\":1}],\"tokens\":["
                + tokens.substring(0, tokens.length() - 1)
                + "]}");
    assertThat(json.length).isLessThan(IngestDriver.MAX_BYTES);
    ingest.documentRecord(null, json, new RecordHeaders());

    assertRejected("too_large", "documents.in", 1, null, json);
  }

  @Test
  void annotationThatWouldMakeTheExampleTooLargeIsRejectedAndTheRestIsKept() {
    String value = "x".repeat(100);
    for (int i = 0; i < 5; i++) {
      ingest.annotation(
          about(INVOICE).field("a" + i, value, value, value).field("b" + i, value, value, value));
    }

    List<TestRecord<byte[], byte[]>> rejected = ingest.rejected();
    assertThat(rejected).isNotEmpty();
    assertThat(rejected)
        .allMatch(record -> text(record, RejectedHeaders.REASON).equals("too_large"));
    assertThat(ingest.examples()).hasSize(5 - rejected.size());
  }

  @Test
  void annotationWithAKeyOfMegabytesIsTooLarge() {
    byte[] key = new byte[2 * IngestDriver.MAX_BYTES];
    byte[] json = utf8("{\"documentId\":\"inv-77\",\"fields\":{}}");
    ingest.annotationRecord(key, json, new RecordHeaders());

    assertRejected("too_large", "annotations.in", 0, key, json);
  }

  @Test
  void recordThatCannotBeWrittenAgainLeavesItsValueOut() {
    byte[] value = new byte[Refusal.MAX_BYTES + 1];
    ingest.documentRecord(utf8("k"), value, new RecordHeaders());

    TestRecord<byte[], byte[]> rejected = ingest.rejected().get(0);
    assertThat(rejected.key()).isEqualTo(utf8("k"));
    assertThat(rejected.value()).isNull();
    assertThat(text(rejected, Refusal.LEFT_OUT)).isEqualTo(Integer.toString(value.length));
    assertThat(text(rejected, RejectedHeaders.REASON)).isEqualTo("too_large");
  }

  @Test
  void annotationWhoseDocumentDoesNotComeInTimeIsRejectedAsItCame() {
    byte[] json = utf8("{\"documentId\":\"nowhere\",\"fields\":{\"total\":[]}}");
    Headers headers = new RecordHeaders().add("traceparent", utf8("00-1-2-00"));
    ingest.annotationRecord(utf8("k"), json, headers);
    ingest.pass(Duration.ofHours(23));
    assertThat(ingest.rejected()).isEmpty();

    ingest.pass(Duration.ofHours(2));

    List<TestRecord<byte[], byte[]>> all = ingest.rejected();
    assertThat(all).hasSize(1);
    assertRejected(all.get(0), "unknown_document", "annotations.in", 0, utf8("k"), json);
    assertThat(text(all.get(0), "traceparent")).isEqualTo("00-1-2-00");
    assertThat(all.get(0).getRecordTime()).isEqualTo(AT);

    ingest.document(document("nowhere"));
    assertThat(ingest.examples()).isEmpty();
  }

  @Test
  void oneAnnotationMoreThanMayWaitIsRejected() {
    for (int i = 0; i < 4; i++) {
      ingest.annotation(about(document("later")).field("field" + i));
    }
    List<TestRecord<byte[], byte[]>> rejected = ingest.rejected();
    assertThat(rejected).hasSize(1);
    assertThat(text(rejected.get(0), RejectedHeaders.REASON)).isEqualTo("unknown_document");

    ingest.document(document("later"));
    assertThat(ingest.examples().get(0).statements()).hasSize(3);
  }

  @Test
  void annotationThatWaitedForADocumentItDoesNotFitIsRejectedAndTheOthersAreUsed() {
    ingest.annotation(about(document("later")).field("total", "7", 5, 6));
    ingest.annotation(about(document("later")).field("currency", "EUR"));

    ingest.document(document("later", "EUR"));

    List<TestRecord<byte[], byte[]>> rejected = ingest.rejected();
    assertThat(rejected).hasSize(1);
    assertThat(text(rejected.get(0), RejectedHeaders.REASON)).isEqualTo("bad_span");
    assertThat(text(rejected.get(0), RejectedHeaders.OFFSET)).isEqualTo("0");
    assertThat(ingest.examples().get(0).statements()).hasSize(1);
  }

  private void assertRejected(String reason, String topic, long offset, byte[] key, byte[] value) {
    List<TestRecord<byte[], byte[]>> all = ingest.rejected();
    assertThat(all).hasSize(1);
    assertRejected(all.get(0), reason, topic, offset, key, value);
    assertThat(ingest.count("rejected", "reason", reason)).isPositive();
  }

  private static void assertRejected(
      TestRecord<byte[], byte[]> rejected,
      String reason,
      String topic,
      long offset,
      byte[] key,
      byte[] value) {
    assertThat(rejected.key()).isEqualTo(key);
    assertThat(rejected.value()).isEqualTo(value);
    assertThat(text(rejected, RejectedHeaders.REASON)).isEqualTo(reason);
    assertThat(text(rejected, RejectedHeaders.TOPIC)).isEqualTo(topic);
    assertThat(text(rejected, RejectedHeaders.PARTITION)).isEqualTo("0");
    assertThat(text(rejected, RejectedHeaders.OFFSET)).isEqualTo(Long.toString(offset));
    assertThat(text(rejected, RejectedHeaders.EXCEPTION)).isEqualTo("dev.holdfast.wire.BadInput");
    assertThat(text(rejected, RejectedHeaders.MESSAGE)).startsWith("expected ");
    assertThat(Schemas.problems("rejected", headersAsJson(rejected))).isEmpty();
  }

  private static byte[] headersAsJson(TestRecord<byte[], byte[]> record) {
    return JsonOutput.bytes(
        (out, headers) -> {
          out.writeStartObject();
          for (Header header : headers) {
            out.writeStringField(header.key(), new String(header.value(), StandardCharsets.UTF_8));
          }
          out.writeEndObject();
        },
        record.headers());
  }

  private static String text(TestRecord<byte[], byte[]> record, String header) {
    Header last = record.headers().lastHeader(header);
    assertThat(last).as(header).isNotNull();
    return new String(last.value(), StandardCharsets.UTF_8);
  }
}
