package dev.holdfast.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExtractionTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String DIGEST = "sha256:" + "0".repeat(64);
  private static final FieldName ADDRESS = new FieldName("address");

  private static final Document DOCUMENT =
      new Document(
          new DocumentId("inv-1"),
          CollectionName.DEFAULT,
          "invoice",
          "",
          List.of(new Page(600, 800), new Page(600, 800)),
          List.of(
              new Token("Quay", new Box(100, 100, 160, 110), 0, 3),
              new Token("7", new Box(170, 98, 180, 111), 0, 3),
              new Token("Port", new Box(100, 120, 150, 130), 0, 4),
              new Token("Total", new Box(100, 100, 150, 110), 1, 4)));

  @Test
  void eachRunOfTokensOnOneLineHasOneBox() {
    ExtractedValue value = only(List.of(new TokenSpan(0, 4)));

    assertThat(value.boxes())
        .containsExactly(
            new PageBox(0, new Box(100, 98, 180, 111)),
            new PageBox(0, new Box(100, 120, 150, 130)),
            new PageBox(1, new Box(100, 100, 150, 110)));
  }

  @Test
  void separatePiecesOfOneLineHaveSeparateBoxes() {
    ExtractedValue value = only(List.of(new TokenSpan(0, 1), new TokenSpan(1, 2)));

    assertThat(value.boxes())
        .containsExactly(
            new PageBox(0, new Box(100, 100, 160, 110)),
            new PageBox(0, new Box(170, 98, 180, 111)));
  }

  @Test
  void confidenceIsHeldToFourDigits() {
    ExtractedValue value =
        new ExtractedValue("Quay", 0.123456, List.of(new TokenSpan(0, 1)), List.of());

    assertThat(value.confidence()).isEqualTo(0.1235);
  }

  @Test
  void fieldsWithoutValuesFallOut() {
    Prediction prediction = new Prediction(new TreeMap<>(Map.of(ADDRESS, List.of())));

    assertThat(Extraction.of(DOCUMENT, prediction, 3, DIGEST, NOON).fields()).isEmpty();
  }

  @Test
  void anExtractionNamesTheVersionItsDocumentAndItsType() {
    Extraction extraction = Extraction.of(DOCUMENT, Prediction.EMPTY, 3, DIGEST, NOON);

    assertThat(extraction)
        .isEqualTo(new Extraction(DOCUMENT.key(), "invoice", 3, DIGEST, new TreeMap<>(), NOON));
  }

  @Test
  void onlyVersionZeroHasNoDigest() {
    assertThat(Extraction.of(DOCUMENT, Prediction.EMPTY, 0, "", NOON).digest()).isEmpty();
    assertThatThrownBy(() -> Extraction.of(DOCUMENT, Prediction.EMPTY, 0, DIGEST, NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Extraction.of(DOCUMENT, Prediction.EMPTY, 1, "", NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default/inv-1");
  }

  private static ExtractedValue only(List<TokenSpan> spans) {
    PredictedValue value = new PredictedValue(DOCUMENT.text(spans), 0.9, spans);
    Prediction prediction = new Prediction(new TreeMap<>(Map.of(ADDRESS, List.of(value))));
    return Extraction.of(DOCUMENT, prediction, 3, DIGEST, NOON).fields().get(ADDRESS).get(0);
  }
}
