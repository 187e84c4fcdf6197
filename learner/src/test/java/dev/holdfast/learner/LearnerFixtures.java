package dev.holdfast.learner;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import dev.holdfast.process.SettingsReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Examples, settings and time for tests of the rounds. */
final class LearnerFixtures {
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private LearnerFixtures() {}

  /** Time that goes on only when a test says so. */
  static final class TestClock implements InstantSource {
    private Instant now = START;

    void advanceMillis(long millis) {
      now = now.plusMillis(millis);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  static Example example(String collection, String document) {
    return example(collection, document, Source.HUMAN);
  }

  static Example example(String collection, String document, Source source) {
    Document empty =
        new Document(
            new DocumentId(document), new CollectionName(collection), "", "", List.of(), List.of());
    return Example.unknown(empty)
        .with(
            new Annotation(
                empty.key(),
                "ana",
                source,
                START,
                Map.of(new FieldName("total"), Mark.of(List.of()))));
  }

  /** Every round a version, no rehearsal, one checkpoint at the end only, unless set otherwise. */
  static LearnerSettings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("learner.publish.min-interval-millis", "0");
    values.put("learner.rehearsal.idle", "false");
    values.put("learner.checkpoint.every-rounds", "1000");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("learner." + keysAndValues[i], keysAndValues[i + 1]);
    }
    SettingsReader reader = new SettingsReader(values, "learner");
    LearnerSettings settings = LearnerSettings.from(reader);
    reader.finish();
    return settings;
  }
}
