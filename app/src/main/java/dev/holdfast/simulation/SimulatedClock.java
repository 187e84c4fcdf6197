package dev.holdfast.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** Time that goes on only when the schedule says so. */
final class SimulatedClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(long millis) {
    now = now.plusMillis(millis);
  }
}
