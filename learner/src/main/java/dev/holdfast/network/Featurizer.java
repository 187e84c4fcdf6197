package dev.holdfast.network;

import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.Token;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a document into {@link Features}: hashes of each word, of its neighbours in reading order,
 * on its line and on the lines around it, and of its place. Cost is linear in the tokens.
 * Stateless, thread-safe, and the same for ever: a changed feature is a changed model format.
 */
final class Featurizer {
  private static final int MAX_TRIGRAMS = 14;
  private static final int WORDS_BEFORE_ON_LINE = 6;
  private static final int WORDS_AFTER_ON_LINE = 4;
  private static final int FIRST_WORDS_OF_LINE = 3;
  private static final int TYPICAL_WIDE = 68;
  private static final int TYPICAL_OWN = 20;

  private Featurizer() {}

  static Features of(Reading reading) {
    return new Build(reading).features();
  }

  private static final class Build {
    private final Reading reading;
    private final String type;
    private final List<Token> tokens;
    private final int n;
    private final Word[] words;

    /** Tokens that are read in pieces, each once however many pieces it has. */
    private final Map<String, Word> wholes = new HashMap<>();

    private final Lines lines;
    private final Headings headings;
    private final int[] above;
    private final int[] below;
    private final double largestAmount;
    private int[] wide;
    private int wideSize;
    private int[] own;
    private int ownSize;

    Build(Reading reading) {
      this.reading = reading;
      Document document = reading.pieces;
      type = document.type();
      tokens = document.tokens();
      n = tokens.size();
      words = new Word[n];
      Map<String, Word> seen = new HashMap<>();
      double largest = 0;
      for (int i = 0; i < n; i++) {
        words[i] = seen.computeIfAbsent(tokens.get(i).text(), text -> new Word(text, MAX_TRIGRAMS));
        largest = Math.max(largest, words[i].amount);
      }
      largestAmount = largest;
      lines = new Lines(document);
      headings = new Headings(lines, words);
      above = lines.nearest(document, -1);
      below = lines.nearest(document, 1);
      wide = new int[n * TYPICAL_WIDE];
      own = new int[n * TYPICAL_OWN];
    }

    Features features() {
      int[] wideEnd = new int[n];
      int[] ownEnd = new int[n];
      float[] layout = new float[n * Features.LAYOUT];
      for (int i = 0; i < n; i++) {
        word(i);
        neighbours(i);
        place(i);
        line(i);
        surroundings(i);
        piece(i);
        wideEnd[i] = wideSize;
        ownWord(words[i]);
        ownEnd[i] = ownSize;
        layout(i, layout, i * Features.LAYOUT);
      }
      return new Features(
          n,
          Arrays.copyOf(wide, wideSize),
          wideEnd,
          Arrays.copyOf(own, ownSize),
          ownEnd,
          layout,
          Applicability.view(words, type));
    }

    private void add(int group, int value) {
      if (wideSize == wide.length) {
        wide = Arrays.copyOf(wide, wide.length * 2);
      }
      wide[wideSize++] = Hash.in(group, value);
    }

    private boolean largest(int i) {
      return words[i].amount > 0 && words[i].amount == largestAmount;
    }

    private void word(int i) {
      Word word = words[i];
      add(1, word.upper);
      add(2, word.shape);
      for (int e = 0; e < word.ends.length; e++) {
        add(3 + e, word.ends[e]);
      }
      add(9, Math.min(15, word.length));
      add(10, word.kinds);
      flags(11, word);
      if (largest(i)) {
        add(12, 1);
      }
    }

    private void flags(int group, Word word) {
      for (int flag = Word.AMOUNT; flag <= Word.DIGIT; flag <<= 1) {
        if ((word.flags & flag) != 0) {
          add(group, flag);
        }
      }
    }

    private void neighbours(int i) {
      for (int offset = -2; offset <= 2; offset++) {
        if (offset == 0) {
          continue;
        }
        int group = 20 + 3 * (offset + 2);
        int j = i + offset;
        if (j < 0 || j >= n) {
          add(group, 0);
        } else {
          add(group, words[j].upper);
          add(group + 1, words[j].shape);
          flags(group + 2, words[j]);
        }
      }
    }

