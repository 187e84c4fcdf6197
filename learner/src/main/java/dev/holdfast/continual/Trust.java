package dev.holdfast.continual;

import dev.holdfast.network.Extractor;
import dev.holdfast.score.Tally;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose examples a version was refused for. Who is blamed is mistrusted for a while: an example of
 * theirs is learned only if the last good version agrees with at least half of it.
 *
 * <p>Not thread-safe.
 */
final class Trust {
  /** How improbable so little agreement must be for an annotator to be blamed. */
  private static final double IMPROBABLE = .01;

  /** Examples of an annotator that are looked at more closely once they are blamed. */
  private static final int MISTRUSTED = 64;

  /** Examples to come that are looked at more closely, by annotator. */
  private final TreeMap<String, Integer> mistrusted = new TreeMap<>();

  /**
   * How far a version and people agree.
   *
   * @param agreed fields of documents that the version reads exactly as they do
   * @param fields that they speak of
   */
  record Agreement(int agreed, int fields) {
    static final Agreement NONE = new Agreement(0, 0);

    static Agreement of(HeldDocument document, Extractor version) {
      Collection<Tally> tallies = document.score(version).fields().values();
      int right = (int) tallies.stream().filter(tally -> tally.f1() == 1).count();
      return new Agreement(right, tallies.size());
    }

    Agreement plus(Agreement other) {
      return new Agreement(agreed + other.agreed, fields + other.fields);
    }

    /** How probable so little agreement is where more is usual. */
    double chance(Agreement usual) {
      double share = (usual.agreed + 1.0) / (usual.fields + 2.0);
      return Comparison.tail(agreed, fields, share);
    }
  }

  /**
   * Finds those whose examples a version agrees with less than it agrees with what is held back.
   *
   * @param examples that the version has not learned
   * @param heldBack what is held back
   */
  static SortedSet<String> suspects(
      Collection<HeldDocument> examples, Collection<HeldDocument> heldBack, Extractor version) {
    Agreement usual =
        heldBack.stream()
            .map(held -> Agreement.of(held, version))
            .reduce(Agreement.NONE, Agreement::plus);
    TreeMap<String, Agreement> byAnnotator = new TreeMap<>();
    examples.forEach(
        example ->
            byAnnotator.merge(
                example.annotator(), Agreement.of(example, version), Agreement::plus));
    SortedSet<String> suspects = new TreeSet<>();
    byAnnotator.forEach(
        (annotator, agreement) -> {
          if (agreement.chance(usual) <= IMPROBABLE) {
            suspects.add(annotator);
          }
        });
    return suspects;
  }

  /** Mistrusts them from now on. */
  void blame(SortedSet<String> annotators) {
    annotators.forEach(annotator -> mistrusted.put(annotator, MISTRUSTED));
  }

  /**
   * Trusts an annotator again.
   *
   * @return whether they were mistrusted
   */
  boolean forgive(String annotator) {
    return mistrusted.remove(annotator) != null;
  }

  /** How many are mistrusted. */
  int mistrusted() {
    return mistrusted.size();
  }

  /** Whether an example is to be looked at more closely before it is learned. */
  boolean doubts(HeldDocument example) {
    return mistrusted.containsKey(example.annotator());
  }

  /** Takes in an example that was looked at more closely; says whether it is to be learned. */
  boolean accepts(HeldDocument example, Extractor good) {
    mistrusted.computeIfPresent(
        example.annotator(), (annotator, left) -> left > 1 ? left - 1 : null);
    Agreement agreement = Agreement.of(example, good);
    return 2 * agreement.agreed() >= agreement.fields();
  }

  /** Writes int annotators, each: UTF name, int examples. */
  void save(DataOutput out) throws IOException {
    out.writeInt(mistrusted.size());
    for (Map.Entry<String, Integer> entry : mistrusted.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue());
    }
  }

  void restore(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      mistrusted.put(in.readUTF(), in.readInt());
    }
  }
}
