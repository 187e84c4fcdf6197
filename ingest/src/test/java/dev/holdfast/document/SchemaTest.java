package dev.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The published schemas say what the readers and writers do. */
@PropertyDefaults(tries = 100, edgeCases = EdgeCasesMode.NONE)
class SchemaTest {
  private static final String DOCUMENT =
      """
      {"id":"inv-77","collection":"default","type":"invoice","language":"en",
       "pages":[{"width":595,"height":842}],
       "tokens":[{"text":"TOTAL","box":[612,803,671,815],"page":0,"line":41},
                 {"text":"1,240.00","box":[700,803,790,815],"page":0,"line":41}]}""";

  private static final String ANNOTATION =
      """
      {"documentId":"inv-77","collection":"default","annotator":"ana","source":"human",
       "at":"2026-01-05T10:00:00Z",
       "fields":{"total":[{"text":"1,240.00","spans":[[1,2]]}],"purchase_order":[]}}""";

  @Property(seed = "1")
  void writtenDocumentsKeepToTheSchema(@ForAll("documents") Document document) {
    assertThat(Schemas.problems("document", JsonOutput.bytes(DocumentJson::write, document)))
        .isEmpty();
  }

  @Property(seed = "1")
  void writtenAnnotationsKeepToTheSchema(@ForAll("annotations") Annotation annotation) {
    assertThat(Schemas.problems("annotation", JsonOutput.bytes(AnnotationJson::write, annotation)))
        .isEmpty();
  }

  @Property(seed = "1")
  void writtenExamplesKeepToTheSchema(@ForAll("examples") Example example) {
    assertThat(Schemas.problems("example", JsonOutput.bytes(ExampleJson::write, example)))
        .isEmpty();
  }

  @Test
  void messagesOfTheContractKeepToTheSchemasAndAreRead() throws BadInput {
    assertThat(Schemas.problems("document", utf8(DOCUMENT))).isEmpty();
    assertThat(Schemas.problems("annotation", utf8(ANNOTATION))).isEmpty();

    Document document = readDocument(DOCUMENT);
    Annotation annotation = readAnnotation(ANNOTATION);
    AnnotationJson.checkAgainst(document, annotation);
    assertThat(Example.unknown(document).with(annotation).taught())
        .containsOnlyKeys(new FieldName("purchase_order"), new FieldName("total"));
  }

  @Test
  void unknownKeysNullsAndWhatMayBeLeftOutAreFineForBoth() throws BadInput {
    List<String> documents =
        List.of(
            "{\"id\":\"a\",\"pages\":[],\"tokens\":[]}",
            "{\"id\":\"a\",\"pages\":[],\"tokens\":[],\"collection\":null,\"type\":null,\"new\":1}",
            "{\"id\":\"a\",\"pages\":[{\"width\":1,\"height\":1}],"
                + "\"tokens\":[{\"text\":\"a\",\"box\":[0,0,0,0],\"page\":null,\"new\":{}}]}");
    for (String json : documents) {
      assertThat(Schemas.problems("document", utf8(json))).as(json).isEmpty();
      assertThat(readDocument(json).id().value()).isEqualTo("a");
    }
    List<String> annotations =
        List.of(
            "{\"documentId\":\"a\",\"fields\":{}}",
            "{\"documentId\":\"a\",\"at\":null,\"source\":null,\"new\":[],"
                + "\"fields\":{\"f\":[{\"text\":\"x\",\"spans\":null}]}}");
    for (String json : annotations) {
      assertThat(Schemas.problems("annotation", utf8(json))).as(json).isEmpty();
      assertThat(readAnnotation(json).document().id().value()).isEqualTo("a");
    }
  }

  @Test
  void whatTheSchemaRefusesTheReaderRefuses() {
    for (List<String> change :
        pairs(
            "\"id\":\"inv-77\"", "\"id\":\" inv-77\"",
            "\"id\":\"inv-77\",", "",
            "\"width\":595", "\"width\":0",
            "803,671", "803,1671",
            "671,815]", "671]",
            "\"text\":\"TOTAL\"", "\"text\":\"\"",
            "\"page\":0", "\"page\":0.5",
            "\"type\":\"invoice\"", "\"type\":7")) {
      String json = DOCUMENT.replaceFirst(quoted(change.get(0)), change.get(1));
      assertThat(json).isNotEqualTo(DOCUMENT);
      assertThat(Schemas.problems("document", utf8(json))).as(json).isNotEmpty();
      assertThat(refused(() -> readDocument(json))).as(json).isTrue();
    }
    for (List<String> change :
        pairs(
            "\"documentId\":\"inv-77\",", "",
            "\"inv-77\"", "\"inv/77\"",
            "\"purchase_order\":[]", "\"purchase/order\":[]",
            "\"purchase_order\":[]", "\"purchase_order\":null",
            "[[1,2]]", "[[1,2,3]]",
            "[[1,2]]", "[[-1,2]]",
            "\"text\":\"1,240.00\"", "\"value\":\"1,240.00\"",
            "2026-01-05T10:00:00Z", "5 January")) {
      String json = ANNOTATION.replaceFirst(quoted(change.get(0)), change.get(1));
      assertThat(json).isNotEqualTo(ANNOTATION);
      assertThat(Schemas.problems("annotation", utf8(json))).as(json).isNotEmpty();
      assertThat(refused(() -> readAnnotation(json))).as(json).isTrue();
    }
  }

  @Test
  void everyReasonIsInTheSchemaOfRejections() throws BadInput, IOException {
    byte[] schema = Files.readAllBytes(Path.of("../docs/schema/rejected.json"));
    List<String> codes = new ArrayList<>();
    for (JsonInput code :
        JsonInput.read(schema, Integer.MAX_VALUE)
            .required("properties")
            .required("holdfast.reason")
            .required("enum")
            .array(99)) {
      codes.add(code.text(1, 99));
    }

    assertThat(codes).isEqualTo(Stream.of(Reason.values()).map(Reason::code).toList());
  }

  @Provide
  Arbitrary<Document> documents() {
    return DocumentArbitraries.documents();
  }

  @Provide
  Arbitrary<Annotation> annotations() {
    return documents().flatMap(DocumentArbitraries::annotations);
  }

  @Provide
  Arbitrary<Example> examples() {
    return DocumentArbitraries.examples();
  }

  /** Reads something. */
  private interface Reading {
    Object read() throws BadInput;
  }

  private static boolean refused(Reading reading) {
    try {
      reading.read();
      return false;
    } catch (BadInput e) {
      return true;
    }
  }

  private static Document readDocument(String json) throws BadInput {
    return DocumentJson.read(JsonInput.read(utf8(json), 10_000), Limits.DEFAULT);
  }

  private static Annotation readAnnotation(String json) throws BadInput {
    return AnnotationJson.read(
        JsonInput.read(utf8(json), 10_000),
        Limits.DEFAULT,
        new AnnotationJson.Defaults(new Source(""), Instant.EPOCH));
  }

  private static List<List<String>> pairs(String... texts) {
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i < texts.length; i += 2) {
      pairs.add(List.of(texts[i], texts[i + 1]));
    }
    return pairs;
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