    private void place(int i) {
      Token token = tokens.get(i);
      Box box = token.box();
      int line = lines.lineOf[i];
      add(40, Math.min(line, 12));
      add(41, Math.min(lines.count() - 1 - line, 12));
      add(42, Math.min(token.page(), 3));
      add(43, box.y0() / 100);
      add(44, box.x0() / 166);
      add(45, box.x1() / 166);
      add(46, Math.min(8, (box.y1() - box.y0()) / 5));
      add(47, Math.min(12, lines.length(line)));
    }

    private void line(int i) {
      int line = lines.lineOf[i];
      int place = lines.placeOf[i];
      int length = lines.length(line);
      add(50, Math.min(place, 8));
      add(51, Math.min(length - 1 - place, 8));
      for (int k = 0; k < FIRST_WORDS_OF_LINE; k++) {
        lineWord(52, line, k);
        lineWord(53, line - 1, k);
        lineWord(54, line + 1, k);
      }
      for (int k = Math.max(0, place - WORDS_BEFORE_ON_LINE); k < place; k++) {
        add(55, words[lines.token(line, k)].folded);
      }
      for (int k = place + 1; k < Math.min(length, place + 1 + WORDS_AFTER_ON_LINE); k++) {
        add(56, words[lines.token(line, k)].folded);
      }
      add(57, words[lines.token(line, 0)].folded * 31 + words[i].shape);
    }

    private void surroundings(int i) {
      int heading = headings.of[lines.lineOf[i]];
      add(60, heading);
      add(61, Hash.in(heading, words[i].shape));
      add(62, Math.min(headings.distance[lines.lineOf[i]], 6));
      add(63, Hash.in(i == 0 ? 0 : words[i - 1].core, words[i].core));
      add(64, Hash.in(i + 1 == n ? 0 : words[i + 1].core, words[i].core));
      add(65, above[i] < 0 ? 0 : words[above[i]].upper);
      add(66, below[i] < 0 ? 0 : words[below[i]].upper);
    }

    /** What only a part of a token has: the whole of it, and which part it is. */
    private void piece(int i) {
      boolean begins = reading.beginsToken(i);
      boolean ends = reading.endsToken(i);
      if (!begins || !ends) {
        Word whole = wholes.computeIfAbsent(reading.token(i).text(), text -> new Word(text, 0));
        add(70, whole.folded);
        add(71, whole.shape);
        add(72, (begins ? 1 : 0) + (ends ? 2 : 0));
      }
    }

    private void lineWord(int group, int line, int place) {
      int j = lines.token(line, place);
      if (j >= 0) {
        add(group, words[j].upper);
      }
    }

    private void ownWord(Word word) {
      int needed = ownSize + word.ends.length + word.trigrams.length + 4;
      if (needed > own.length) {
        own = Arrays.copyOf(own, Math.max(needed, own.length * 2));
      }
      own[ownSize++] = Hash.in(1, word.upper);
      own[ownSize++] = Hash.in(2, word.folded);
      own[ownSize++] = Hash.in(3, word.core);
      own[ownSize++] = Hash.in(4, word.shape);
      for (int e = 0; e < word.ends.length; e++) {
        own[ownSize++] = Hash.in(5 + e, word.ends[e]);
      }
      for (int trigram : word.trigrams) {
        own[ownSize++] = Hash.in(11, trigram);
      }
    }

    private void layout(int i, float[] out, int at) {
      Box box = tokens.get(i).box();
      int place = lines.placeOf[i];
      int left = lines.length(lines.lineOf[i]) - 1 - place;
      Word word = words[i];
      out[at] = box.x0() / 1000f;
      out[at + 1] = box.x1() / 1000f;
      out[at + 2] = box.y0() / 1000f;
      out[at + 3] = box.y1() / 1000f;
      out[at + 4] = Math.min(2f, (box.y1() - box.y0()) / 30f);
      out[at + 5] = (word.flags & Word.AMOUNT) != 0 ? 1 : 0;
      out[at + 6] = (word.flags & Word.DATE) != 0 ? 1 : 0;
      out[at + 7] = (word.flags & Word.DIGIT) != 0 ? 1 : 0;
      out[at + 8] = largest(i) ? 1 : 0;
      out[at + 9] = Math.min(2f, place / 10f);
      out[at + 10] = Math.min(2f, left / 10f);
      out[at + 11] = (float) i / n;
    }
  }
}
