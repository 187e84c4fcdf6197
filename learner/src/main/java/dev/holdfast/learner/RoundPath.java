package dev.holdfast.learner;

import dev.holdfast.control.Control.Action;
import dev.holdfast.document.DocumentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which of a collection's rounds lead to its last one, and which documents those leave out by now.
 * Rounds that a rollback has given up lead nowhere; a document that was unlearned is left out by
 * every round before that. Nothing that comes before a beginning with weights from elsewhere leads
 * anywhere.
 *
 * <p>Immutable.
 */
final class RoundPath {
  /** Stands for a document that is to be unlearned after the last round. */
  private static final long NOW = Long.MAX_VALUE;

  private final Set<Long> leading = new HashSet<>();
  private final Deque<JournalRecord> needAnother = new ArrayDeque<>();

  /** By document, the rounds that unlearned it. */
  private final Map<DocumentId, NavigableSet<Long>> unlearned = new HashMap<>();

  private OptionalLong latestPublished = OptionalLong.empty();

  private RoundPath() {}

  /**
   * The path to the last of these.
   *
   * @param rounds all, in their order, from some round on
   * @param without a document that is to be unlearned now
   */
  static RoundPath of(List<JournalRecord> rounds, Optional<DocumentId> without) {
    RoundPath path = new RoundPath();
    without.ifPresent(document -> path.unlearn(document, NOW));
    long wanted = rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).key().round();
    boolean begun = false;
    for (int i = rounds.size() - 1; i >= 0 && !begun; i--) {
      JournalRecord round = rounds.get(i);
      long number = round.key().round();
      if (number == wanted) {
        path.add(round);
        begun = round.begins();
        wanted = round.did(Action.ROLLBACK) ? round.order().orElseThrow().backTo() : number - 1;
      }
    }
    return path;
  }

  private void add(JournalRecord round) {
    long number = round.key().round();
    leading.add(number);
    if (latestPublished.isEmpty() && round.published().isPresent()) {
      latestPublished = OptionalLong.of(number);
    }
    if (round.needsAnother()) {
      needAnother.addFirst(round);
    }
    round
        .order()
        .flatMap(JournalRecord.Order::unlearned)
        .ifPresent(document -> unlearn(document, number));
  }

  private void unlearn(DocumentId document, long round) {
    unlearned.computeIfAbsent(document, name -> new TreeSet<>()).add(round);
  }

  /** Whether that round leads to the last one. */
  boolean leads(long round) {
    return leading.contains(round);
  }

  /** The rounds on it that were spent on a learner from elsewhere, in their order. */
  List<JournalRecord> needAnother() {
    return List.copyOf(needAnother);
  }

  /** Whether that is the last round that published a version and leads to the last one. */
  boolean isLatestPublished(long round) {
    return latestPublished.isPresent() && latestPublished.getAsLong() == round;
  }

  /** The documents that a round leaves out by now. */
  Set<DocumentId> without(long round) {
    return unlearned.entrySet().stream()
        .filter(entry -> entry.getValue().last() > round)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * A run of rounds whose learner had learned a document that is left out by now.
   *
   * @param from the round that learned it
   * @param to the round that unlearned it; {@link Long#MAX_VALUE} when that is still to be done
   */
  record Stain(long from, long to) {
    /** Whether the learner had learned it after that round. */
    boolean covers(long round) {
      return from <= round && round < to;
    }

    /** Whether it is still to be unlearned. */
    boolean isOpen() {
      return to == NOW;
    }
  }

  /**
   * The stain that a round leaves which learned that document, if it leads to the last one and the
   * document is left out by now.
   */
  Optional<Stain> stain(long round, DocumentId document) {
    NavigableSet<Long> rounds = leads(round) ? unlearned.get(document) : null;
    Long to = rounds == null ? null : rounds.higher(round);
    return to == null ? Optional.empty() : Optional.of(new Stain(round, to));
  }
}
