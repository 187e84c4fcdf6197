package dev.holdfast.continual;

import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Statement;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.score.Score;
import dev.holdfast.score.Scorer;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document with what people teach of it, to score with and not to learn.
 *
 * @param document the document
 * @param marks what is taught of its fields
 * @param annotator who said the latest of it; empty when not said
 */
record HeldDocument(Document document, SortedMap<FieldName, Mark> marks, String annotator) {
  private static final Logger log = LoggerFactory.getLogger(HeldDocument.class);

  HeldDocument {
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  static HeldDocument of(Example example) {
    return new HeldDocument(example.document(), example.taught(), annotator(example));
  }

  /** Who said the latest of what an example teaches; empty when not said. */
  static String annotator(Example example) {
    return example.statements().values().stream()
        .filter(statement -> statement.source().teaches())
        .max(Comparator.comparing(Statement::at))
        .map(Statement::annotator)
        .orElse("");
  }

  /** How much a version gets right of it; nothing when the version fails on it. */
  Score score(Extractor version) {
    Map<FieldName, List<String>> texts = new HashMap<>();
    read(version)
        .fields()
        .forEach(
            (field, values) ->
                texts.put(field, values.stream().map(PredictedValue::text).toList()));
    return Scorer.score(document, marks, texts);
  }

  private Prediction read(Extractor version) {
    try {
      return version.extract(document);
    } catch (RuntimeException e) {
      // Nobody would ever be able to judge a version again. Whoever serves fails on it as well, and
      // says so; here it counts as read wrongly, by every version that fails on it.
      log.error("document {} is held back, and a version fails on it", document.key(), e);
      return Prediction.EMPTY;
    }
  }
}
