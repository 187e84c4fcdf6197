package dev.holdfast.chaos;

import dev.holdfast.document.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long documents took from being sent to being extracted, in the order in which they were
 * extracted.
 *
 * <p>Not thread-safe.
 */
final class Latencies {
  private final Map<DocumentKey, Long> sent = new HashMap<>();
  private final List<Long> millis = new ArrayList<>();

  void sent(DocumentKey document, long nanos) {
    sent.put(document, nanos);
  }

  /** Counts the first extraction of each document. */
  void extracted(DocumentKey document, long nanos) {
    Long since = sent.remove(document);
    if (since != null) {
      millis.add((nanos - since) / 1_000_000);
    }
  }

  /** The quantile of a part of them, from one share to another; 0 when there are none. */
  long quantile(double from, double to, double quantile) {
    List<Long> part =
        millis.subList((int) (millis.size() * from), (int) (millis.size() * to)).stream()
            .sorted()
            .toList();
    return part.isEmpty() ? 0 : part.get((int) (quantile * (part.size() - 1)));
  }
}
