package dev.holdfast.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short fault run; many kills are for {@code ./holdfast chaos}. */
class ChaosIT {
  private static final List<String> ZEROS =
      List.of(
          "lost",
          "duplicated",
          "learnedTwice",
          "neverLearned",
          "digestMismatches",
          "notForgotten",
          "ordersUnsettled",
          "refusalsUntold",
          "halfVersions",
          "versionGaps");

  @Test
  void whateverProcessIsKilledNothingIsLostOrDoneTwiceOrDifferent() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("chaos", "--documents", "30", "--kills", "5", "--seed", "11", "--json");
    JsonNode report = new ObjectMapper().readTree(out.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(names(report))
        .containsExactly(
            "documents",
            "annotations",
            "kills",
            "lost",
            "duplicated",
            "learnedTwice",
            "neverLearned",
            "digestMismatches",
            "notForgotten",
            "ordersUnsettled",
            "refusalsUntold",
            "rebuilt",
            "halfVersions",
            "versionGaps",
            "longestStallSeconds",
            "seconds");
    assertThat(report.get("documents").asInt()).isEqualTo(30);
    assertThat(report.get("annotations").asInt()).isPositive();
    assertThat(report.get("kills").asInt()).isEqualTo(5);
    assertThat(ZEROS).allSatisfy(zero -> assertThat(report.get(zero).asLong()).as(zero).isZero());
  }

  private static List<String> names(JsonNode report) {
    List<String> names = new ArrayList<>();
    report.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
