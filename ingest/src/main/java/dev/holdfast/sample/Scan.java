package dev.holdfast.sample;

import dev.holdfast.document.Box;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.sample.Canvas.Placed;
import dev.holdfast.sample.Text.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scanner and its character recognition make of a canvas: tokens in reading order, row by
 * row over all columns, a little askew and with a few wrong characters. The gold annotation is of
 * what was recognized, so its texts are exact.
 */
final class Scan {
  private static final List<String> CONFUSIONS =
      List.of("l1", "I1", "O0", "o0", "S5", "e c", "B8", "m rn", "h b", "c e", "u ii", "t f");

  private final List<Page> pages;
  private final Dice dice;
  private final double errors;
  private final double shiftX;
  private final double shiftY;
  private final double slope;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  private Scan(Canvas canvas, Dice dice) {
    this.pages = canvas.pages();
    this.dice = dice;
    this.errors = dice.chance(0.7) ? 0.002 : dice.between(0.005, 0.03);
    this.shiftX = dice.between(-0.01, 0.01);
    this.shiftY = dice.between(-0.008, 0.008);
    this.slope = dice.chance(0.5) ? 0 : dice.between(-0.004, 0.004);
  }

  static Scan of(Canvas canvas, Dice dice) {
    Scan scan = new Scan(canvas, dice);
    int line = 0;
    for (List<Placed> row : rows(canvas.placed())) {
      scan.read(row, line++);
    }
    return scan;
  }

  List<Page> pages() {
    return pages;
  }

  List<Token> tokens() {
    return List.copyOf(tokens);
  }

  /** Every field of the list: present with the values found on the canvas, or absent. */
  Map<FieldName, Mark> marks(List<FieldName> fields) {
    Map<Value, List<TokenSpan>> spans = new LinkedHashMap<>();
    for (int start = 0; start < values.size(); ) {
      Value value = values.get(start);
      int end = start + 1;
      while (end < values.size() && values.get(end) == value && samePiece(end - 1, end)) {
        end++;
      }
      if (value != Value.NONE) {
        spans.computeIfAbsent(value, v -> new ArrayList<>()).add(new TokenSpan(start, end));
      }
      start = end;
    }
    Map<FieldName, List<FieldValue>> found = new LinkedHashMap<>();
    fields.forEach(field -> found.put(field, new ArrayList<>()));
    spans.forEach((value, places) -> found.get(value.field()).add(fieldValue(places)));
    Map<FieldName, Mark> marks = new LinkedHashMap<>();
    found.forEach((field, fieldValues) -> marks.put(field, Mark.of(fieldValues)));
    return marks;
  }

  private boolean samePiece(int one, int next) {
    return !values.get(one).linewise() || tokens.get(one).line() == tokens.get(next).line();
  }

  private FieldValue fieldValue(List<TokenSpan> places) {
    List<String> words = new ArrayList<>();
    for (TokenSpan place : places) {
      tokens.subList(place.start(), place.end()).forEach(token -> words.add(token.text()));
    }
    return new FieldValue(String.join(" ", words), places);
  }

  /** The words in rows from top to bottom, each from left to right. */
  private static List<List<Placed>> rows(List<Placed> placed) {
    List<Placed> sorted = new ArrayList<>(placed);
    sorted.sort(Comparator.comparingInt(Placed::page).thenComparingDouble(Placed::y));
    List<List<Placed>> rows = new ArrayList<>();
    for (Placed word : sorted) {
      Placed first = rows.isEmpty() ? null : rows.get(rows.size() - 1).get(0);
      if (first == null
          || first.page() != word.page()
          || word.y() - first.y() > 0.45 * Math.min(first.size(), word.size())) {
        rows.add(new ArrayList<>());
      }
      rows.get(rows.size() - 1).add(word);
    }
    rows.forEach(row -> row.sort(Comparator.comparingDouble(Placed::x)));
    return rows;
  }

  private void read(List<Placed> row, int line) {
    for (Placed placed : row) {
      Word word = placed.word();
      String text = word.text();
      int last = tokens.size() - 1;
      if (text.equals(":")
          && last >= 0
          && values.get(last) == Value.NONE
          && tokens.get(last).line() == line
          && dice.chance(errors * 10)) {
        Token before = tokens.get(last);
        Box box = before.box().union(box(placed, 0, 1));
        tokens.set(last, new Token(before.text() + ":", box, placed.page(), line));
      } else if (lettersOnly(text) && text.length() > 5 && dice.chance(errors / 3)) {
        int cut = dice.between(2, text.length() - 2);
        double share = (double) cut / text.length();
        add(text.substring(0, cut), word.value(), box(placed, 0, share), placed.page(), line);
        add(text.substring(cut), word.value(), box(placed, share, 1), placed.page(), line);
      } else {
        // A value's characters mostly come out right: people would not label what they cannot read.
        boolean wrong = dice.chance(word.value() == Value.NONE ? errors : errors / 8);
        String read = wrong && lettersOnly(text) && text.length() > 3 ? confuse(text) : text;
        add(read, word.value(), box(placed, 0, 1), placed.page(), line);
      }
    }
  }

  private void add(String text, Value value, Box box, int page, int line) {
    tokens.add(new Token(text, box, page, line));
    values.add(value);
  }

  private static boolean lettersOnly(String text) {
    return text.chars().allMatch(Character::isLetter);
  }

  private String confuse(String text) {
    for (String pair : dice.some(CONFUSIONS, CONFUSIONS.size())) {
      int at = text.indexOf(pair.charAt(0), 1);
      if (at > 0) {
        return text.substring(0, at) + pair.substring(1).strip() + text.substring(at + 1);
      }
    }
    return text;
  }

  /** The box of a part of a word, from one share of its width to another. */
  private Box box(Placed placed, double from, double to) {
    Page page = pages.get(placed.page());
    double x0 = placed.x() + from * placed.width();
    double x1 = placed.x() + to * placed.width();
    double top = placed.y() + slope * placed.x();
    int left = thousandths(x0 / page.width() + shiftX, 999);
    int upper = thousandths(top / page.height() + shiftY, 999);
    int right = thousandths(x1 / page.width() + shiftX, 1000);
    int lower = thousandths((top + placed.size()) / page.height() + shiftY, 1000);
    return new Box(left, upper, Math.max(left + 1, right), Math.max(upper + 1, lower));
  }

  private static int thousandths(double share, int max) {
    return (int) Math.max(0, Math.min(max, Math.round(1000 * share)));
  }
}
