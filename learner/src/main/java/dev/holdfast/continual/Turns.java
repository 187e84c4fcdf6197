package dev.holdfast.continual;

import dev.holdfast.document.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order in which held-back documents are scored: two of a type that was learned lately, then
 * one of another, each from where its turn is, so that versions one after the other see all of
 * them.
 *
 * <p>Not thread-safe.
 */
final class Turns {
  /** Tokens of a run of documents, after which no more are added to it. */
  private static final int MAX_TOKENS = 4_000;

  private static final int OF_LATE = 2;

  private final List<HeldDocument> order = new ArrayList<>();
  private int next;

  /**
   * @param turn how many were scored so far, for all versions
   * @param lately what was learned lately
   */
  Turns(List<HeldDocument> documents, int turn, List<Example> lately) {
    Set<String> types =
        lately.stream().map(example -> example.document().type()).collect(Collectors.toSet());
    List<HeldDocument> late = new ArrayList<>();
    List<HeldDocument> others = new ArrayList<>();
    documents.forEach(held -> (types.contains(held.document().type()) ? late : others).add(held));
    rotate(late, turn);
    rotate(others, turn);
    int other = 0;
    for (int i = 0; i < late.size(); i++) {
      order.add(late.get(i));
      if ((i + 1) % OF_LATE == 0 && other < others.size()) {
        order.add(others.get(other++));
      }
    }
    order.addAll(others.subList(other, others.size()));
  }

  private static void rotate(List<HeldDocument> documents, int turn) {
    if (!documents.isEmpty()) {
      Collections.rotate(documents, -(turn % documents.size()));
    }
  }

  boolean hasNext() {
    return next < order.size();
  }

  /** The next so many, fewer when they are long; at least one. */
  List<HeldDocument> next(int count) {
    List<HeldDocument> run = new ArrayList<>();
    int tokens = 0;
    while (hasNext() && run.size() < count && tokens < MAX_TOKENS) {
      HeldDocument held = order.get(next++);
      run.add(held);
      tokens += held.document().tokens().size();
    }
    return run;
  }
}
