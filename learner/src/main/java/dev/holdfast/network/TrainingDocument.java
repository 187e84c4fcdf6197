package dev.holdfast.network;

import dev.holdfast.document.Alignment;
import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.TokenSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A document made ready to be learned many times: its features resolved to rows, and for each field
 * that is known the states that each token may take. A field that is not known is not here, so
 * nothing about it can be learned.
 *
 * <p>Belongs to the {@link Network} that made it.
 */
public final class TrainingDocument {
  private static final int SHORTEST_REPEAT = 3;

  final Reading reading;
  private final Document document;
  private final SortedMap<FieldName, Mark> marks;

  /** The marks by pieces of tokens. */
  final SortedMap<FieldName, Mark> marksInPieces;

  final Features features;

  /** Rows of the wide table that occur, each once. */
  final int[] rows;

  /** For each feature of each token, its place in {@link #rows}. */
  final int[] local;

  /** Numbers of the fields that can be learned from it, in the order of their names. */
  final int[] fields;

  /** Allowed states of each token by field, as bits. */
  final byte[][] allowed;

  /** Places of which exactly one is a value, by field; empty when all places are known. */
  final List<List<List<TokenSpan>>> choices;

  TrainingDocument(
      Reading reading,
      SortedMap<FieldName, Mark> marks,
      Features features,
      int[] rows,
      int[] local,
      Map<FieldName, Integer> numbers,
      Supervision.Repeats repeats) {
    this.reading = reading;
    document = reading.document();
    this.marks = marks;
    this.features = features;
    this.rows = rows;
    this.local = local;
    String[] words = Alignment.normalWords(reading.pieces);
    marksInPieces = new TreeMap<>();
    marks.forEach((name, mark) -> marksInPieces.put(name, reading.mark(mark, words)));
    Map<String, List<Integer>> places = places(words);
    List<byte[]> allowedStates = new ArrayList<>();
    choices = new ArrayList<>();
    int[] known = new int[marks.size()];
    int count = 0;
    for (Map.Entry<FieldName, Mark> mark : marksInPieces.entrySet()) {
      // A value that stands nowhere says that the field is there, but not where: nothing to learn
      // from.
      List<FieldValue> values = mark.getValue().values();
      boolean lost =
          values.stream()
              .anyMatch(value -> value.spans().isEmpty() && value.candidates().isEmpty());
      if (!lost) {
        known[count++] = numbers.get(mark.getKey());
        allowedStates.add(states(values, words, places, repeats));
        choices.add(choices(values));
      }
    }
    fields = Arrays.copyOf(known, count);
    allowed = allowedStates.toArray(new byte[0][]);
  }

  /** The same, when the rows of the wide table have other numbers. */
  private TrainingDocument(TrainingDocument other, int[] rows) {
    reading = other.reading;
    document = other.document;
    marks = other.marks;
    marksInPieces = other.marksInPieces;
    features = other.features;
    this.rows = rows;
    local = other.local;
    fields = other.fields;
    allowed = other.allowed;
    choices = other.choices;
  }

  /**
   * The same, when the rows of the wide table have other numbers.
   *
   * @param numbers new ones of all rows
   */
  TrainingDocument renumbered(int[] numbers) {
    return new TrainingDocument(this, Arrays.stream(rows).map(row -> numbers[row]).toArray());
  }

  public Document document() {
    return document;
  }

  /** The same without what is known of its fields. */
  public UnlabelledDocument unlabelled() {
    return new UnlabelledDocument(features);
  }

  /** What is known of its fields, as it was taught. */
  public SortedMap<FieldName, Mark> marks() {
    return marks;
  }

  /** Its length in pieces of tokens. */
  public int tokens() {
    return features.tokens;
  }

  /**
   * The states that its j-th known field may be in. Of places where one must be the value, the one
   * that is now most probable is taken.
   *
   * @param chain of the field, loaded
   * @param longest of the field's values so far, in pieces of tokens
   */
  byte[] states(int j, Chain chain, int longest) {
    byte[] states = allowed[j];
    if (choices.get(j).isEmpty()) {
      return states;
    }
    Map<TokenSpan, Float> probability = new HashMap<>();
    chain.spans(0, longest + 1, (start, end, p) -> probability.put(new TokenSpan(start, end), p));
    byte[] chosen = states.clone();
    for (List<TokenSpan> candidates : choices.get(j)) {
      TokenSpan best = candidates.get(0);
      for (TokenSpan candidate : candidates) {
        if (probability.getOrDefault(candidate, 0f) > probability.getOrDefault(best, 0f)) {
          best = candidate;
        }
      }
      fix(chosen, best);
    }
    return chosen;
  }

  private static Map<String, List<Integer>> places(String[] words) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < words.length; i++) {
      places.computeIfAbsent(words[i], word -> new ArrayList<>()).add(i);
    }
    return places;
  }

  private static byte[] states(
      List<FieldValue> values,
      String[] words,
      Map<String, List<Integer>> places,
      Supervision.Repeats repeats) {
    byte[] states = new byte[words.length];
    Arrays.fill(states, (byte) (1 << Chain.OUTSIDE));
    boolean[] taken = new boolean[words.length];
    for (FieldValue value : values) {
      for (TokenSpan span : value.spans()) {
        if (free(taken, span)) {
          fix(states, span);
          Arrays.fill(taken, span.start(), span.end(), true);
        }
      }
    }
    for (FieldValue value : values) {
      // Where else the same words stand, nobody said that it is not the value: any state may be.
      if (repeats == Supervision.Repeats.FREE && value.spans().size() == 1) {
        TokenSpan span = value.spans().get(0);
        String[] wanted = Arrays.copyOfRange(words, span.start(), span.end());
        if (String.join("", wanted).length() >= SHORTEST_REPEAT) {
          for (int start : places.get(wanted[0])) {
            freeRepeat(states, taken, words, wanted, start);
          }
        }
      }
      for (TokenSpan span : value.candidates()) {
        if (free(taken, span)) {
          Arrays.fill(states, span.start(), span.end(), Chain.FREE);
        }
      }
    }
    return states;
  }

  private static void freeRepeat(
      byte[] states, boolean[] taken, String[] words, String[] wanted, int start) {
    int end = start + wanted.length;
    if (end <= words.length
        && Arrays.equals(words, start, end, wanted, 0, wanted.length)
        && free(taken, new TokenSpan(start, end))) {
      Arrays.fill(states, start, end, Chain.FREE);
    }
  }

  private static boolean free(boolean[] taken, TokenSpan span) {
    for (int i = span.start(); i < span.end(); i++) {
      if (taken[i]) {
        return false;
      }
    }
    return true;
  }

  /** Allows nothing but that the span is a value. */
  private static void fix(byte[] states, TokenSpan span) {
    for (int i = span.start(); i < span.end(); i++) {
      states[i] = (byte) (1 << (i == span.start() ? Chain.BEGIN : Chain.INSIDE));
    }
  }

  private static List<List<TokenSpan>> choices(List<FieldValue> values) {
    return values.stream()
        .map(FieldValue::candidates)
        .filter(candidates -> !candidates.isEmpty())
        .toList();
  }
}
