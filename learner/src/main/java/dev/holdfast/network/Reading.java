package dev.holdfast.network;

import dev.holdfast.document.Alignment;
import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.NormalText;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;

/**
 * A document as the network reads it: where one token holds several things that are printed without
 * a space, such as {@code Total:9.00} or {@code 09/09/20-09/15/20}, it is parted, so that each of
 * them can be a value. All else in this package that counts tokens counts pieces; marks come in and
 * values go out by the tokens of the document. Immutable.
 */
final class Reading {
  /** The document in pieces; the same as it came when nothing is parted. */
  final Document pieces;

  private final Document whole;

  /** For each piece its token, and where in the token's text it begins. */
  private final int[] tokens;

  private final int[] begins;

  private Reading(Document whole, Document pieces, int[] tokens, int[] begins) {
    this.whole = whole;
    this.pieces = pieces;
    this.tokens = tokens;
    this.begins = begins;
  }

  static Reading of(Document document) {
    List<Token> whole = document.tokens();
    int[][] cuts = new int[whole.size()][];
    int count = whole.size();
    for (int t = 0; t < cuts.length; t++) {
      cuts[t] = Seams.of(whole.get(t).text());
      count += cuts[t].length;
    }
    List<Token> pieces = new ArrayList<>(count);
    int[] tokens = new int[count];
    int[] begins = new int[count];
    for (int t = 0; t < cuts.length; t++) {
      Token token = whole.get(t);
      int from = 0;
      for (int c = 0; c <= cuts[t].length; c++) {
        int to = c < cuts[t].length ? cuts[t][c] : token.text().length();
        tokens[pieces.size()] = t;
        begins[pieces.size()] = from;
        pieces.add(piece(token, from, to));
        from = to;
      }
    }
    return new Reading(
        document, count == whole.size() ? document : document.withTokens(pieces), tokens, begins);
  }

  private boolean isWhole() {
    return tokens.length == whole.tokens().size();
  }

  /** The document as it came. */
  Document document() {
    return whole;
  }

  /**
   * A part of a token, whose box is taken to share its width evenly among its characters, in the
   * direction in which it is written.
   */
  private static Token piece(Token token, int from, int to) {
    int length = token.text().length();
    if (from == 0 && to == length) {
      return token;
    }
    Box box = token.box();
    int width = box.x1() - box.x0();
    int begin = width * from / length;
    int end = width * to / length;
    Box part =
        isRightToLeft(token.text())
            ? new Box(box.x1() - end, box.y0(), box.x1() - begin, box.y1())
            : new Box(box.x0() + begin, box.y0(), box.x0() + end, box.y1());
    return new Token(token.text().substring(from, to), part, token.page(), token.line());
  }

  private static boolean isRightToLeft(String text) {
    char[] characters = text.toCharArray();
    return Bidi.requiresBidi(characters, 0, characters.length)
        && !new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
  }

  /** Whether a piece is where its token begins. */
  boolean beginsToken(int piece) {
    return begins[piece] == 0;
  }

  /** Whether a piece is where its token ends. */
  boolean endsToken(int piece) {
    return piece + 1 == begins.length || begins[piece + 1] == 0;
  }

  /** The token that a piece is of, or is. */
  Token token(int piece) {
    return whole.tokens().get(tokens[piece]);
  }

  /** The words of the spans of pieces as they are printed: no space within a token. */
  String text(List<TokenSpan> spans) {
    StringBuilder text = new StringBuilder();
    int before = -1;
    for (TokenSpan span : spans) {
      for (int piece = span.start(); piece < span.end(); piece++) {
        boolean goesOn = piece - 1 == before && begins[piece] > 0;
        if (before >= 0 && !goesOn) {
          text.append(' ');
        }
        text.append(pieces.tokens().get(piece).text());
        before = piece;
      }
    }
    return text.toString();
  }

  /** The value with spans of tokens in place of pieces. */
  PredictedValue printed(PredictedValue value) {
    if (isWhole()) {
      return value;
    }
    List<TokenSpan> spans = new ArrayList<>();
    for (TokenSpan span : value.spans()) {
      TokenSpan next = new TokenSpan(tokens[span.start()], tokens[span.end() - 1] + 1);
      int last = spans.size() - 1;
      if (last >= 0 && spans.get(last).overlaps(next)) {
        next = new TokenSpan(spans.remove(last).start(), next.end());
      }
      spans.add(next);
    }
    return new PredictedValue(value.text(), value.confidence(), spans);
  }

  /**
   * The mark by pieces. A span of tokens whose text is not the value's is narrowed to the pieces
   * that print it, where there are any; a value whose place is not known is looked for once more.
   *
   * @param words normal text of each piece
   */
  Mark mark(Mark mark, String[] words) {
    if (isWhole()) {
      return mark;
    }
    return Mark.of(mark.values().stream().map(value -> value(value, words)).toList());
  }

  private FieldValue value(FieldValue value, String[] words) {
    String wanted = NormalText.of(value.text());
    if (value.spans().isEmpty() && value.candidates().isEmpty()) {
      List<TokenSpan> places = Alignment.places(words, wanted);
      return places.size() == 1
          ? new FieldValue(value.text(), places)
          : new FieldValue(
              value.text(),
              List.of(),
              places.size() <= Alignment.MAX_CANDIDATES ? places : List.of());
    }
    return new FieldValue(
        value.text(),
        spans(value.spans(), wanted, words),
        value.candidates().stream().map(this::piecesOf).toList());
  }

  private List<TokenSpan> spans(List<TokenSpan> spans, String wanted, String[] words) {
    if (spans.size() == 1) {
      TokenSpan all = piecesOf(spans.get(0));
      for (TokenSpan place : Alignment.places(words, wanted)) {
        if (all.start() <= place.start() && place.end() <= all.end()) {
          return List.of(place);
        }
      }
    }
    return spans.stream().map(this::piecesOf).toList();
  }

  private TokenSpan piecesOf(TokenSpan span) {
    int start = first(span.start());
    int end = span.end() == whole.tokens().size() ? tokens.length : first(span.end());
    return new TokenSpan(start, end);
  }

  /** The first piece of a token. */
  private int first(int token) {
    int low = token; // a piece is never before its token
    int high = tokens.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens[middle] < token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
