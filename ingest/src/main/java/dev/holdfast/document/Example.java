package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A document with all that is known of its fields: what the learner learns and the monitor scores.
 *
 * @param document with every span of the statements inside its tokens
 * @param statements by field, the latest of each; a field that is not named is unknown
 */
public record Example(Document document, SortedMap<FieldName, Statement> statements) {
  public Example {
    requireNonNull(document, "document is null");
    statements = Collections.unmodifiableSortedMap(new TreeMap<>(statements));
    int tokens = document.tokens().size();
    statements.forEach(
        (field, statement) -> {
          for (FieldValue value : statement.mark().values()) {
            check(document, field, value, tokens);
          }
        });
  }

  private static void check(Document document, FieldName field, FieldValue value, int tokens) {
    for (TokenSpan span : value.spans()) {
      if (span.end() > tokens) {
        throw new IllegalArgumentException(
            "document %s, field %s: expected spans within %d tokens, was [%d, %d)"
                .formatted(document.id(), field, tokens, span.start(), span.end()));
      }
    }
    for (TokenSpan span : value.candidates()) {
      if (span.end() > tokens) {
        throw new IllegalArgumentException(
            "document %s, field %s: expected candidates within %d tokens, was [%d, %d)"
                .formatted(document.id(), field, tokens, span.start(), span.end()));
      }
    }
  }

  /** A document of which nothing is known yet. */
  public static Example unknown(Document document) {
    return new Example(document, Collections.emptySortedMap());
  }

  /**
   * This example with the annotation's statements, values without a place looked up in the tokens.
   * Field by field the later statement wins; of two at the same instant the one that is added
   * later.
   *
   * @throws IllegalArgumentException when the annotation is of another document or a span lies
   *     outside its tokens
   */
  public Example with(Annotation annotation) {
    if (!annotation.document().equals(document.key())) {
      throw new IllegalArgumentException(
          "expected an annotation of %s, was of %s"
              .formatted(document.key(), annotation.document()));
    }
    Alignment alignment = new Alignment(document);
    SortedMap<FieldName, Statement> merged = new TreeMap<>(statements);
    for (Map.Entry<FieldName, Mark> mark : annotation.marks().entrySet()) {
      Statement before = merged.get(mark.getKey());
      if (before == null || !annotation.at().isBefore(before.at())) {
        merged.put(
            mark.getKey(),
            new Statement(
                alignment.locate(mark.getValue()),
                annotation.annotator(),
                annotation.source(),
                annotation.at()));
      }
    }
    return new Example(document, merged);
  }

  /**
   * The same statements about newer content of the same document. A value keeps its spans where the
   * newer content prints the same there; any other is looked up by its text, and has no place when
   * it is not found. That a field is absent stays said until somebody says otherwise.
   *
   * @throws IllegalArgumentException when it is another document
   */
  public Example movedTo(Document newer) {
    if (!newer.key().equals(document.key())) {
      throw new IllegalArgumentException(
          "expected newer content of %s, was %s".formatted(document.key(), newer.key()));
    }
    Alignment alignment = new Alignment(newer);
    return withMarks(newer, mark -> alignment.relocate(document, mark));
  }

  private Example withMarks(Document about, UnaryOperator<Mark> change) {
    SortedMap<FieldName, Statement> changed = new TreeMap<>();
    statements.forEach(
        (field, said) ->
            changed.put(
                field,
                new Statement(
                    change.apply(said.mark()), said.annotator(), said.source(), said.at())));
    return new Example(about, changed);
  }

  /** The same statements with their values as text alone. */
  public Example withoutPlaces() {
    return withMarks(
        document,
        mark ->
            Mark.of(
                mark.values().stream()
                    .map(value -> new FieldValue(value.text(), List.of()))
                    .toList()));
  }

  /**
   * Whether this says nothing that the other does not say, and the other way round; when it was
   * said does not matter.
   */
  public boolean repeats(Example other) {
    return document.equals(other.document)
        && statements.keySet().equals(other.statements.keySet())
        && statements.entrySet().stream()
            .allMatch(entry -> entry.getValue().repeats(other.statements.get(entry.getKey())));
  }

  /** Whether a later statement than the annotation's is known for at least one of its fields. */
  public boolean overtook(Annotation annotation) {
    return annotation.marks().keySet().stream()
        .map(field -> statements.get(field))
        .anyMatch(known -> known != null && known.at().isAfter(annotation.at()));
  }

  /** A document with marks that may be learned, when nobody remembers who taught them. */
  public static Example taught(Document document, SortedMap<FieldName, Mark> marks) {
    SortedMap<FieldName, Statement> statements = new TreeMap<>();
    marks.forEach(
        (field, mark) ->
            statements.put(field, new Statement(mark, "", Source.IMPORT, Instant.EPOCH)));
    return new Example(document, statements);
  }

  /** The marks that may be learned: statements of people, directly or imported. */
  public SortedMap<FieldName, Mark> taught() {
    SortedMap<FieldName, Mark> taught = new TreeMap<>();
    statements.forEach(
        (field, statement) -> {
          if (statement.source().teaches()) {
            taught.put(field, statement.mark());
          }
        });
    return taught;
  }
}
