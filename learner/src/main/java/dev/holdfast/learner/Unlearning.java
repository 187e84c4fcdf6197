package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.RoundPath.Stain;
import dev.holdfast.topic.DocumentTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
   * @param firstUse number of the first round that had learned the document, be it one that a
   *     rollback has given up: versions since then may know it
   * @param relearning the rounds as they were learned again; whoever takes its learner closes it
   */
  record Unlearned(long firstUse, Relearning relearning) {}

  /**
   * Unlearns a document.
   *
   * @param partition of {@code examples}
   * @param last the collection's latest round
   * @return empty when no round has learned it, or all that have leave it out
   */
  Optional<Unlearned> run(int partition, RoundKey last, DocumentId document) {
    List<JournalRecord> rounds = rounds(partition, last);
    RoundPath path = RoundPath.of(rounds, Optional.of(document));
    Set<Stain> stains = new HashSet<>();
    NavigableSet<Long> uses = new TreeSet<>();
    learned(
        partition,
        last,
        rounds,
        (round, learned) -> {
          path.stain(round, learned).ifPresent(stains::add);
          if (learned.equals(document)) {
            uses.add(round);
          }
        });
    uses.removeIf(round -> isGone(round, rounds, document));
    stains.stream().filter(Stain::isOpen).map(Stain::from).forEach(uses::add);
    if (uses.isEmpty()) {
      return Optional.empty();
    }
    ReplayScope scope =
        ReplayScope.without(partition, last, document, round -> isClean(round, path, stains));
    return Optional.of(
        new Unlearned(uses.first(), replay.run(scope).collections().get(last.collection())));
  }

  /** Whether the versions since that round, which had learned the document, are gone already. */
  private static boolean isGone(long use, List<JournalRecord> rounds, DocumentId document) {
    return rounds.stream()
        .filter(round -> round.key().round() > use)
        .flatMap(round -> round.order().stream())
        .anyMatch(
            order ->
                order.unlearned().filter(document::equals).isPresent() && order.backTo() < use);
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

  /** Told of a document that a round has learned. */
  private interface Use {
    void by(long round, DocumentId document);
  }

  private void learned(int partition, RoundKey last, List<JournalRecord> rounds, Use use) {
    NavigableMap<Long, JournalRecord> byOffset = new TreeMap<>();
    rounds.stream()
        .filter(round -> round.kind() == Kind.LEARN)
        .forEach(round -> byOffset.put(round.from(), round));
    if (byOffset.isEmpty()) {
      return;
    }
    reader.read(
        DocumentTopics.EXAMPLES,
        partition,
        byOffset.firstKey(),
        byOffset.lastEntry().getValue().to(),
        (place, key, example) -> {
          Map.Entry<Long, JournalRecord> round = byOffset.floorEntry(place.offset());
          if (example != null
              && example.document().collection().equals(last.collection())
              && !example.taught().isEmpty()
              && place.offset() < round.getValue().to()) {
            use.by(round.getValue().key().round(), example.document().id());
          }
        });
  }
}
