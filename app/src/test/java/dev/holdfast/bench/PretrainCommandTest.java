package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {
  private static final String QUICK = "learner.learning.youth-rehearsals=50";

  @TempDir Path folder;

  private final TestCommand command = new TestCommand();
  private Path documents;

  @BeforeEach
  void writeDocuments() {
    documents = command.sample(folder.resolve("documents.jsonl"), 12, 1);
  }

  private JsonNode pretrain(Path to, String... more) throws IOException {
    return command.json(List.of("pretrain", documents.toString(), "--to", to.toString()), more);
  }

  private JsonNode evaluate(String... more) throws IOException {
    return command.json(
        List.of(
            "evaluate",
            "--train",
            documents.toString(),
            "--test",
            documents.toString(),
            "--predictions",
            folder.resolve("predictions").toString(),
            "--limit",
            "4",
            "-S",
            QUICK),
        more);
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
            command.run(
                "pretrain", documents.toString(), "--to", "x", "--start-from", "/does/not/exist"))
        .isEqualTo(1);
    assertThat(command.err()).contains("--start-from: expected a file of weights, found none");
    assertThat(
            command.run(
                "pretrain",
                documents.toString(),
                "--to",
                "x",
                "--start-from",
                documents.toString()))
        .isEqualTo(1);
  }
}
