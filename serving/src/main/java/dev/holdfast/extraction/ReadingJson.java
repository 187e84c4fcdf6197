package dev.holdfast.extraction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.meaning.Reading;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The readings of a value as its key {@code normalized}: left out when there is none, the reading
 * itself when there is one, and {@code {"ambiguous": [reading, …]}} when there are several, so that
 * nobody takes one of them unawares.
 */
final class ReadingJson {
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final String KEY = "normalized";
  private static final String AMBIGUOUS = "ambiguous";

  /** Readings that are one text each, by their key. */
  private static final Map<String, Function<String, Reading>> PLAIN =
      Map.of(
          "date", Reading.Date::new,
          "phone", Reading.Phone::new,
          "email", Reading.Email::new,
          "country", Reading.Country::new);

  private ReadingJson() {}

  static void write(JsonGenerator out, List<Reading> readings) throws IOException {
    if (readings.isEmpty()) {
      return;
    }
    out.writeFieldName(KEY);
    if (readings.size() == 1) {
      write(out, readings.get(0));
    } else {
      out.writeStartObject();
      out.writeArrayFieldStart(AMBIGUOUS);
      for (Reading reading : readings) {
        write(out, reading);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void write(JsonGenerator out, Reading reading) throws IOException {
    out.writeStartObject();
    if (reading instanceof Reading.Date date) {
      out.writeStringField("date", date.iso8601());
    } else if (reading instanceof Reading.Amount amount) {
      out.writeStringField("amount", amount.decimal().toPlainString());
      if (amount.currency().isPresent()) {
        out.writeStringField("currency", amount.currency().get());
      }
    } else if (reading instanceof Reading.Phone phone) {
      out.writeStringField("phone", phone.e164());
    } else if (reading instanceof Reading.Email email) {
      out.writeStringField("email", email.address());
    } else if (reading instanceof Reading.Country country) {
      out.writeStringField("country", country.alpha2());
    } else {
      throw new AssertionError(reading);
    }
    out.writeEndObject();
  }

  /** The readings of the value that {@code in} is. */
  static List<Reading> read(JsonInput in) throws BadInput {
    Optional<JsonInput> normalized = in.optional(KEY);
    if (normalized.isEmpty()) {
      return List.of();
    }
    Optional<JsonInput> ambiguous = normalized.get().optional(AMBIGUOUS);
    if (ambiguous.isEmpty()) {
      return List.of(reading(normalized.get()));
    }
    List<Reading> readings = new ArrayList<>();
    for (JsonInput reading : ambiguous.get().array(UNLIMITED)) {
      readings.add(reading(reading));
    }
    return readings;
  }

  private static Reading reading(JsonInput in) throws BadInput {
    if (in.optional("amount").isPresent()) {
      return new Reading.Amount(decimal(in.required("amount")), currency(in));
    }
    for (Map.Entry<String, Function<String, Reading>> form : PLAIN.entrySet()) {
      Optional<JsonInput> text = in.optional(form.getKey());
      if (text.isPresent()) {
        return form.getValue().apply(text.get().text(1, UNLIMITED));
      }
    }
    throw in.bad(Reason.BAD_VALUE, "an amount, country, date, email or phone", "none");
  }

  private static BigDecimal decimal(JsonInput in) throws BadInput {
    String text = in.text(1, UNLIMITED);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw in.bad(Reason.BAD_VALUE, "a decimal number", text.length() + " characters");
    }
  }

  private static Optional<String> currency(JsonInput in) throws BadInput {
    Optional<JsonInput> currency = in.optional("currency");
    return currency.isEmpty() ? Optional.empty() : Optional.of(currency.get().text(3, 3));
  }
}
