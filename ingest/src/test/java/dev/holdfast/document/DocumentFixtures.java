package dev.holdfast.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small documents and annotations for tests. */
public final class DocumentFixtures {
  public static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

  private DocumentFixtures() {}

  /** A document of the default collection with one page and the words on a line each. */
  public static Document document(String id, String... words) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      tokens.add(new Token(words[i], new Box(100, i, 100 + words[i].length(), i + 1), 0, i));
    }
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "invoice",
        "en",
        List.of(new Page(595, 842)),
        tokens);
  }

  /** An annotation by ana, a human, at {@link #AT}, that says nothing yet. */
  public static Said about(Document document) {
    return new Said(document.key(), "ana", Source.HUMAN, AT, Map.of());
  }

  /** An annotation that grows. */
  public record Said(
      DocumentKey document, String annotator, Source source, Instant at, Map<String, Mark> marks) {

    public Said by(String otherAnnotator, Source otherSource) {
      return new Said(document, otherAnnotator, otherSource, at, marks);
    }

    public Said at(Instant otherTime) {
      return new Said(document, annotator, source, otherTime, marks);
    }

    /** Says that these are all values of the field, places unknown; none says it is absent. */
    public Said field(String name, String... values) {
      return mark(
          name, Mark.of(List.of(values).stream().map(v -> new FieldValue(v, List.of())).toList()));
    }

    /** Says that the field has this one value in this one place. */
    public Said field(String name, String value, int start, int end) {
      return mark(
          name, Mark.of(List.of(new FieldValue(value, List.of(new TokenSpan(start, end))))));
    }

    private Said mark(String name, Mark mark) {
      Map<String, Mark> more = new LinkedHashMap<>(marks);
      more.put(name, mark);
      return new Said(document, annotator, source, at, more);
    }

    public Annotation annotation() {
      Map<FieldName, Mark> named = new LinkedHashMap<>();
      marks.forEach((name, mark) -> named.put(new FieldName(name), mark));
      return new Annotation(document, annotator, source, at, named);
    }
  }
}
