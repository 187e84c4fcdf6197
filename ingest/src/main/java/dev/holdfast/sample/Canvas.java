package dev.holdfast.sample;

import dev.holdfast.document.Page;
import dev.holdfast.sample.Text.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages being written on, in points (1/72 inch) from the top left corner. Words go to the current
 * row; the templates move down row by row or set the height themselves. Nothing is measured
 * exactly: letters have plausible widths.
 */
final class Canvas {
  private static final double BOTTOM_MARGIN = 45;
  private static final double TOP_MARGIN = 50;

  /**
   * A word in its place.
   *
   * @param word what is printed
   * @param page from 0
   * @param x its left edge
   * @param y the top of its row
   * @param width of the word
   * @param size of its letters
   */
  record Placed(Word word, int page, double x, double y, double width, double size) {}

  private final String language;
  private final int width;
  private final int height;
  private final boolean roll;
  private final List<Placed> placed = new ArrayList<>();
  private int page;
  private double y;
  private double size = 10;
  private double leading = 1.35;
  private boolean monospaced;

  private Canvas(String language, int width, int height, boolean roll) {
    this.language = language;
    this.width = width;
    this.height = height;
    this.roll = roll;
    this.y = roll ? 14 : TOP_MARGIN;
  }

  /** Pages of a fixed size; writing below the last row goes on to the next page. */
  static Canvas sheet(String language, int width, int height) {
    return new Canvas(language, width, height, false);
  }

  /** One page as long as what is written on it. */
  static Canvas roll(String language, int width) {
    return new Canvas(language, width, Integer.MAX_VALUE, true);
  }

  Canvas font(double points) {
    size = points;
    return this;
  }

  Canvas leading(double ofSize) {
    leading = ofSize;
    return this;
  }

  Canvas monospaced() {
    monospaced = true;
    return this;
  }

  double size() {
    return size;
  }

  double y() {
    return y;
  }

  int page() {
    return page;
  }

  int width() {
    return width;
  }

  String language() {
    return language;
  }

  /** Goes to a height on the current page. */
  Canvas y(double points) {
    y = points;
    return this;
  }

  /** Goes down by rows of the current font, to the next page when this one is full. */
  Canvas down(double rows) {
    y += rows * size * leading;
    if (!roll && y > height - BOTTOM_MARGIN) {
      newPage();
    }
    return this;
  }

  /** Whether so many rows fit on this page. */
  boolean fits(double rows) {
    return roll || y + rows * size * leading <= height - BOTTOM_MARGIN;
  }

  void newPage() {
    page++;
    y = TOP_MARGIN;
  }

  Canvas left(double x, Text text) {
    double at = x;
    boolean first = true;
    for (Word word : text.words()) {
      double space = first || word.glued() ? 0 : width(" ");
      double wide = width(word.text());
      placed.add(new Placed(word, page, at + space, y, wide, size));
      at += space + wide;
      first = false;
    }
    return this;
  }

  Canvas left(double x, String text) {
    return left(x, Text.of(text));
  }

  /** In letters small enough for {@code wide} points. */
  Canvas fitted(double x, double wide, Text text) {
    double full = size;
    size = full * Math.min(1, wide / width(text));
    return left(x, text).font(full);
  }

  /** Ends at {@code x}. */
  Canvas right(double x, Text text) {
    return left(x - width(text), text);
  }

  Canvas right(double x, String text) {
    return right(x, Text.of(text));
  }

  Canvas center(Text text) {
    return left((width - width(text)) / 2, text);
  }

  Canvas center(String text) {
    return center(Text.of(text));
  }

  /** Writes words in rows of at most {@code wide} points and goes to the row below. */
  Canvas wrap(double x, double wide, Text text) {
    for (Text row : rows(wide, text)) {
      left(x, row).down(1);
    }
    return this;
  }

  Canvas wrap(double x, double wide, String text) {
    return wrap(x, wide, Text.of(text));
  }

  /** The words in rows of at most {@code wide} points, a longer word in a row of its own. */
  List<Text> rows(double wide, Text text) {
    List<Text> rows = new ArrayList<>();
    List<Word> row = new ArrayList<>();
    for (Word word : text.words()) {
      row.add(word);
      if (row.size() > 1 && !word.glued() && width(new Text(row)) > wide) {
        row.remove(row.size() - 1);
        rows.add(new Text(row));
        row = new ArrayList<>(List.of(word));
      }
    }
    rows.add(new Text(row));
    return rows;
  }

  double width(Text text) {
    double sum = 0;
    for (int i = 0; i < text.words().size(); i++) {
      Word word = text.words().get(i);
      sum += width(word.text()) + (i == 0 || word.glued() ? 0 : width(" "));
    }
    return sum;
  }

  double width(String text) {
    return text.chars().mapToDouble(c -> monospaced ? 0.6 : letter(c)).sum() * size;
  }

  private static double letter(int c) {
    if (" ijlI.,:;'|!/()-".indexOf(c) >= 0) {
      return 0.3;
    }
    if ("mwMW@%".indexOf(c) >= 0) {
      return 0.85;
    }
    return Character.isUpperCase(c) ? 0.67 : 0.52;
  }

  List<Placed> placed() {
    return placed;
  }

  /** All pages, in order. */
  List<Page> pages() {
    int tall = roll ? (int) Math.ceil(y + 14) : height;
    List<Page> pages = new ArrayList<>();
    int last = placed.stream().mapToInt(Placed::page).max().orElse(0);
    for (int i = 0; i <= last; i++) {
      pages.add(new Page(width, tall));
    }
    return pages;
  }
}
