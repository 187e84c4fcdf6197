package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows of one collection, but for its documents.
 *
 * <p>Not thread-safe.
 */
final class CollectionBoard {
  private final QualityHistory history = new QualityHistory();
  private final ForgettingMatrix matrix = new ForgettingMatrix();
  private final FieldTable fields;
  private final Notices notices = new Notices();
  private Optional<Standing> standing = Optional.empty();

  CollectionBoard(double fadingFactor) {
    fields = new FieldTable(fadingFactor);
  }

  void scored(ScoredDocument document, long atMillis) {
    history.scored(atMillis, document.collectionF1());
    matrix.scored(document, atMillis);
    fields.scored(document);
  }

  void version(Manifest manifest) {
    history.version(manifest);
  }

  void notice(Notice notice) {
    notices.add(notice);
  }

  void refusal(Refusal refusal) {
    notices.refusal(refusal);
  }

  void standing(Standing now) {
    standing = Optional.of(now);
  }

  /** Its members, into an object that is open. */
  void write(JsonGenerator out) throws IOException {
    if (standing.isPresent()) {
      write(out, standing.get());
    }
    history.write(out);
    out.writeFieldName("matrix");
    matrix.write(out);
    out.writeFieldName("fields");
    fields.write(out);
    out.writeFieldName("notices");
    notices.write(out);
  }

  private static void write(JsonGenerator out, Standing now) throws IOException {
    out.writeObjectFieldStart("standing");
    out.writeNumberField("scored", now.scored());
    Numbers.field(out, "f1", now.f1());
    Numbers.field(out, "allF1", now.allF1());
    Numbers.field(out, "estimatedF1", now.estimatedF1());
    Numbers.field(out, "calibrationError", now.calibrationError());
    Numbers.field(out, "backwardTransfer", now.backwardTransfer());
    out.writeObjectFieldStart("levels");
    for (Map.Entry<String, Double> level : now.levels().entrySet()) {
      Numbers.field(out, level.getKey(), level.getValue());
    }
    out.writeEndObject();
    out.writeBooleanField("drifting", now.drifting());
    Numbers.field(out, "newTypes", now.newTypes());
    Numbers.field(out, "newWords", now.newWords());
    out.writeEndObject();
  }
}
