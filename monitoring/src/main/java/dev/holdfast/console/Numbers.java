package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Ratios as the page gets them: four decimals, since nobody can see more. */
final class Numbers {
  private static final double STEPS = 10_000;

  private Numbers() {}

  static void write(JsonGenerator out, double ratio) throws IOException {
    out.writeNumber(Math.round(ratio * STEPS) / STEPS);
  }

  static void field(JsonGenerator out, String name, double ratio) throws IOException {
    out.writeFieldName(name);
    write(out, ratio);
  }
}
