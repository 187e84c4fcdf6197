package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInputTest {

  @Test
  void complaintSaysWhatWasExpectedWhereAndWhatWasFound() throws BadInput {
    JsonInput token =
        read("{\"tokens\":[{},{\"box\":\"ABC\"}]}").required("tokens").array(9).get(1);

    assertBad(
        () -> token.required("box").array(4),
        Reason.WRONG_TYPE,
        "expected an array at $.tokens[1].box, found a JSON string");
    assertBad(
        () -> token.required("text"),
        Reason.MISSING_KEY,
        "expected a key \"text\" at $.tokens[1], found none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "[1,]",
        "NaN",
        "// c\n1",
        "\"\u0001\"",
        "01"
      })
  void whatIsNotOneJsonValueIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            BadInput.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_JSON));
  }

  @Test
  void noValueBrokenUtf8AndTooDeepNestingAreRefused() {
    assertThatThrownBy(() -> JsonInput.read(null, 10)).hasMessageContaining("no value");
    assertBad(
        () -> JsonInput.read(new byte[] {'"', (byte) 0xff, '"'}, 10),
        Reason.NOT_JSON,
        "expected one well-formed JSON value at $, found a syntax error at byte 2");
    assertThatThrownBy(() -> read("[".repeat(40) + "]".repeat(40)))
        .hasMessageStartingWith("expected one well-formed JSON value");
  }

  @Test
  void complaintNeverQuotesTheMessage() {
    assertThatThrownBy(() -> read("{\"text\": SECRET}")).message().doesNotContain("SECRET");
    assertThatThrownBy(() -> read("\"SECRET\"").instant()).message().doesNotContain("SECRET");
    assertThatThrownBy(() -> read("\"SECRET\"").integer(0, 1)).message().doesNotContain("SECRET");
    assertThatThrownBy(() -> read("\"SECRET\"").text(0, 2)).message().doesNotContain("SECRET");
  }

  @Test
  void moreBytesThanAllowedAreNotEvenParsed() {
    assertBad(
        () -> JsonInput.read("{{{".getBytes(StandardCharsets.UTF_8), 2),
        Reason.TOO_LARGE,
        "expected at most 2 bytes at $, found 3 bytes");
  }

  @Test
  void missingAndNullAreTheSame() throws BadInput {
    assertThat(read("{\"a\":null}").optional("a")).isEmpty();
    assertThat(read("{\"a\":null}").optional("b")).isEmpty();
    assertThat(read("{\"a\":null}").text("a", "otherwise", 9)).isEqualTo("otherwise");
  }

  @Test
  void textKeepsToItsLength() throws BadInput {
    assertThat(read("\"abc\"").text(3, 3)).isEqualTo("abc");
    assertBad(
        () -> read("\"abc\"").text(0, 2),
        Reason.TOO_LARGE,
        "expected at most 2 characters at $, found 3 characters");
    assertBad(
        () -> read("\"abc\"").text(4, 9),
        Reason.BAD_VALUE,
        "expected at least 4 characters at $, found 3 characters");
    assertBad(
        () -> read("7").text(0, 9),
        Reason.WRONG_TYPE,
        "expected a string at $, found a JSON number");
  }

  @Test
  void wholePairsAreTextAndHalfPairsAreNot() throws BadInput {
    assertThat(read("\"\\ud83d\\ude00\"").text(0, 9)).isEqualTo("😀");
    assertBad(
        () -> read("\"\\ude00\\ud83d\"").text(0, 9),
        Reason.BAD_VALUE,
        "expected well-formed Unicode at $, found half a surrogate pair");
  }

  @Test
  void numbersKeepToTheirBoundsAndTypes() throws BadInput {
    assertThat(read("-3").integer(-3, 4)).isEqualTo(-3);
    assertThat(read("9223372036854775807").longInteger()).isEqualTo(Long.MAX_VALUE);
    assertThat(read("1e2").number()).isEqualTo(100.0);
    for (String outside : List.of("5", "-4", "99999999999999999999")) {
      assertThatThrownBy(() -> read(outside).integer(-3, 4))
          .hasMessage("expected a whole number from -3 to 4 at $, found " + outside);
    }
    assertThatThrownBy(() -> read("1.0").integer(-3, 4)).hasMessageContaining("a whole number");
    assertThatThrownBy(() -> read("9223372036854775808").longInteger())
        .isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> read("1e999").number()).hasMessageContaining("a finite number");
  }

  @Test
  void instantIsOfACommonYear() throws BadInput {
    assertThat(read("\"2026-01-05T10:00:00Z\"").instant())
        .isEqualTo(Instant.parse("2026-01-05T10:00:00Z"));
    assertBad(
        () -> read("\"1969-12-31T23:59:59Z\"").instant(),
        Reason.BAD_VALUE,
        "expected an ISO 8601 instant from 1970 to 9999 at $, found 1969-12-31T23:59:59Z");
    assertThatThrownBy(() -> read("\"+10000-01-01T00:00:00Z\"").instant())
        .isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> read("\"2026-01-05\"").instant()).isInstanceOf(BadInput.class);
  }

  @Test
  void membersComeInTheirOrderAndNoMoreThanAllowed() throws BadInput {
    assertThat(read("{\"b\":1,\"a\":2}").members(2).keySet()).containsExactly("b", "a");
    assertBad(
        () -> read("{\"b\":1,\"a\":2}").members(1),
        Reason.TOO_LARGE,
        "expected at most 1 keys at $, found 2 keys");
    assertBad(
        () -> read("[1,2]").array(1),
        Reason.TOO_LARGE,
        "expected at most 1 elements at $, found 2 elements");
  }

  @Test
  void pathShowsNeitherEndlessKeysNorControlCharacters() throws BadInput {
    JsonInput endless =
        read("{\"" + "k".repeat(5_000) + "\":1}").members(1).values().iterator().next();
    assertThat(endless.path()).hasSizeLessThan(110).startsWith("$.kkk");

    JsonInput odd = read("{\"a\\nb\\u007f\":1}").members(1).values().iterator().next();
    assertThat(odd.path()).isEqualTo("$.a?b?");
  }

  private static JsonInput read(String json) throws BadInput {
    return JsonInput.read(json.getBytes(StandardCharsets.UTF_8), 10_000);
  }

  private static void assertBad(ThrowingCallable reading, Reason reason, String message) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(BadInput.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
  }
}
