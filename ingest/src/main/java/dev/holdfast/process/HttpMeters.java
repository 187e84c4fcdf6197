package dev.holdfast.process;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/** What the HTTP endpoint of a process counts. */
public enum HttpMeters {
  REFUSED(
      "refused",
      "requests",
      "Requests that were not handed on: 401 without a known token, 403 without the role or of a"
          + " page elsewhere, 413 too large, 429 too many at once.",
      "status");

  private static final int[] STATUSES = {401, 403, 413, 429};

  private final DeclaredMeter declared;

  HttpMeters(String name, String unit, String description, String... tags) {
    declared = DeclaredMeter.counter("holdfast.http." + name, unit, description, tags);
  }

  /** Its name, unit, tags and description. */
  public DeclaredMeter declared() {
    return declared;
  }

  /** The counters of {@link #REFUSED} by status, each there from the start. */
  static Map<Integer, Counter> refused(MeterRegistry registry) {
    Map<Integer, Counter> counters = new TreeMap<>();
    for (int status : STATUSES) {
      counters.put(status, REFUSED.declared.counter(registry, Integer.toString(status)));
    }
    return counters;
  }
}
