package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.learner.RoundPath.Stain;
import dev.holdfast.topic.DocumentTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes a collection's learner as it would be had it never learned a document: from the newest
 * checkpoint that has seen neither this document nor another one that was unlearned after it, the
 * rounds that follow are learned again without them. Every round keeps its seed and its number, so
 * that the outcome follows from the log alone.
 *
 * <p>Not thread-safe.
 */
final class Unlearning {
  private final LogReader reader;
  private final Replay replay;

  Unlearning(LogReader reader, Replay replay) {
    this.reader = requireNonNull(reader, "reader is null");
    this.replay = requireNonNull(replay, "replay is null");
  }

  /**
   * What came of it.
   *
   * @param firstUse number of the first round that had learned the document
   * @param relearning the rounds as they were learned again; whoever takes its learner closes it
   */
  record Unlearned(long firstUse, Relearning relearning) {}

  /**
   * Unlearns a document.
   *
   * @param partition of {@code examples}
   * @param last the collection's latest round
   * @return empty when no round that leads there has learned it, or all that have leave it out
   */
  Optional<Unlearned> run(int partition, RoundKey last, DocumentId document) {
    List<JournalRecord> rounds = rounds(partition, last);
    RoundPath path = RoundPath.of(rounds, Optional.of(document));
    Set<Stain> stains = stains(partition, last, path.learning(rounds), path);
    Optional<Long> firstUse =
        stains.stream().filter(Stain::isOpen).map(Stain::from).min(Long::compare);
    return firstUse.map(
        first ->
            new Unlearned(
                first,
                replay
                    .run(
                        ReplayScope.without(
                            partition, last, document, round -> isClean(round, path, stains)))
                    .collections()
                    .get(last.collection())));
  }

  private static boolean isClean(long round, RoundPath path, Set<Stain> stains) {
    // Round 0 is before the first: whatever follows it does.
    return (round == 0 || path.leads(round))
        && stains.stream().noneMatch(stain -> stain.covers(round));
  }

  private List<JournalRecord> rounds(int partition, RoundKey last) {
    List<JournalRecord> rounds = new ArrayList<>();
    reader.read(
        LearnerTopics.JOURNAL,
        partition,
        0,
        (place, key, round) -> {
          if (key.collection().equals(last.collection()) && key.round() <= last.round()) {
            rounds.add(round);
          }
        });
    return rounds;
  }

  private Set<Stain> stains(
      int partition, RoundKey last, List<JournalRecord> learning, RoundPath path) {
    Set<Stain> stains = new HashSet<>();
    NavigableMap<Long, JournalRecord> byOffset = new TreeMap<>();
    learning.forEach(round -> byOffset.put(round.from(), round));
    if (byOffset.isEmpty()) {
      return stains;
    }
    long to = learning.stream().mapToLong(JournalRecord::to).max().orElseThrow();
    reader.read(
        DocumentTopics.EXAMPLES,
        partition,
        byOffset.firstKey(),
        to,
        (place, key, example) -> {
          if (example != null && example.document().collection().equals(last.collection())) {
            stain(place, example, byOffset, path).ifPresent(stains::add);
          }
        });
    return stains;
  }

  private static Optional<Stain> stain(
      ConsumerRecord<byte[], byte[]> place,
      Example example,
      NavigableMap<Long, JournalRecord> byOffset,
      RoundPath path) {
    Map.Entry<Long, JournalRecord> round = byOffset.floorEntry(place.offset());
    return round == null || place.offset() >= round.getValue().to() || example.taught().isEmpty()
        ? Optional.empty()
        : path.stain(round.getValue().key().round(), example.document().id());
  }
}
