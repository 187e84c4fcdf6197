package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.document.CollectionName;
import dev.holdfast.monitoring.DriftEvent.BeforeAndNow;
import dev.holdfast.monitoring.DriftEvent.Changes;
import dev.holdfast.monitoring.DriftEvent.Kind;
import dev.holdfast.monitoring.DriftEvent.Subject;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftEventJsonTest {
  static DriftEvent event(Kind kind) {
    return new DriftEvent(
        new Subject(CollectionName.DEFAULT, kind, kind == Kind.FORGETTING ? "receipt" : ""),
        MonitoringFixtures.START,
        "The latest documents are not like those before.",
        new Changes(
            Map.of("words", 1.25, "domain", 2.0, "confidence", 0.0),
            Map.of("total", new BeforeAndNow(.9, .4)),
            Map.of("invoice", .6),
            .43,
            new BeforeAndNow(.1, .2)),
        new TreeMap<>(Map.of("documents", List.of(3L, 0L), "extractions", List.of())));
  }

  @ParameterizedTest
  @EnumSource
  void eventIsReadAsItWasWrittenAndKeepsTheSchema(Kind kind) throws Exception {
    byte[] json = JsonOutput.bytes(DriftEventJson::write, event(kind));

    assertThat(DriftEventJson.read(JsonInput.read(json, 10_000))).isEqualTo(event(kind));
    assertThat(schema().validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void unknownKindIsRefused() {
    String json =
        new String(
                JsonOutput.bytes(DriftEventJson::write, event(Kind.ERRORS)), StandardCharsets.UTF_8)
            .replace("\"errors\"", "\"moods\"");

    assertThatThrownBy(
            () ->
                DriftEventJson.read(JsonInput.read(json.getBytes(StandardCharsets.UTF_8), 10_000)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("a kind of drift");
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("../docs/schema/drift.json")), InputFormat.JSON);
  }
}
