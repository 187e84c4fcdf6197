package dev.holdfast.continual;

import dev.holdfast.document.FieldName;
import dev.holdfast.network.TrainingDocument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Rehearsals that idle time is still to be spent on. Some are owed to young fields and are drawn
 * from the documents with such a field: drawn from all of memory, they would teach a new type the
 * less the more is remembered of others.
 *
 * <p>Not thread-safe.
 */
final class Owed {
  private long all;
  private long ofYoung;

  /** How many of them are owed to which field. */
  private final SortedMap<FieldName, Long> young = new TreeMap<>();

  /** How many there are. */
  long all() {
    return all;
  }

  /** So many more, drawn from all of memory. */
  void add(long rehearsals) {
    all += rehearsals;
  }

  /**
   * So many more, drawn from documents with these fields, as many for each.
   *
   * @param fields at least one
   */
  void add(List<FieldName> fields, long rehearsals) {
    for (int i = 0; i < fields.size(); i++) {
      long share = rehearsals / fields.size() + (i < rehearsals % fields.size() ? 1 : 0);
      if (share > 0) {
        young.merge(fields.get(i), share, Long::sum);
      }
    }
    all += rehearsals;
    ofYoung += rehearsals;
  }

  /**
   * A document to rehearse, which is then owed no more.
   *
   * @param memory with at least one document
   */
  TrainingDocument next(ReplayMemory memory, SplittableRandom random) {
    Optional<FieldName> field = youngField(memory, random);
    all--;
    if (field.isEmpty()) {
      return memory.draw(random);
    }
    take(field.get(), 1);
    return memory.draw(field.get(), random);
  }

  /**
   * A document like those that {@link #next} gives, to learn something else from.
   *
   * @param memory with at least one document
   */
  TrainingDocument like(ReplayMemory memory, SplittableRandom random) {
    return youngField(memory, random)
        .map(field -> memory.draw(field, random))
        .orElseGet(() -> memory.draw(random));
  }

  /** The field that the next one is owed to, if it is owed to one. */
  private Optional<FieldName> youngField(ReplayMemory memory, SplittableRandom random) {
    long place = all > 0 ? random.nextLong(all) : all;
    if (place >= ofYoung) {
      return Optional.empty();
    }
    for (Map.Entry<FieldName, Long> entry : young.entrySet()) {
      place -= entry.getValue();
      if (place < 0) {
        FieldName field = entry.getKey();
        if (memory.contains(field)) {
          return Optional.of(field);
        }
        take(field, entry.getValue()); // none of its documents is remembered: the rest is for all
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void take(FieldName field, long rehearsals) {
    ofYoung -= rehearsals;
    young.computeIfPresent(field, (name, owed) -> owed > rehearsals ? owed - rehearsals : null);
  }

  /**
   * Writes what {@link #restore} needs.
   *
   * <pre>
   *   long all
   *   int young fields, each: UTF name, long owed
   * </pre>
   */
  void save(DataOutput out) throws IOException {
    out.writeLong(all);
    out.writeInt(young.size());
    for (Map.Entry<FieldName, Long> entry : young.entrySet()) {
      out.writeUTF(entry.getKey().value());
      out.writeLong(entry.getValue());
    }
  }

  /** Takes on what {@link #save} wrote. */
  void restore(DataInput in) throws IOException {
    all = in.readLong();
    int fields = in.readInt();
    for (int i = 0; i < fields; i++) {
      FieldName field = new FieldName(in.readUTF());
      long owed = in.readLong();
      young.put(field, owed);
      ofYoung += owed;
    }
  }
}
