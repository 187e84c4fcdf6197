package dev.holdfast.learner;

import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.CollectionName;
import java.util.Optional;

/** What operators ask, in its order. */
@FunctionalInterface
interface Commands {
  /**
   * The first message about a collection from an offset of {@code control} on, if there is one by
   * now.
   */
  Optional<ControlMessage> next(CollectionName collection, long from);
}
