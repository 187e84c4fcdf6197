package dev.holdfast.network;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which fields were ever marked on the same document. Where annotations are partial, a field
 * without a mark may well be there; but fields that never met on any of many documents do not
 * belong to one kind.
 *
 * <p>Not thread-safe.
 */
final class Companions {
  private final List<Circle> circles = new ArrayList<>();

  /** Of one field: those that it has met, itself among them, on how many documents. */
  private static final class Circle {
    final BitSet met = new BitSet();
    int documents;
  }

  private Circle circle(int field) {
    while (circles.size() <= field) {
      circles.add(new Circle());
    }
    return circles.get(field);
  }

  /**
   * Counts a document.
   *
   * @param before numbers of the fields that it was counted with before; empty for a new one
   * @param marked numbers of all fields that are marked on it
   */
  void count(BitSet before, BitSet marked) {
    marked.stream()
        .forEach(
            field -> {
              Circle circle = circle(field);
              circle.met.or(marked);
              if (!before.get(field)) {
                circle.documents++;
              }
            });
  }

  /**
   * How sure it is that a field does not belong where certain others are marked: how improbable it
   * would be that it has not met one of them yet.
   *
   * @param share how often the field is marked where it belongs, 0 to 1
   * @return 0 for a field that has met them all, 1 for certain
   */
  float strange(int field, BitSet marked, float share) {
    int documents = marked.stream().map(other -> without(field, other)).max().orElse(0);
    return improbable(documents, share);
  }

  /** How sure it is that a field does not belong where a certain other one does, likewise. */
  float strange(int field, int other, float share) {
    return improbable(without(field, other), share);
  }

  /** On how many documents the other field was marked, if it has never met the field; else 0. */
  private int without(int field, int other) {
    Circle circle = circle(other);
    return circle.met.get(field) ? 0 : circle.documents;
  }

  private static float improbable(int documents, float share) {
    return (float) -Math.expm1(documents * Math.log1p(-share));
  }

  /** Of each of so many fields, the documents that it was marked on. */
  int[] documents(int fields) {
    return IntStream.range(0, fields).map(field -> circle(field).documents).toArray();
  }

  /** The fields that a field has met, ascending. */
  int[] met(int field) {
    return circle(field).met.stream().toArray();
  }

  /** Sets what is known of a field. */
  void set(int field, int documents, int[] met) {
    Circle circle = circle(field);
    circle.documents = documents;
    Arrays.stream(met).forEach(circle.met::set);
  }

  /**
   * Takes on what another one knows. Fields that only one of the two knows had no chance to meet
   * those that only the other knows: these count as met.
   *
   * @param numbers of its fields, here
   * @param before how many fields were known here before
   */
  void take(Companions other, int[] numbers, int before) {
    BitSet only = new BitSet();
    only.set(0, before);
    Arrays.stream(numbers).forEach(only::clear);
    BitSet theirsOnly = new BitSet();
    Arrays.stream(numbers).filter(number -> number >= before).forEach(theirsOnly::set);
    only.stream().forEach(field -> circle(field).met.or(theirsOnly));
    theirsOnly.stream().forEach(field -> circle(field).met.or(only));
    for (int field = 0; field < other.circles.size(); field++) {
      Circle theirs = other.circles.get(field);
      Circle own = circle(numbers[field]);
      theirs.met.stream().forEach(each -> own.met.set(numbers[each]));
      own.documents = Math.max(own.documents, theirs.documents);
    }
  }

  /**
   * Writes what {@link #restore} needs.
   *
   * <pre>int fields, each: int documents, int met, their numbers</pre>
   */
  void save(DataOutput out) throws IOException {
    out.writeInt(circles.size());
    for (Circle circle : circles) {
      out.writeInt(circle.documents);
      out.writeInt(circle.met.cardinality());
      for (int other : circle.met.stream().toArray()) {
        out.writeInt(other);
      }
    }
  }

  /** Takes on what {@link #save} wrote. */
  void restore(DataInput in) throws IOException {
    int fields = in.readInt();
    for (int field = 0; field < fields; field++) {
      int documents = in.readInt();
      int[] met = new int[in.readInt()];
      for (int i = 0; i < met.length; i++) {
        met[i] = in.readInt();
      }
      set(field, documents, met);
    }
  }
}
