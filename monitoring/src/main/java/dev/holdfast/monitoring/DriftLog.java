package dev.holdfast.monitoring;

import java.util.List;

/** Where events of drift are told. Not thread-safe. */
public interface DriftLog extends AutoCloseable {

  /**
   * Takes over from whoever told before: from now on only this one may.
   *
   * @return all that was ever told, in order
   */
  List<DriftEvent> takeOver();

  /** Tells an event, unless another one has taken over. */
  void tell(DriftEvent event);

  @Override
  void close();
}
