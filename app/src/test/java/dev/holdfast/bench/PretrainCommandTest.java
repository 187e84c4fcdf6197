package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=50";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path documents;

  @BeforeEach
  void writeDocuments() {
    documents = folder.resolve("documents.jsonl");
    assertThat(run("sample", documents.toString(), "--documents", "12")).isZero();
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private JsonNode pretrain(Path to, String... more) throws IOException {
    String[] arguments = new String[5 + more.length];
    arguments[0] = "pretrain";
    arguments[1] = documents.toString();
    arguments[2] = "--json";
    arguments[3] = "--to";
    arguments[4] = to.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private JsonNode evaluate(String... more) throws IOException {
    String[] arguments = {
      "evaluate",
      "--train",
      documents.toString(),
      "--test",
      documents.toString(),
      "--predictions",
      folder.resolve("predictions").toString(),
      "--limit",
      "4",
      "--json",
      "-S",
      QUICK
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    out.getBuffer().setLength(0);
    assertThat(run(all)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void morePassesLowerTheLoss() throws IOException {
    double one = pretrain(folder.resolve("one"), "--passes", "1").get("loss").doubleValue();
    double three = pretrain(folder.resolve("three"), "--passes", "3").get("loss").doubleValue();

    assertThat(three).isLessThan(one);
  }

  @Test
  void sameSeedGivesTheSameFileAndOneCanGoOnFromIt() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    pretrain(first, "--passes", "1");
    JsonNode report = pretrain(second, "--passes", "1");
    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
    assertThat(report.get("documents").intValue()).isEqualTo(12);
    assertThat(report.get("bytes").longValue()).isEqualTo(Files.size(second));

    JsonNode more = pretrain(second, "--passes", "1", "--start-from", first.toString());
    assertThat(more.get("loss").doubleValue()).isLessThan(report.get("loss").doubleValue());
  }

  @Test
  void anEvaluationBeginsWithTheWeightsItIsGiven() throws IOException {
    Path pretrained = folder.resolve("pretrained");
    Path learned = folder.resolve("learned");
    pretrain(pretrained, "--passes", "1");
    long alone = evaluate().get("parameters").longValue();
    long after =
        evaluate("--start-from", pretrained.toString(), "--to", learned.toString())
            .get("parameters")
            .longValue();
    assertThat(after).isGreaterThan(alone);

    evaluate("--start-from", learned.toString());
  }

  @Test
  void whatIsNoFileOfWeightsIsWrongUse() {
    assertThat(
            run("pretrain", documents.toString(), "--to", "x", "--start-from", "/does/not/exist"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--start-from: expected a file of weights, found none");
    assertThat(
            run(
                "pretrain",
                documents.toString(),
                "--to",
                "x",
                "--start-from",
                documents.toString()))
        .isEqualTo(1);
  }
}
