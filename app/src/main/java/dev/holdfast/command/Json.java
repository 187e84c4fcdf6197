package dev.holdfast.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the command line's JSON has in common: one line, numbers rounded to what they mean. */
public final class Json {
  private Json() {}

  /** The one line that {@code writer} makes of {@code value}. */
  public static <T> String line(JsonOutput.Writer<T> writer, T value) {
    return new String(JsonOutput.bytes(writer, value), StandardCharsets.UTF_8);
  }

  /** A number with so many decimals, or null when there is none. */
  public static void rounded(JsonGenerator out, String name, Optional<Double> number, int decimals)
      throws IOException {
    out.writeFieldName(name);
    if (number.isEmpty()) {
      out.writeNull();
    } else {
      out.writeNumber(BigDecimal.valueOf(number.get()).setScale(decimals, RoundingMode.HALF_EVEN));
    }
  }

  /** An object of such numbers. */
  public static void rounded(
      JsonGenerator out, String name, Map<String, Double> numbers, int decimals)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      rounded(out, number.getKey(), Optional.of(number.getValue()), decimals);
    }
    out.writeEndObject();
  }
}
