package dev.holdfast.bench;

import dev.holdfast.command.Json;
import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.score.Score;
import dev.holdfast.score.Scorer;
import dev.holdfast.version.ModelParts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Documents whose fields are known, to test an extractor with.
 *
 * @param documents in the order in which they are extracted
 */
record TestSet(List<LabelledDocument> documents) {
  TestSet {
    documents = List.copyOf(documents);
  }

  /** Extracts all documents. */
  Tested test(Extractor extractor) {
    List<Prediction> predictions = new ArrayList<>();
    for (LabelledDocument labelled : documents) {
      predictions.add(extractor.extract(labelled.document()));
    }
    return new Tested(this, predictions);
  }

  /**
   * Some of the documents, always the same ones.
   *
   * @param size how many; all when there are no more
   */
  TestSet sample(int size) {
    if (size >= documents.size()) {
      return this;
    }
    List<LabelledDocument> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(1));
    return new TestSet(shuffled.subList(0, size));
  }

  /** How many words its documents have. */
  long words() {
    return documents.stream().mapToLong(labelled -> labelled.document().tokens().size()).sum();
  }

  /**
   * What an extractor found in a test set.
   *
   * @param tests the documents
   * @param predictions one for each document, in order
   */
  record Tested(TestSet tests, List<Prediction> predictions) {
    Tested {
      predictions = List.copyOf(predictions);
    }

    /** How much of it is right. */
    Score score() {
      Score score = Score.NONE;
      for (int i = 0; i < predictions.size(); i++) {
        score = score.plus(score(tests.documents.get(i), predictions.get(i)));
      }
      return score;
    }

    private static Score score(LabelledDocument labelled, Prediction prediction) {
      Map<FieldName, List<String>> texts = new HashMap<>();
      prediction
          .fields()
          .forEach(
              (field, values) ->
                  texts.put(field, values.stream().map(PredictedValue::text).toList()));
      return Scorer.score(labelled.document(), labelled.annotation().marks(), texts);
    }

    /** Writes an extraction of each document, one JSON object a line. */
    void write(Path file, Extractor by) throws IOException {
      String digest = ModelParts.split(by.weights()).content().digest().text();
      Map<FieldName, ValueKind> kinds = by.kinds();
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int i = 0; i < predictions.size(); i++) {
          Document document = tests.documents.get(i).document();
          Extraction extraction =
              Extraction.of(document, predictions.get(i), 1, digest, Instant.EPOCH)
                  .normalized(Conventions.NONE.of(document, kinds::get));
          out.write(Json.line(ExtractionJson::write, extraction));
          out.write('\n');
        }
      }
    }
  }
}
