package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final Document table =
      NetworkFixtures.document("table", "SKILLS: | item price tax | bread 2.00 0.20 7 | SUM");
  private final Lines lines = new Lines(table);

  private Word[] words() {
    return table.tokens().stream().map(token -> new Word(token.text(), 4)).toArray(Word[]::new);
  }

  private String text(int token) {
    return token < 0 ? "" : table.tokens().get(token).text();
  }

  @Test
  void nearestAboveAndBelowAreInTheSameColumn() {
    int price = 2;
    int tax = 6;
    int last = 7;
    assertThat(text(lines.nearest(table, 1)[price])).isEqualTo("2.00");
    assertThat(text(lines.nearest(table, -1)[tax])).isEqualTo("tax");
    assertThat(text(lines.nearest(table, -1)[last])).isEqualTo("tax");
    assertThat(lines.nearest(table, -1)[0]).isEqualTo(-1);
  }

  @Test
  void everyLineStandsUnderTheLastHeading() {
    Headings headings = new Headings(lines, words());
    assertThat(headings.distance).containsExactly(0, 1, 2, 0);
    assertThat(headings.of[1]).isEqualTo(headings.of[0]).isEqualTo(headings.of[2]);
    assertThat(headings.of[3]).isNotEqualTo(headings.of[0]);
    assertThat(Arrays.stream(headings.of)).doesNotContain(0);
  }
}
