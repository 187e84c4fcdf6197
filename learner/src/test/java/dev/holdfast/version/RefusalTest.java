package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.Fall;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.version.Refusal.Refused;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/version/refusal-1.jsonl");
  private static final DocumentId FIRST = new DocumentId("inv-77");
  private static final DocumentId SECOND = new DocumentId("inv-78");
  private static final DocumentId THIRD = new DocumentId("inv-79");

  private static final Refusal VERSION =
      refusal(
          Optional.of(
              new Refused(
                  43,
                  refused(
                      List.of(
                          new Fall("receipt", Optional.of(new FieldName("total")), .9, .25, 13, 1),
                          new Fall("receipt", Optional.empty(), .9, .5, 20, 2)),
                      List.of(new PutAside(FIRST, "ana"), new PutAside(SECOND, "ana"))))),
          List.of(new PutAside(THIRD, "")));
  private static final Refusal EXAMPLES =
      refusal(Optional.empty(), List.of(new PutAside(FIRST, "ana")));

  private static Verdict refused(List<Fall> fell, List<PutAside> putAside) {
    return new Verdict(
        Verdict.Outcome.REFUSED,
        41,
        Optional.of(new Verdict.Compared(36, 180, .925, .5, .03)),
        fell,
        putAside,
        12);
  }

  private static Refusal refusal(Optional<Refused> version, List<PutAside> putAside) {
    return new Refusal(
        new CollectionName("default"),
        812,
        Instant.parse("2026-01-05T10:00:00.125Z"),
        version,
        putAside);
  }

  static Stream<Refusal> refusals() {
    return Stream.of(VERSION, EXAMPLES);
  }

  private static byte[] bytes(Refusal refusal) {
    return JsonOutput.bytes(RefusalJson::write, refusal);
  }

  private static Refusal read(String json) throws BadInput {
    return RefusalJson.read(
        JsonInput.read(json.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
  }

  private static String golden() {
    return "%s\n%s\n"
        .formatted(
            new String(bytes(VERSION), StandardCharsets.UTF_8),
            new String(bytes(EXAMPLES), StandardCharsets.UTF_8));
  }

  @Test
  void everyRefusalEverReleasedCanBeRead() throws IOException, BadInput {
    List<String> lines = Files.readAllLines(GOLDEN);

    assertThat(read(lines.get(0))).isEqualTo(VERSION);
    assertThat(read(lines.get(1))).isEqualTo(EXAMPLES);
    assertThat(Files.readString(GOLDEN)).isEqualTo(golden());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalKeepsTheSchema(Refusal refusal) throws IOException {
    String schema = Files.readString(Path.of("../docs/schema/refusal.json"));

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(new String(bytes(refusal), StandardCharsets.UTF_8), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void itsSummaryNamesTheWorstPlacesAndWhoseAnnotationsArePutAside() {
    assertThat(VERSION.summary())
        .isEqualTo(
            "What would have been version 43 was refused: since version 41 F1 fell in total of"
                + " receipt from 90% to 25%, in receipt from 90% to 50%, on 180 held-back values."
                + " Annotations put aside: 1 of nobody named, 2 of ana.");
    assertThat(EXAMPLES.summary()).isEqualTo("Annotations put aside: 1 of ana.");
  }

  @Test
  void ofManyPlacesThreeAreNamed() {
    List<Fall> falls =
        Stream.of("a", "b", "c", "d", "e")
            .map(type -> new Fall(type, Optional.empty(), .9, .5, 20, 2))
            .toList();

    assertThat(
            refusal(Optional.of(new Refused(43, refused(falls, List.of()))), List.of()).summary())
        .contains("in c from 90% to 50% and 2 more, on");
  }

  @Test
  void whatIsPutAsideIsKnownByAnnotator() {
    assertThat(VERSION.byAnnotator())
        .isEqualTo(Map.of("", List.of(THIRD), "ana", List.of(FIRST, SECOND)));
  }

  @Test
  void whatKeepsNothingOutIsNoRefusal() {
    assertThatThrownBy(() -> refusal(Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "round 812 of default: expected a version or examples that are refused, found none");
  }

  @Test
  void aVersionWithoutAVerdictIsBadInput() {
    String json = new String(bytes(VERSION), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> read(json.replace("\"verdict\"", "\"opinion\"")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("expected a verdict of the version");
  }

  /** Writes the golden file of a new format; old ones are never written again. */
  @Test
  @EnabledIfSystemProperty(named = "golden.regenerate", matches = "refusal")
  void regenerate() throws IOException {
    Files.writeString(GOLDEN, golden());
  }
}
