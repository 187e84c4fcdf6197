package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came in each of the last {@value #SECONDS} seconds, by the time of the records, and since
 * the start of the log.
 *
 * <p>Not thread-safe.
 */
final class Arrivals {
  static final int SECONDS = 120;

  /** What is counted. */
  enum Kind {
    DOCUMENTS,
    EXTRACTIONS,
    ANNOTATIONS,
    REJECTED
  }

  private final Map<Kind, int[]> perSecond = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> totals = new EnumMap<>(Kind.class);
  private long latest = Long.MIN_VALUE / 2;

  Arrivals() {
    for (Kind kind : Kind.values()) {
      perSecond.put(kind, new int[SECONDS]);
      totals.put(kind, 0L);
    }
  }

  void count(Kind kind, long atMillis) {
    totals.merge(kind, 1L, Long::sum);
    long second = Math.floorDiv(atMillis, 1000L);
    advance(second);
    if (second > latest - SECONDS) {
      perSecond.get(kind)[Math.floorMod(second, SECONDS)]++;
    }
  }

  private void advance(long second) {
    if (second - latest >= SECONDS) {
      perSecond.values().forEach(counts -> Arrays.fill(counts, 0));
      latest = second;
    }
    while (latest < second) {
      latest++;
      perSecond.values().forEach(counts -> counts[Math.floorMod(latest, SECONDS)] = 0);
    }
  }

  /** As one object: the second that the counts end with, and by kind the total and the counts. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("until", 1000 * (Math.max(0, latest) + 1));
    for (Kind kind : Kind.values()) {
      out.writeObjectFieldStart(kind.name().toLowerCase(Locale.ROOT));
      out.writeNumberField("total", totals.get(kind));
      int[] inOrder = new int[SECONDS];
      for (int i = 0; i < SECONDS; i++) {
        inOrder[i] = perSecond.get(kind)[Math.floorMod(latest + 1 + i, SECONDS)];
      }
      out.writeFieldName("perSecond");
      out.writeArray(inOrder, 0, SECONDS);
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
