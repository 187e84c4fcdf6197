package dev.holdfast.continual;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.process.SettingsReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Slips, right ones and wrong ones, and settings for tests of the gate. */
final class GateFixtures {
  static final String LIAR = "liar";

  private GateFixtures() {}

  /**
   * Settings of little rehearsal, others as given: keys below {@code gate.} and {@code learning.}.
   */
  static LearningSettings settings(String... keysAndValues) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "t.learning.idle-rehearsals", "2",
                "t.learning.rehearsals", "0",
                "t.learning.visits", "8",
                "t.learning.youth-rehearsals", "40",
                "t.learning.encoder-share", "0",
                "t.learning.masked-share", "0",
                "t.gate.held-back-share", "0.3",
                "t.gate.rehearsals", "20"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("t." + keysAndValues[i], keysAndValues[i + 1]);
    }
    SettingsReader reader = new SettingsReader(values, "t");
    LearningSettings settings = LearningSettings.from(reader);
    reader.finish();
    return settings;
  }

  /** Slip number i with the wrong words as number and total, as the liar says. */
  static Example wrongSlip(int i) {
    return wrongSlip(i, LIAR);
  }

  static Example wrongSlip(int i, String annotator) {
    Document document = NetworkFixtures.slip(i).document();
    return Example.unknown(document)
        .with(
            new Annotation(
                document.key(),
                annotator,
                Source.HUMAN,
                Instant.EPOCH,
                Map.of(
                    NetworkFixtures.NUMBER, at(document, 10),
                    NetworkFixtures.TOTAL, at(document, 2))));
  }

  private static Mark at(Document document, int token) {
    TokenSpan span = new TokenSpan(token, token + 1);
    return Mark.of(List.of(new FieldValue(document.text(List.of(span)), List.of(span))));
  }

  static Example about(Document document, FieldName field) {
    return Example.unknown(document)
        .with(
            new Annotation(
                document.key(),
                "reviewer",
                Source.HUMAN,
                Instant.EPOCH,
                Map.of(field, Mark.of(List.of()))));
  }
}
