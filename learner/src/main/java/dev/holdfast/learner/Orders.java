package dev.holdfast.learner;

import dev.holdfast.control.Control.Action;
import dev.holdfast.learner.JournalRecord.Order;

/**
 * What operators have asked of a collection and what of it still holds.
 *
 * @param next one past the offset of the last message of {@code control} that was seen to
 * @param pinned number of the version that is to stay, 0 when none is
 * @param stained whether the pinned version has learned a document that was unlearned since: it is
 *     gone as soon as it is pinned no more
 * @param paused whether nothing is to be learned
 */
record Orders(long next, long pinned, boolean stained, boolean paused) {
  /** Before anything was asked. */
  static final Orders NONE = new Orders(0, 0, false, false);

  Orders {
    if (next < 0 || pinned < 0) {
      throw new IllegalArgumentException(
          "expected next and pinned >= 0, was %d and %d".formatted(next, pinned));
    }
  }

  /**
   * After one more.
   *
   * @param stains whether it is to unlearn a document that the pinned version has learned
   */
  Orders after(Order order, boolean stains) {
    long nowPinned = order.did(Action.UNPIN) ? 0 : pinned;
    if (order.did(Action.PIN)) {
      nowPinned = order.control().orElseThrow().number();
    }
    boolean nowPaused = order.did(Action.PAUSE) || (paused && !order.did(Action.RESUME));
    boolean nowStained = nowPinned == pinned && (stained || stains);
    return new Orders(order.offset() + 1, nowPinned, nowStained, nowPaused);
  }
}
