package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.process.SettingsReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Values as documents of the world print them, learned from a few and read in others. */
class RealFieldsTest {
  private static final FieldName TOTAL = new FieldName("total");
  private static final FieldName NUMBER = new FieldName("number");
  private static final FieldName COMPANY = new FieldName("company");
  private static final FieldName ADDRESS = new FieldName("address");
  private static final FieldName TOWN = new FieldName("town");

  private static final LearningSettings SMALL =
      LearningSettings.from(new SettingsReader(Map.of("t.learning.youth-rehearsals", "200"), "t"));

  /** Annotated by the text of its values alone. */
  private static Example example(String id, String text, Map<FieldName, String> values) {
    Document document = NetworkFixtures.document(id, text);
    Map<FieldName, Mark> marks = new HashMap<>();
    values.forEach(
        (field, value) -> marks.put(field, Mark.of(List.of(new FieldValue(value, List.of())))));
    return Example.unknown(document)
        .with(new Annotation(document.key(), "reviewer", Source.HUMAN, Instant.EPOCH, marks));
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private static void readsOthers(IntFunction<Example> examples) {
    ContinualLearner learner = new ContinualLearner(SMALL);
    for (int i = 0; i < 16; i++) {
      learner.learn(List.of(examples.apply(i)), i);
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), i);
      }
    }
    try (Extractor extractor = new Extractor(learner.weights())) {
      for (int i = 100; i < 106; i++) {
        Example unseen = examples.apply(i);
        Prediction prediction = extractor.extract(unseen.document());
        unseen
            .taught()
            .forEach(
                (field, mark) ->
                    assertThat(prediction.fields().get(field))
                        .as("%s of %s", field, unseen.document().id())
                        .extracting(PredictedValue::text)
                        .containsExactly(mark.values().get(0).text()));
      }
    }
  }

  @Test
  void valuesInWritingWithoutSpaces() {
    readsOthers(
        i -> {
          Random random = new Random(i);
          String company =
              "株式会社" + pick(random, "山田", "佐藤", "東京", "中央", "北川") + pick(random, "商店", "工業", "印刷");
          String total = "%d,%s".formatted(1 + random.nextInt(99), digits(random, 3));
          String number = digits(random, 5);
          return example(
              "invoice-" + i,
              "%s御中 | 請求書番号%s | 小計%s円 | 合計金額%s円"
                  .formatted(company, number, digits(random, 3), total),
              Map.of(COMPANY, company, TOTAL, total, NUMBER, number));
        });
  }

  @Test
  void valuesAmongWordsFromRightToLeft() {
    readsOthers(
        i -> {
          Random random = new Random(i);
          String company =
              pick(random, "כהן", "לוי", "מזרחי", "פרץ") + " " + pick(random, "ובניו", "ושות׳");
          String total = digits(random, 2) + "." + digits(random, 2);
          String number = "0" + digits(random, 4);
          return example(
              "invoice-" + i,
              "לכבוד %s בע״מ | חשבונית %s | מע״מ %s | סה״כ:%s"
                  .formatted(company, number, digits(random, 2), total),
              Map.of(COMPANY, company, TOTAL, total, NUMBER, number));
        });
  }

  @Test
  void aFieldWithinAnother() {
    readsOthers(
        i -> {
          Random random = new Random(i);
          String town = pick(random, "Bath", "York", "Leeds", "Ely", "Hull");
          String address =
              "%s %s %s, %s"
                  .formatted(
                      1 + random.nextInt(99),
                      pick(random, "High", "Mill", "Abbey"),
                      pick(random, "Street", "Lane"),
                      town);
          return example(
              "order-" + i,
              "Order of today | Deliver to %s | by van".formatted(address),
              Map.of(ADDRESS, address, TOWN, town));
        });
  }

  @Test
  void aPlaceIsThatOfTheTokensThatPrintTheValue() {
    Example example = example("slip", "合計金額1,240円 領収", Map.of(TOTAL, "1,240"));
    ContinualLearner learner = new ContinualLearner(SMALL);
    learner.learn(List.of(example), 1);

    try (Extractor extractor = new Extractor(learner.weights())) {
      PredictedValue value = extractor.extract(example.document()).fields().get(TOTAL).get(0);
      assertThat(value.text()).isEqualTo("1,240");
      assertThat(value.spans()).containsExactly(new TokenSpan(0, 1));
    }
  }
}
