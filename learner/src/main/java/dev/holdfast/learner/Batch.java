package dev.holdfast.learner;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.version.LearnedExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of one round: a run of one collection's examples in the order of the log. Of a
 * document that is there more than once only the last is learned, since it says all that the others
 * say or says it better.
 *
 * @param from offset of the first
 * @param to one past the last
 * @param records what is learned
 */
record Batch(long from, long to, List<ExampleRecord> records) {
  Batch {
    records = List.copyOf(records);
  }

  /** A round without examples after all that lie below the offset. */
  static Batch none(long offset) {
    return new Batch(offset, offset, List.of());
  }

  /**
   * A round of these.
   *
   * @param run all of one collection, in the order of the log, at least one
   */
  static Batch of(List<ExampleRecord> run) {
    Map<DocumentId, ExampleRecord> latest = new LinkedHashMap<>();
    for (ExampleRecord record : run) {
      DocumentId document = record.example().document().id();
      // Removed first, so that it takes its place among the others anew.
      latest.remove(document);
      latest.put(document, record);
    }
    return new Batch(
        run.get(0).offset(), run.get(run.size() - 1).offset() + 1, List.copyOf(latest.values()));
  }

  List<Example> examples() {
    return records.stream().map(ExampleRecord::example).toList();
  }

  List<LearnedExample> learned() {
    return records.stream().map(ExampleRecord::learned).toList();
  }
}
