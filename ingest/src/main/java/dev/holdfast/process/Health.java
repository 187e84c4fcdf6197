package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

/**
 * How a service stands.
 *
 * @param live false once it has failed and the process should end
 * @param ready whether it does its work now
 * @param detail one line for people, without document text
 */
public record Health(boolean live, boolean ready, String detail) {
  public Health {
    requireNonNull(detail, "detail is null");
  }

  public static Health starting(String detail) {
    return new Health(true, false, detail);
  }

  public static Health ready(String detail) {
    return new Health(true, true, detail);
  }

  public static Health failed(String detail) {
    return new Health(false, false, detail);
  }
}
