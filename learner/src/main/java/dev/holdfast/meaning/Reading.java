package dev.holdfast.meaning;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Optional;

/**
 * One thing that a printed value can mean. A value with several readings is ambiguous: which one is
 * right does not show in its text.
 */
public sealed interface Reading {

  /**
   * A day, or only its month or year when no more is printed.
   *
   * @param iso8601 {@code 2024-04-03}, {@code 2024-04} or {@code 2024}
   */
  record Date(String iso8601) implements Reading {
    Date(LocalDate day) {
      this(day.toString());
    }

    Date(YearMonth month) {
      this(month.toString());
    }

    Date(Year year) {
      this(year.toString());
    }
  }

  /**
   * A sum of money.
   *
   * @param decimal with as many digits after the point as are printed
   * @param currency ISO 4217, such as {@code MYR}; empty when it cannot be told
   */
  record Amount(BigDecimal decimal, Optional<String> currency) implements Reading {}

  /**
   * A telephone number; an extension is not part of it.
   *
   * @param e164 such as {@code +60378461622}
   */
  record Phone(String e164) implements Reading {}

  /**
   * An e-mail address.
   *
   * @param address its domain in lower case and ASCII, the part before it as printed
   */
  record Email(String address) implements Reading {}

  /**
   * A country or territory.
   *
   * @param alpha2 ISO 3166-1, such as {@code MY}
   */
  record Country(String alpha2) implements Reading {}
}
