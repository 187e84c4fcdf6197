package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.Control;
import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sees to what operators ask: decides whether it can be done, and does to a learner what has to be
 * done. What is asked of a collection's standing alone is done by the journal record.
 */
final class Obedience {
  private final int partition;
  private final Surroundings.Past past;

  /**
   * What came of a message.
   *
   * @param order what the journal has to say of it
   * @param refusal why nothing was done
   */
  record Answer(Order order, Optional<BadInput> refusal) {}

  Obedience(int partition, Surroundings.Past past) {
    this.partition = partition;
    this.past = past;
  }

  /** Does what the message asks of the lineage, or refuses it. */
  Answer obey(LiveLineage live, ControlMessage message) {
    try {
      if (message.fault().isPresent()) {
        throw message.fault().get();
      }
      Order order = obey(live, message.offset(), message.control().orElseThrow());
      return new Answer(order, Optional.empty());
    } catch (BadInput e) {
      Optional<String> code = Optional.of(e.reason().code());
      return new Answer(new Order(message.offset(), message.control(), code, 0), Optional.of(e));
    }
  }

  private Order obey(LiveLineage live, long offset, Control control) throws BadInput {
    Lineage lineage = live.lineage();
    Optional<BadInput> missing = missing(lineage, control);
    if (missing.isPresent()) {
      throw missing.get();
    }
    long backTo = 0;
    switch (control.action()) {
      case UNLEARN -> {
        return unlearn(live, offset, control);
      }
      case FORK -> {
        return fork(live, offset, control);
      }
      case MERGE -> {
        return merge(live, offset, control);
      }
      case IMPORT -> live.goBack(past.imported(new Digest(control.name())));
      case ROLLBACK -> {
        backTo = lineage.kept(control.number()).orElseThrow().round();
        live.goBack(past.after(partition, new RoundKey(lineage.collection(), backTo)));
      }
      case CONSOLIDATE -> live.learning().consolidate();
      case TRUST -> trust(live, control);
      case PIN, UNPIN, PAUSE, RESUME, PRUNE -> {} // done by the journal record
    }
    return new Order(offset, Optional.of(control), Optional.empty(), backTo);
  }

  private static void trust(LiveLineage live, Control control) throws BadInput {
    if (!live.learning().trust(control.name())) {
      throw new BadInput(
          Reason.UNKNOWN_ANNOTATOR,
          "$.annotator",
          "an annotator who is mistrusted",
          "one who is not");
    }
  }

  private Order fork(LiveLineage live, long offset, Control control) throws BadInput {
    Lineage lineage = live.lineage();
    if (lineage.hasBegun()) {
      throw new BadInput(
          Reason.ALREADY_BEGUN,
          "key",
          "a collection that has learned nothing and has no version",
          "%s, with %d examples and version %d"
              .formatted(lineage.collection(), lineage.counters().examples(), lineage.version()));
    }
    Surroundings.Other other = past.other(from(control));
    live.goBack(Replay.fork(other.learning()));
    return Order.with(other.taken(), offset, control);
  }

  private Order merge(LiveLineage live, long offset, Control control) throws BadInput {
    Surroundings.Other other = past.other(from(control));
    try (Learning theirs = other.learning()) {
      List<Verdict.Fall> falls =
          live.learning().merge(theirs, live.lineage().nextVersion().number());
      if (!falls.isEmpty()) {
        throw new BadInput(
            Reason.WOULD_LOSE,
            "$.from",
            "no loss beyond the budget on what is held back",
            falls.stream().map(Obedience::text).collect(Collectors.joining("; ")));
      }
    }
    return Order.with(other.taken(), offset, control);
  }

  private static ModelVersion from(Control control) {
    return new ModelVersion(new CollectionName(control.name()), control.number());
  }

  private static String text(Verdict.Fall fall) {
    return "type %s, %s, F1 from %.3f to %.3f"
        .formatted(
            fall.type().isEmpty() ? "not said" : fall.type(),
            fall.field().map(field -> "field " + field).orElse("all fields"),
            fall.before(),
            fall.after());
  }

  private Order unlearn(LiveLineage live, long offset, Control control) throws BadInput {
    Lineage lineage = live.lineage();
    RoundKey last = new RoundKey(lineage.collection(), lineage.counters().rounds());
    Surroundings.Without without =
        past.without(partition, last, new DocumentId(control.name()))
            .orElseThrow(
                () ->
                    new BadInput(
                        Reason.UNKNOWN_DOCUMENT,
                        "$.document",
                        "a document that was learned",
                        "one that was not"));
    live.goBack(without.learning());
    return new Order(
        offset,
        Optional.of(control),
        Optional.empty(),
        without.cleanTo(),
        Optional.of(without.cost()),
        Optional.empty());
  }

  private static Optional<BadInput> missing(Lineage lineage, Control control) {
    if (!lineage.lacks(control)) {
      return Optional.empty();
    }
    return Optional.of(
        new BadInput(
            Reason.UNKNOWN_VERSION,
            "$.version",
            "a version that is kept and whose round is known",
            Long.toString(control.number())));
  }
}
