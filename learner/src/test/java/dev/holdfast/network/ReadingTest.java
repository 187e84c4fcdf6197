package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Alignment;
import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final Document FLIGHT =
      NetworkFixtures.document("flight", "Order 17 | Flight 09/09/20-09/15/20 Total:9.00 paid");

  private final Reading reading = Reading.of(FLIGHT);

  private static TokenSpan span(int start, int end) {
    return new TokenSpan(start, end);
  }

  private List<FieldValue> known(FieldValue value) {
    return mark(reading, value);
  }

  private static List<FieldValue> mark(Reading reading, FieldValue... values) {
    return reading.mark(Mark.of(List.of(values)), Alignment.normalWords(reading.pieces)).values();
  }

  @Test
  void wordsWithSeamsAreReadInPieces() {
    assertThat(reading.pieces.tokens().stream().map(Token::text))
        .containsExactly(
            "Order", "17", "Flight", "09/09/20", "-", "09/15/20", "Total:", "9.00", "paid");
  }

  @Test
  void aDocumentWithoutSeamsIsReadAsItIs() {
    Document plain = NetworkFixtures.slip(1).document();

    assertThat(Reading.of(plain).pieces).isSameAs(plain);
  }

  @Test
  void piecesShareTheBoxOfTheirToken() {
    Box box = FLIGHT.tokens().get(4).box();
    Box total = reading.pieces.tokens().get(6).box();
    Box amount = reading.pieces.tokens().get(7).box();

    assertThat(total.union(amount)).isEqualTo(box);
    assertThat(total.x1()).isEqualTo(amount.x0());
  }

  @Test
  void piecesOfATokenFromRightToLeftBeginAtItsRight() {
    Document document = NetworkFixtures.document("hebrew", "סה״כ:9.00");
    Box box = document.tokens().get(0).box();
    Document pieces = Reading.of(document).pieces;

    assertThat(pieces.tokens().stream().map(Token::text)).containsExactly("סה״כ:", "9.00");
    assertThat(pieces.tokens().get(0).box().x1()).isEqualTo(box.x1());
    assertThat(pieces.tokens().get(1).box().x0()).isEqualTo(box.x0());
    assertThat(pieces.tokens().get(1).box().x1()).isEqualTo(pieces.tokens().get(0).box().x0());
  }

  @Test
  void aValueInWritingWithoutSpacesIsFoundByItsText() {
    Reading invoice = Reading.of(NetworkFixtures.document("invoice", "株式会社山田商店御中 | 合計金額1,240円"));
    FieldValue company = new FieldValue("株式会社山田商店", List.of());
    FieldValue total = new FieldValue("1,240", List.of());

    List<FieldValue> known = mark(invoice, company, total);

    assertThat(known)
        .containsExactly(
            new FieldValue("株式会社山田商店", List.of(span(0, 8))),
            new FieldValue("1,240", List.of(span(14, 15))));
    assertThat(invoice.text(known.get(0).spans())).isEqualTo("株式会社山田商店");
    assertThat(invoice.printed(new PredictedValue("1,240", .9, List.of(span(14, 15)))).spans())
        .containsExactly(span(1, 2));
  }

  @Test
  void aSpanIsNarrowedToThePiecesThatPrintItsValue() {
    assertThat(known(new FieldValue("09/15/20", List.of(span(3, 4)))))
        .containsExactly(new FieldValue("09/15/20", List.of(span(5, 6))));
  }

  @Test
  void aSpanThatPrintsSomethingElseKeepsAllItsPieces() {
    assertThat(known(new FieldValue("nine", List.of(span(4, 5)))))
        .containsExactly(new FieldValue("nine", List.of(span(6, 8))));
  }

  @Test
  void aValueInsideATokenIsFoundByItsText() {
    assertThat(known(new FieldValue("9.00", List.of())))
        .containsExactly(new FieldValue("9.00", List.of(span(7, 8))));
  }

  @Test
  void candidatesAreCountedInPieces() {
    FieldValue value = new FieldValue("paid", List.of(), List.of(span(5, 6), span(0, 1)));

    assertThat(known(value).get(0).candidates()).containsExactly(span(8, 9), span(0, 1));
  }

  @Test
  void aValueGoesOutAsItIsPrintedWithTheTokensItStandsIn() {
    List<TokenSpan> pieces = List.of(span(4, 8));
    PredictedValue value = new PredictedValue(reading.text(pieces), .5, pieces);

    assertThat(reading.printed(value))
        .isEqualTo(new PredictedValue("-09/15/20 Total:9.00", .5, List.of(span(3, 5))));
  }

  @Test
  void piecesOfOneTokenGoOutAsOneSpan() {
    List<TokenSpan> pieces = List.of(span(3, 4), span(5, 6));
    PredictedValue value = new PredictedValue(reading.text(pieces), .5, pieces);

    assertThat(reading.printed(value))
        .isEqualTo(new PredictedValue("09/09/20 09/15/20", .5, List.of(span(3, 4))));
  }
}
