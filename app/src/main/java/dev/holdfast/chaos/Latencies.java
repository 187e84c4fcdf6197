package dev.holdfast.chaos;

import dev.holdfast.chaos.Trend.Sample;
import dev.holdfast.document.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long documents took from being sent to being extracted.
 *
 * <p>Not thread-safe.
 */
final class Latencies {
  private final Map<DocumentKey, Long> sent = new HashMap<>();
  private final List<Extracted> extracted = new ArrayList<>();

  /** A document: when it was sent, and how long it took from then on. */
  private record Extracted(long sentNanos, long nanos) {}

  void sent(DocumentKey document, long nanos) {
    sent.put(document, nanos);
  }

  /** Counts the first extraction of each document. */
  void extracted(DocumentKey document, long nanos) {
    Long since = sent.remove(document);
    if (since != null) {
      extracted.add(new Extracted(since, nanos - since));
    }
  }

  /** The milliseconds of each document, at the time when it was sent. */
  List<Sample> samples(long startNanos) {
    return extracted.stream()
        .map(one -> new Sample((one.sentNanos() - startNanos) / 1e9, one.nanos() / 1e6))
        .toList();
  }
}
