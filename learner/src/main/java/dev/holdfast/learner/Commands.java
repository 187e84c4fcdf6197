package dev.holdfast.learner;

import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.CollectionName;
import java.util.Optional;
import java.util.Set;

/** What operators ask, in its order. */
interface Commands {
  /** The collections that anything was asked of by now. */
  Set<CollectionName> collections();

  /**
   * The first message about a collection from an offset of {@code control} on, if there is one by
   * now.
   */
  Optional<ControlMessage> next(CollectionName collection, long from);

  /** Whether any message asks that a collection begin with what is known elsewhere. */
  default boolean begin(CollectionName collection) {
    Optional<ControlMessage> message = next(collection, 0);
    while (message.isPresent()) {
      if (message.get().control().filter(c -> c.action().begins()).isPresent()) {
        return true;
      }
      message = next(collection, message.get().offset() + 1);
    }
    return false;
  }
}
