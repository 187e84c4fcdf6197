package dev.holdfast.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.wire.JsonInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/score");

  /** Half of the last digit that the reference scorer prints, and what rounding of doubles adds. */
  private static final double FOUR_DIGITS = 0.5e-4 + 1e-9;

  private static final Document RECEIPT = document("Total 12.40 EUR 12.40");

  @Test
  void givesTheNumbersOfTheReferenceScorer() throws Exception {
    Map<String, Map<FieldName, List<String>>> predictions = predictions();
    Score score = Score.NONE;
    for (LabelledDocument labelled : LabelledDocuments.read(GOLDEN.resolve("gold.jsonl"))) {
      Document document = labelled.document();
      score =
          score.plus(
              Scorer.score(
                  document,
                  labelled.annotation().marks(),
                  predictions.getOrDefault(document.id().value(), Map.of())));
    }

    JsonInput expected =
        JsonInput.read(Files.readAllBytes(GOLDEN.resolve("expected.json")), Integer.MAX_VALUE);
    assertNumber(score.microF1(), expected.required("micro_f1"));
    assertNumber(score.macroF1(), expected.required("macro_f1"));
    assertNumber(score.precision(), expected.required("precision"));
    assertNumber(score.recall(), expected.required("recall"));
    Map<String, JsonInput> fields = expected.required("fields").members(100);
    assertThat(score.fields().keySet()).extracting(FieldName::value).isEqualTo(names(fields));
    for (Map.Entry<String, JsonInput> field : fields.entrySet()) {
      Tally tally = score.fields().get(new FieldName(field.getKey()));
      assertNumber(tally.f1(), field.getValue().required("f1"));
      assertThat(tally)
          .as(field.getKey())
          .isEqualTo(
              new Tally(
                  field.getValue().required("right").longInteger(),
                  field.getValue().required("predicted").longInteger(),
                  field.getValue().required("annotated").longInteger()));
    }
  }

  @Test
  void valueThatIsPrintedTwiceCountsOnce() {
    List<FieldValue> annotated =
        List.of(value("12.40", new TokenSpan(1, 2)), value("12.40", new TokenSpan(3, 4)));

    assertThat(Scorer.tally(RECEIPT, annotated, List.of("12.40", "12,40")))
        .isEqualTo(new Tally(1, 1, 1));
  }

  @Test
  void bothFormsOfOneValueAreOnePrediction() {
    List<FieldValue> annotated = List.of(value("twelve forty", new TokenSpan(1, 2)));

    assertThat(Scorer.tally(RECEIPT, annotated, List.of("12.40", "Twelve Forty")))
        .isEqualTo(new Tally(1, 1, 1));
  }

  @Test
  void valuePredictedForAnAbsentFieldIsWrong() {
    assertThat(Scorer.tally(RECEIPT, List.of(), List.of("12.40"))).isEqualTo(new Tally(0, 1, 0));
  }

  @Test
  void unmarkedFieldDoesNotCount() {
    FieldName total = new FieldName("total");
    FieldName currency = new FieldName("currency");

    Score score =
        Scorer.score(
            RECEIPT,
            Map.of(total, Mark.of(List.of(value("12.40", new TokenSpan(1, 2))))),
            Map.of(currency, List.of("EUR")));

    assertThat(score.fields()).isEqualTo(Map.of(total, new Tally(0, 0, 1)));
  }

  @Test
  void emptyScoreIsPerfectOverValuesAndZeroOverFields() {
    assertThat(Score.NONE.microF1()).isEqualTo(1);
    assertThat(Score.NONE.macroF1()).isEqualTo(0);
    assertThat(Score.NONE.precision()).isEqualTo(0);
    assertThat(Score.NONE.recall()).isEqualTo(0);
  }

  private static void assertNumber(double actual, JsonInput expected) throws Exception {
    assertThat(actual).as(expected.path()).isCloseTo(expected.number(), within(FOUR_DIGITS));
  }

  private static List<String> names(Map<String, JsonInput> fields) {
    return new ArrayList<>(new TreeMap<>(fields).keySet());
  }

  private static Map<String, Map<FieldName, List<String>>> predictions() throws Exception {
    Map<String, Map<FieldName, List<String>>> predictions = new HashMap<>();
    for (String line : Files.readAllLines(GOLDEN.resolve("predicted.jsonl"))) {
      JsonInput in = JsonInput.read(line.getBytes(UTF_8), Integer.MAX_VALUE);
      Map<FieldName, List<String>> fields = new HashMap<>();
      for (Map.Entry<String, JsonInput> field : in.required("fields").members(100).entrySet()) {
        List<String> texts = new ArrayList<>();
        for (JsonInput value : field.getValue().array(100)) {
          texts.add(value.required("text").text(0, 1000));
        }
        fields.put(new FieldName(field.getKey()), texts);
      }
      predictions.put(in.required("documentId").text(1, 100), fields);
    }
    return predictions;
  }

  private static FieldValue value(String text, TokenSpan span) {
    return new FieldValue(text, List.of(span));
  }

  private static Document document(String words) {
    List<Token> tokens = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      tokens.add(new Token(word, new Box(0, 0, 0, 0), 0, 0));
    }
    return new Document(
        new DocumentId("d"),
        CollectionName.DEFAULT,
        "receipt",
        "",
        List.of(new Page(600, 800)),
        tokens);
  }
}
