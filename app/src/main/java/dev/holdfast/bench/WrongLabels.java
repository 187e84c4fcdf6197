package dev.holdfast.bench;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An annotator who is one column off: each field gets what is said of the next one, in the order of
 * their names. A single field is said to be absent.
 */
final class WrongLabels {
  static final String ANNOTATOR = "one-column-off";

  private WrongLabels() {}

  static Example of(LabelledDocument right) {
    Annotation said = right.annotation();
    List<FieldName> fields = said.marks().keySet().stream().sorted().toList();
    Map<FieldName, Mark> wrong = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      FieldName next = fields.get((i + 1) % fields.size());
      wrong.put(fields.get(i), fields.size() == 1 ? Mark.of(List.of()) : said.marks().get(next));
    }
    return Example.unknown(right.document())
        .with(new Annotation(said.document(), ANNOTATOR, Source.HUMAN, said.at(), wrong));
  }
}
