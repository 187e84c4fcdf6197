package dev.holdfast.monitoring;

import dev.holdfast.monitoring.DriftEvent.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps events from being told twice while the log is read again from its start. Partitions are
 * read in no fixed order, so what alarmed once may alarm a little earlier or later this time:
 * nothing is told of a subject before the place where it was last told of, and from there on that
 * event stands.
 *
 * <p>Not thread-safe.
 */
final class Told {
  private final Map<Subject, DriftEvent> ahead = new HashMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();
  private final List<String> topics;

  /**
   * @param topics that every position is in
   */
  Told(List<String> topics) {
    this.topics = List.copyOf(topics);
  }

  /** What was told before, in order. */
  void remember(List<DriftEvent> events) {
    events.forEach(event -> ahead.put(event.subject(), event));
  }

  /** A record has been read. */
  void reached(TopicPartition partition, long offset) {
    reached.put(partition, offset + 1);
  }

  /** The subjects that were last told of here: what was told of them stands from now on. */
  List<Subject> passed() {
    return release(event -> passed(event.position()));
  }

  /**
   * Everything that was there has been read: nothing is ahead any more.
   *
   * @return the subjects that were last told of further on, in records that are no longer there
   */
  List<Subject> atEnd() {
    return release(event -> true);
  }

  private List<Subject> release(Predicate<DriftEvent> passed) {
    if (ahead.isEmpty()) {
      return List.of();
    }
    List<Subject> released = new ArrayList<>();
    ahead.values().removeIf(event -> passed.test(event) && released.add(event.subject()));
    return released;
  }

  private boolean passed(SortedMap<String, List<Long>> position) {
    for (Map.Entry<String, List<Long>> topic : position.entrySet()) {
      for (int p = 0; p < topic.getValue().size(); p++) {
        TopicPartition partition = new TopicPartition(topic.getKey(), p);
        if (reached.getOrDefault(partition, 0L) < topic.getValue().get(p)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The event that is to be told of a finding; empty when it was told before. */
  Optional<DriftEvent> event(CollectionWatch.Finding finding, Instant at) {
    return ahead.containsKey(finding.subject())
        ? Optional.empty()
        : Optional.of(
            new DriftEvent(finding.subject(), at, finding.summary(), finding.changes(), here()));
  }

  private SortedMap<String, List<Long>> here() {
    SortedMap<String, List<Long>> position = new TreeMap<>();
    for (String topic : topics) {
      List<Long> offsets = new ArrayList<>();
      reached.entrySet().stream()
          .filter(entry -> entry.getKey().topic().equals(topic))
          .forEach(
              entry -> {
                while (offsets.size() <= entry.getKey().partition()) {
                  offsets.add(0L);
                }
                offsets.set(entry.getKey().partition(), entry.getValue());
              });
      position.put(topic, offsets);
    }
    return position;
  }
}
