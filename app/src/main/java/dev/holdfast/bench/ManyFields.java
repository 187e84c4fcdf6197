package dev.holdfast.bench;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Forms of a collection with a given number of fields. A kind of form has up to {@value
 * #FIELDS_OF_A_FORM} of them, one a line: its label, which is printed for no other field, and its
 * value, which any field could have. Every form names all fields of its kind, and they stand in
 * another order each time.
 */
final class ManyFields {
  static final int FIELDS_OF_A_FORM = 25;

  private static final String[] SYLLABLES = {
    "ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve"
  };
  private static final int LINE = 30;

  private final int fields;
  private final SplittableRandom random;

  /** Forms with so many different fields in all; the same seed gives the same forms. */
  ManyFields(int fields, long seed) {
    this.fields = fields;
    random = new SplittableRandom(seed);
  }

  /** The given number of forms, kinds in turn. */
  List<LabelledDocument> forms(int count) {
    List<LabelledDocument> forms = new ArrayList<>();
    int kinds = (fields + FIELDS_OF_A_FORM - 1) / FIELDS_OF_A_FORM;
    for (int i = 0; i < count; i++) {
      forms.add(form(i, i % kinds));
    }
    return forms;
  }

  private LabelledDocument form(int number, int kind) {
    List<Integer> order = new ArrayList<>();
    int first = kind * FIELDS_OF_A_FORM;
    for (int field = first; field < Math.min(fields, first + FIELDS_OF_A_FORM); field++) {
      order.add(field);
    }
    Collections.shuffle(order, new Random(random.nextLong()));
    List<Token> tokens = new ArrayList<>();
    Map<FieldName, Mark> marks = new TreeMap<>();
    for (int line = 0; line < order.size(); line++) {
      int field = order.get(line);
      String value = Integer.toString(random.nextInt(1_000, 1_000_000));
      tokens.add(token(label(field), 40, line));
      marks.put(
          new FieldName("field-" + field),
          Mark.of(
              List.of(
                  new FieldValue(
                      value, List.of(new TokenSpan(tokens.size(), tokens.size() + 1))))));
      tokens.add(token(value, 400, line));
    }
    Document document =
        new Document(
            new DocumentId("form-" + number),
            CollectionName.DEFAULT,
            "form-" + kind,
            "",
            List.of(new Page(600, 800)),
            tokens);
    return new LabelledDocument(
        document, new Annotation(document.key(), "bench", Source.IMPORT, Instant.EPOCH, marks));
  }

  private static Token token(String text, int x, int line) {
    int y = LINE * (line + 1);
    return new Token(text, new Box(x, y, x + 200, y + LINE - 10), 0, line);
  }

  /** A word for each field: its number spelled in syllables. */
  private static String label(int field) {
    StringBuilder label = new StringBuilder();
    int rest = field + SYLLABLES.length * SYLLABLES.length;
    while (rest > 0) {
      label.append(SYLLABLES[rest % SYLLABLES.length]);
      rest /= SYLLABLES.length;
    }
    return label.toString();
  }
}
