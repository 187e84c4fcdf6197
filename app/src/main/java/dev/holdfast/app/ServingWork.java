package dev.holdfast.app;

import dev.holdfast.document.LabelledDocument;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;

/**
 * What serving in this process takes for the second half of some documents, the first being its
 * warm-up: time of the processor, so that what runs beside it does not count, of its loops, of the
 * Kafka clients that they read and write by, and of following the versions.
 *
 * <p>Not thread-safe.
 */
final class ServingWork {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** In the name of every thread of serving and of its Kafka clients. */
  private static final String SERVING = "serving-";

  private final List<LabelledDocument> documents;
  private int from;
  private long begin;

  ServingWork(List<LabelledDocument> documents) {
    this.documents = List.copyOf(documents);
    from = documents.size();
  }

  /** So many documents have been sent. */
  void sent(long count) {
    if (from == documents.size() && count >= documents.size() / 2 && count < documents.size()) {
      from = (int) count;
      begin = nanos();
    }
  }

  /** Words for each second of the processor; empty when there was no second half. */
  Optional<Double> wordsPerSecond() {
    long words =
        documents.subList(from, documents.size()).stream()
            .mapToLong(each -> each.document().tokens().size())
            .sum();
    long spent = nanos() - begin;
    return words == 0 || spent <= 0 ? Optional.empty() : Optional.of(words / (spent / 1e9));
  }

  private static long nanos() {
    long nanos = 0;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      if (thread != null && thread.getThreadName().contains(SERVING)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(id));
      }
    }
    return nanos;
  }
}
