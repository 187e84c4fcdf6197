package dev.holdfast.format;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers the words of a file, page by page and line by line, in the file's own units, and makes a
 * document of them. Not thread-safe.
 */
final class PageWords {
  private static final Pattern WORD = Pattern.compile("\\S+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int THOUSANDTHS = 1_000;
  private static final int MAX_PAGE_SIZE = 1_000_000;

  private final Limits limits;
  private final List<Page> pages = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();
  private double left;
  private double top;
  private double width;
  private double height;
  private int line = -1;
  private boolean atLineStart;

  PageWords(Limits limits) {
    this.limits = limits;
  }

  /**
   * Starts the next page, whose upper left corner is at {@code left}, {@code top}.
   *
   * @throws BadInput when it has no size, or there are too many
   */
  void page(double left, double top, double width, double height) throws BadInput {
    String place = "page " + (pages.size() + 1);
    if (pages.size() == limits.pages()) {
      throw new BadInput(Reason.TOO_LARGE, place, "at most " + limits.pages() + " pages", "more");
    }
    if (!(width > 0 && width <= MAX_PAGE_SIZE && height > 0 && height <= MAX_PAGE_SIZE)) {
      throw new BadInput(
          Reason.BAD_BOX,
          place,
          "a width and a height above 0 and up to " + MAX_PAGE_SIZE,
          width + " x " + height);
    }
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    pages.add(new Page(size(width), size(height)));
    atLineStart = true;
  }

  /** Whether there is a page to put words on. */
  boolean hasPage() {
    return !pages.isEmpty();
  }

  /** The next word, if any, stands on a new line. */
  void line() {
    atLineStart = true;
  }

  /**
   * Adds a word with its corners. White space divides it into several, each with its share of the
   * box; a text of nothing else is passed over.
   */
  void word(String text, double x0, double y0, double x1, double y1) throws BadInput {
    double perCharacter = (x1 - x0) / Math.max(1, text.length());
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      token(
          word.group(),
          box(x0 + word.start() * perCharacter, y0, x0 + word.end() * perCharacter, y1));
    }
  }

  private void token(String text, Box box) throws BadInput {
    String place = "page " + pages.size();
    if (tokens.size() == limits.tokens()) {
      throw new BadInput(Reason.TOO_LARGE, place, "at most " + limits.tokens() + " tokens", "more");
    }
    if (text.length() > limits.textLength()) {
      throw new BadInput(
          Reason.TOO_LARGE,
          place,
          "a word of at most " + limits.textLength() + " characters",
          text.length() + " characters");
    }
    if (atLineStart) {
      line++;
      atLineStart = false;
    }
    tokens.add(new Token(text, box, pages.size() - 1, line));
  }

  private Box box(double x0, double y0, double x1, double y1) throws BadInput {
    if (!(x0 <= x1 && y0 <= y1)) {
      throw new BadInput(
          Reason.BAD_BOX,
          "page " + pages.size(),
          "x0 <= x1 and y0 <= y1",
          "[%s,%s,%s,%s]".formatted(x0, y0, x1, y1));
    }
    return new Box(
        thousandths((x0 - left) / width),
        thousandths((y0 - top) / height),
        thousandths((x1 - left) / width),
        thousandths((y1 - top) / height));
  }

  private static int thousandths(double share) {
    return (int) Math.round(Math.max(0, Math.min(1, share)) * THOUSANDTHS);
  }

  private static int size(double length) {
    return (int) Math.max(1, Math.round(length));
  }

  /** All that was gathered. */
  Document document(DocumentId id, CollectionName collection) {
    return new Document(id, collection, "", "", pages, tokens);
  }
}
