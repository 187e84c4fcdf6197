package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Damaged messages over HTTP, before a whole pipeline. */
class FuzzIT {
  @Test
  void whatIsSentOverHttpIsAnsweredAsItIsReadAndThePipelineGoesOn() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("fuzz", "--messages", "7000", "--over-http", "3000", "--seed", "5", "--json");
    JsonNode report = new ObjectMapper().readTree(out.toString());

    assertThat(report.get("unexpected")).as(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(report.get("overHttp").asInt()).isEqualTo(3_000);
    assertThat(report.get("counts").get("document read").asInt()).isPositive();
    assertThat(report.get("counts").get("annotation read").asInt()).isPositive();
    assertThat(report.get("counts").get("forgetting bad_value").asInt()).isPositive();
  }
}
