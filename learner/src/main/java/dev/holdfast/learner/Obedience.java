package dev.holdfast.learner;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.version.Digest;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.util.Optional;

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
    Lineage lineage = live.lineage();
    Optional<BadInput> refusal =
        message.fault().or(() -> message.control().flatMap(control -> missing(lineage, control)));
    if (refusal.isPresent()) {
      return refuse(message, refusal.get());
    }
    Control control = message.control().orElseThrow();
    if (control.action() == Action.UNLEARN) {
      return unlearn(live, message, control);
    }
    if (control.action() == Action.IMPORT) {
      return importWeights(live, message, control);
    }
    if (control.action() == Action.TRUST && !live.learning().trust(control.name())) {
      return refuse(
          message,
          new BadInput(
              Reason.UNKNOWN_ANNOTATOR,
              "$.annotator",
              "an annotator who is mistrusted",
              "one who is not"));
    }
    long backTo = 0;
    if (control.action() == Action.ROLLBACK) {
      backTo = lineage.kept(control.number()).orElseThrow().round();
      live.goBack(past.after(partition, new RoundKey(lineage.collection(), backTo)));
    } else if (control.action() == Action.CONSOLIDATE) {
      live.learning().consolidate();
    }
    Order order = new Order(message.offset(), message.control(), Optional.empty(), backTo);
    return new Answer(order, Optional.empty());
  }

  private static Answer refuse(ControlMessage message, BadInput why) {
    Optional<String> code = Optional.of(why.reason().code());
    return new Answer(new Order(message.offset(), message.control(), code, 0), Optional.of(why));
  }

  private Answer importWeights(LiveLineage live, ControlMessage message, Control control) {
    try {
      live.goBack(past.imported(new Digest(control.name())));
    } catch (BadInput e) {
      return refuse(message, e);
    }
    return new Answer(
        new Order(message.offset(), message.control(), Optional.empty(), 0), Optional.empty());
  }

  private Answer unlearn(LiveLineage live, ControlMessage message, Control control) {
    Lineage lineage = live.lineage();
    RoundKey last = new RoundKey(lineage.collection(), lineage.counters().rounds());
    Optional<Surroundings.Without> without =
        past.without(partition, last, new DocumentId(control.name()));
    if (without.isEmpty()) {
      return refuse(
          message,
          new BadInput(
              Reason.UNKNOWN_DOCUMENT,
              "$.document",
              "a document that was learned",
              "one that was not"));
    }
    live.goBack(without.get().learning());
    return new Answer(
        new Order(
            message.offset(),
            message.control(),
            Optional.empty(),
            without.get().cleanTo(),
            Optional.of(without.get().cost())),
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
