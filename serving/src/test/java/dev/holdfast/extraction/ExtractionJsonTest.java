package dev.holdfast.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.meaning.Reading;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import net.jqwik.time.api.Dates;
import org.apache.kafka.common.errors.SerializationException;

class ExtractionJsonTest {
  private static final Schema SCHEMA = schema();

  @Property(seed = "1", tries = 300)
  void everyExtractionComesBackAsItWasWritten(@ForAll("extractions") Extraction extraction)
      throws BadInput {
    assertThat(ExtractionJson.read(JsonInput.read(json(extraction), Integer.MAX_VALUE)))
        .isEqualTo(extraction);
  }

  @Property(seed = "1", tries = 300)
  void everyExtractionKeepsTheSchema(@ForAll("extractions") Extraction extraction) {
    String json = new String(json(extraction), StandardCharsets.UTF_8);

    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
  }

  @Example
  void theContractIsWrittenToTheLetter() {
    ExtractedValue value =
        new ExtractedValue(
            "1,240.00",
            List.of(new Reading.Amount(new BigDecimal("1240.00"), Optional.of("MYR"))),
            0.97,
            List.of(new TokenSpan(201, 202)),
            List.of(new PageBox(0, new Box(612, 803, 671, 815))));
    SortedMap<FieldName, List<ExtractedValue>> fields = new TreeMap<>();
    fields.put(new FieldName("total"), List.of(value));
    Extraction extraction =
        new Extraction(
            new DocumentKey(CollectionName.DEFAULT, new DocumentId("inv-77")),
            "",
            42,
            "sha256:" + "a".repeat(64),
            fields,
            Instant.parse("2026-01-05T10:00:00Z"));

    assertThat(new String(json(extraction), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"documentId":"inv-77","collection":"default",\
            "model":{"version":42,"digest":"sha256:%s"},\
            "fields":{"total":[{"text":"1,240.00",\
            "normalized":{"amount":"1240.00","currency":"MYR"},"confidence":0.97,\
            "spans":[[201,202]],"boxes":[[0,612,803,671,815]]}]},\
            "at":"2026-01-05T10:00:00Z"}"""
                .formatted("a".repeat(64)));
  }

  @Example
  void noReadingOfAnAmbiguousValueStandsByItself() {
    ExtractedValue value =
        new ExtractedValue(
            "03/04/2024",
            List.of(new Reading.Date("2024-03-04"), new Reading.Date("2024-04-03")),
            0.5,
            List.of(new TokenSpan(0, 1)),
            List.of(new PageBox(0, new Box(0, 0, 1, 1))));
    Extraction extraction =
        new Extraction(
            new DocumentKey(CollectionName.DEFAULT, new DocumentId("a")),
            "",
            1,
            "sha256:" + "a".repeat(64),
            new TreeMap<>(Map.of(new FieldName("date"), List.of(value))),
            Instant.EPOCH);

    assertThat(new String(json(extraction), StandardCharsets.UTF_8))
        .contains(
            """
            "normalized":{"ambiguous":[{"date":"2024-03-04"},{"date":"2024-04-03"}]},""");
  }

  @Example
  void aReadingOfNoKnownFormIsBadInput() {
    String value =
        """
        {"text":"a","normalized":{"colour":"blue"},"confidence":1,"spans":[[0,1]],"boxes":[]}""";
    String json =
        """
        {"documentId":"a","collection":"b","model":{"version":0,"digest":""},\
        "fields":{"f":[%s]},"at":"2026-01-05T10:00:00Z"}"""
            .formatted(value);

    assertThatThrownBy(
            () ->
                ExtractionJson.read(
                    JsonInput.read(json.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("$.fields.f[0].normalized");
  }

  @Example
  void whatIsNoExtractionIsABrokenAssumption() {
    byte[] bytes = "{\"documentId\":\"a\",\"collection\":\"b\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () ->
                ExtractionTopics.EXTRACTIONS
                    .values()
                    .deserializer()
                    .deserialize("extractions", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("extractions")
        .hasMessageContaining("\"model\"");
  }

  @Provide
  Arbitrary<Extraction> extractions() {
    Arbitrary<String> names =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
    Arbitrary<SortedMap<FieldName, List<ExtractedValue>>> fields =
        Arbitraries.maps(names.map(FieldName::new), values().list().ofMinSize(1).ofMaxSize(3))
            .ofMaxSize(4)
            .map(TreeMap::new);
    Arbitrary<Long> versions = Arbitraries.longs().between(0, Long.MAX_VALUE);
    Arbitrary<Instant> instants =
        DateTimes.instants().between(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    Arbitrary<DocumentKey> keys =
        Combinators.combine(names, names)
            .as((c, d) -> new DocumentKey(new CollectionName(c), new DocumentId(d)));
    return Combinators.combine(keys, names.optional(), versions, fields, instants)
        .as(
            (key, type, version, found, at) ->
                new Extraction(
                    key,
                    type.orElse(""),
                    version,
                    version == 0 ? "" : "sha256:" + "%064x".formatted(version),
                    found,
                    at));
  }

  private static Arbitrary<ExtractedValue> values() {
    Arbitrary<TokenSpan> spans =
        Combinators.combine(
                Arbitraries.integers().between(0, 5_000), Arbitraries.integers().between(1, 50))
            .as((start, length) -> new TokenSpan(start, start + length));
    Arbitrary<Integer> edges = Arbitraries.integers().between(0, 500);
    Arbitrary<PageBox> boxes =
        Combinators.combine(edges, edges, edges, edges, edges)
            .as((page, x, y, w, h) -> new PageBox(page, new Box(x, y, x + w, y + h)));
    return Combinators.combine(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(ExtractionJsonTest::isText),
            readings().list().uniqueElements().ofMaxSize(3),
            Arbitraries.doubles().between(0, 1).ofScale(12),
            spans.list().ofMinSize(1).ofMaxSize(3),
            boxes.list().ofMinSize(1).ofMaxSize(3))
        .as(ExtractedValue::new);
  }

  private static Arbitrary<Reading> readings() {
    Arbitrary<Reading> dates =
        Dates.dates().map(day -> new Reading.Date(day.toString())).map(Reading.class::cast);
    Arbitrary<Reading> amounts =
        Combinators.combine(
                Arbitraries.bigDecimals().ofScale(2), Arbitraries.of("MYR", "EUR").optional())
            .as(Reading.Amount::new);
    return Arbitraries.oneOf(
        dates,
        amounts,
        Arbitraries.just(new Reading.Phone("+60378461622")),
        Arbitraries.just(new Reading.Email("ana@example.com")),
        Arbitraries.just(new Reading.Country("MY")));
  }

  /** Half a surrogate pair cannot be written as UTF-8. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static byte[] json(Extraction extraction) {
    return JsonOutput.bytes(ExtractionJson::write, extraction);
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("../docs/schema/extraction.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError("expected docs/schema/extraction.json beside the module", e);
    }
  }
}
