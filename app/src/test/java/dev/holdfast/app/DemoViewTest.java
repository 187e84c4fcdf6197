package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.network.Prediction;
import dev.holdfast.sample.SampleStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoViewTest {
  private final DemoView view =
      new DemoView(
          "http://127.0.0.1:8080", "127.0.0.1:9092", "/home/ana/.local/share/holdfast/demo");
  private final ReplayProgress progress = new ReplayProgress();

  @Test
  void everyTypeHasABarAndItsForgetting() {
    SampleStream sample = new SampleStream(1);
    for (int i = 0; i < SampleStream.LENGTH; i++) {
      LabelledDocument document = sample.at(i);
      progress.sent(document);
      progress.extracted(
          Extraction.of(document.document(), Prediction.EMPTY, 3, "sha256:0", Instant.EPOCH), i);
    }
    List<String> lines = view.lines(progress, Map.of("receipt", 0.125), 61);
    assertThat(lines.get(0)).contains("300 documents", "version 3", "61 s");
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("receipt ").endsWith("0.125"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("invoice ").endsWith("0.000"));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void nothingYetIsShownAsNothing() {
    assertThat(view.lines(progress, Map.of(), 0)).contains("annotated to served   p50 -   p95 -");
  }
}
