package dev.holdfast.bench;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Makes a type that nobody has met of one that is known: the letters of the Latin alphabet are
 * exchanged for one another throughout, a vowel for a vowel, and type and fields get other names.
 * Digits, marks, upper and lower case, lengths, places and what belongs to what stay, so that the
 * new type is as hard as the old one, and no word of it has been learned.
 */
final class Renaming {
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";

  private final String suffix;
  private final char[] letters = new char['z' + 1];

  /**
   * @param suffix of the type's and its fields' names
   * @param random decides which letter stands for which
   */
  Renaming(String suffix, RandomGenerator random) {
    this.suffix = suffix;
    exchange(VOWELS, random);
    exchange(CONSONANTS, random);
  }

  /** Shuffles by Fisher and Yates. */
  private void exchange(String kind, RandomGenerator random) {
    char[] shuffled = kind.toCharArray();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      char other = shuffled[j];
      shuffled[j] = shuffled[i];
      shuffled[i] = other;
    }
    for (int i = 0; i < shuffled.length; i++) {
      letters[kind.charAt(i)] = shuffled[i];
    }
  }

  /** The same document and annotation under other names and in other letters. */
  LabelledDocument of(LabelledDocument labelled) {
    Document old = labelled.document();
    Document document =
        new Document(
            new DocumentId(old.id() + suffix),
            old.collection(),
            old.type() + suffix,
            old.language(),
            old.pages(),
            old.tokens().stream()
                .map(t -> new Token(text(t.text()), t.box(), t.page(), t.line()))
                .toList());
    Map<FieldName, Mark> marks = new LinkedHashMap<>();
    labelled
        .annotation()
        .marks()
        .forEach((field, mark) -> marks.put(new FieldName(field + suffix), mark(mark)));
    Annotation said = labelled.annotation();
    return new LabelledDocument(
        document,
        new Annotation(document.key(), said.annotator(), said.source(), said.at(), marks));
  }

  private Mark mark(Mark mark) {
    List<FieldValue> values =
        mark.values().stream()
            .map(v -> new FieldValue(text(v.text()), v.spans(), v.candidates()))
            .toList();
    return Mark.of(values);
  }

  private String text(String text) {
    StringBuilder renamed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char lower = Character.toLowerCase(c);
      boolean known = lower < letters.length && letters[lower] != 0;
      char other = known ? letters[lower] : c;
      renamed.append(known && c != lower ? Character.toUpperCase(other) : other);
    }
    return renamed.toString();
  }
}
