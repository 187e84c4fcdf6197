package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrowthCommandTest {
  private static Set<FieldName> fields(List<LabelledDocument> forms) {
    return forms.stream()
        .flatMap(form -> form.annotation().marks().keySet().stream())
        .collect(Collectors.toSet());
  }

  @Test
  void formsOfAllKindsNameAllFields() {
    assertThat(fields(new ManyFields(100, 1).forms(4))).hasSize(100);
    assertThat(fields(new ManyFields(4, 1).forms(3))).hasSize(4);
  }

  @Test
  void reportsAModelForEachNumberOfFields() throws Exception {
    JsonNode sizes =
        new TestCommand()
            .json(
                List.of("bench", "growth", "--fields", "2,30", "--documents", "6"),
                "-S",
                "learner.learning.youth-rehearsals=30")
            .get("sizes");

    assertThat(sizes.findValuesAsText("fields")).containsExactly("2", "30");
    assertThat(sizes.get(1).get("modelBytes").asLong())
        .isGreaterThan(sizes.get(0).get("modelBytes").asLong());
    assertThat(sizes)
        .allSatisfy(size -> assertThat(size.get("millisPerUpdate").asDouble()).isPositive());
  }
}
