package dev.holdfast.format;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain text in UTF-8, set as a typewriter would: {@value #COLUMNS} columns, {@value #ROWS} rows a
 * page, a word that does not fit goes to the next row, a tab goes to the next multiple of {@value
 * #TAB}, and a form feed starts a page.
 */
final class TextFile {
  private static final int COLUMNS = 100;
  private static final int ROWS = 60;
  private static final int TAB = 8;

  /** A character cell is twice as high as it is wide. */
  private static final int CELL_WIDTH = 6;

  private static final int CELL_HEIGHT = 12;

  private static final Pattern PIECE =
      Pattern.compile(
          "(?<word>\\S+)|(?<row>\\r\\n?|\\n)|(?<page>\\f)|(?<tab>\\t)|\\s",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final PageWords words;
  private int column;
  private int row;

  private TextFile(PageWords words) {
    this.words = words;
  }

  static void read(byte[] content, PageWords words) throws BadInput {
    new TextFile(words).read(decode(content));
  }

  private static CharBuffer decode(byte[] content) throws BadInput {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException e) {
      throw notText("bytes that are none of them", e);
    }
    if (text.chars().anyMatch(c -> c == 0)) {
      throw notText("a zero byte", null);
    }
    boolean marked = text.length() > 0 && text.charAt(0) == '\ufeff';
    return marked ? text.subSequence(1, text.length()) : text;
  }

  private static BadInput notText(String found, Exception cause) {
    BadInput bad =
        new BadInput(
            Reason.BAD_VALUE, "the file", "a PDF, hOCR, ALTO XML or plain text in UTF-8", found);
    bad.initCause(cause);
    return bad;
  }

  private void read(CharBuffer text) throws BadInput {
    startPage();
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      if (piece.group("word") != null) {
        word(piece.group("word"));
      } else if (piece.group("row") != null) {
        nextRow();
      } else if (piece.group("page") != null) {
        startPage();
      } else {
        column = piece.group("tab") != null ? (column / TAB + 1) * TAB : column + 1;
      }
    }
  }

  private void word(String word) throws BadInput {
    if (column > 0 && column + word.length() > COLUMNS) {
      nextRow();
    }
    if (row == ROWS) {
      startPage();
    }
    double x = column * CELL_WIDTH;
    double y = row * CELL_HEIGHT;
    // A point free above and below keeps the rows apart.
    words.word(word, x, y + 1, x + word.length() * CELL_WIDTH, y + CELL_HEIGHT - 1);
    column += word.length();
  }

  private void nextRow() {
    column = 0;
    row = Math.min(ROWS, row + 1);
    words.line();
  }

  private void startPage() throws BadInput {
    words.page(0, 0, COLUMNS * CELL_WIDTH, ROWS * CELL_HEIGHT);
    column = 0;
    row = 0;
  }
}
