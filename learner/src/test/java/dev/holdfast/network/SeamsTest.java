package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeamsTest {
  private static String parted(String text) {
    StringBuilder parts = new StringBuilder();
    int from = 0;
    for (int cut : Seams.of(text)) {
      parts.append(text, from, cut).append('_');
      from = cut;
    }
    return parts.append(text.substring(from)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "Total:9.00 Total:_9.00",
        "No:A-17 No:_A-17",
        "Price:€4.50 Price:_€4.50",
        "09/09/20-09/15/20 09/09/20_-_09/15/20",
        "2/1–2/7 2/1_–_2/7",
        "$5.00-$7.50 $5.00_-_$7.50",
        "Trust(133949) Trust_(133949)",
        "(GST)RM4.00 (GST)_RM4.00",
        "BSc,MSc BSc,_MSc",
        "Developer/Manager Developer/_Manager",
        "合計金額1,240円 合_計_金_額_1,240_円",
        "合計：1,240円 合_計_：_1,240_円",
        "2024年3月5日 2024_年_3_月_5_日",
        "カードでお支払い カード_でお_支_払_い",
        "（株）山田ABC商店 （_株_）_山_田_ABC_商_店",
        "合計 合_計",
        "\ud842\udfb7野家 \ud842\udfb7_野_家"
      })
  void whatIsPrintedWithoutASpaceIsParted(String text, String parts) {
    assertThat(parted(text)).isEqualTo(parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.00",
        "1,240.00",
        "09/09/20",
        "2020-09-15",
        "10:30",
        "A-1234",
        "Smith-Jones",
        "https://example.org/a",
        "a.b@example.org",
        "Total:",
        "(133949)",
        "03-12345678",
        "합계금액",
        "סה״כ",
        "ラーメン",
        "1/2",
        ":",
        "-"
      })
  void whatHoldsTogetherIsLeftWhole(String text) {
    assertThat(Seams.of(text)).isEmpty();
  }

  @Property(seed = "1")
  void cutsAscendWithinTheWord(@ForAll @StringLength(min = 1, max = 30) String text) {
    int before = 0;
    for (int cut : Seams.of(text)) {
      assertThat(cut).isGreaterThan(before).isLessThan(text.length());
      before = cut;
    }
  }
}
