package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.ExampleJson;
import dev.holdfast.document.FieldName;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Documents that are held back from learning for ever, to score versions on. Which ones follows
 * from the hash of their names alone, but that a document with a field of which little has been
 * learned is learned all the same: what is rare is worth more as a lesson than as a test.
 *
 * <p>When there are too many, the oldest goes of those whose rarest field, by type, is the least
 * rare. Not thread-safe.
 */
final class HeldBack {
  /** Documents with a field that are learned before any with it is held back. */
  static final int FEW = 20;

  private final double share;
  private final int capacity;

  /** Oldest first. */
  private final Map<DocumentKey, HeldDocument> documents = new LinkedHashMap<>();

  /** Documents that the hash chose and that were learned all the same. */
  private final TreeSet<String> spared = new TreeSet<>();

  /** A field of a type. */
  private record Place(String type, FieldName field) {}

  HeldBack(GateSettings settings) {
    share = settings.heldBackShare();
    capacity = settings.documents();
  }

  /**
   * Holds an example back if it is one to be held back.
   *
   * @param learned how many learned documents spoke of a field
   * @return whether it is held back; otherwise it is to be learned
   */
  boolean takes(Example example, ToIntFunction<FieldName> learned) {
    DocumentKey key = example.document().key();
    String name = key.toString();
    if (!documents.containsKey(key)) {
      if (!chosen(name) || spared.contains(name)) {
        return false;
      }
      HeldDocument held = HeldDocument.of(example);
      if (held.marks().keySet().stream().mapToInt(learned).min().orElse(0) < FEW) {
        spared.add(name);
        return false;
      }
    }
    documents.remove(key);
    documents.put(key, HeldDocument.of(example));
    fit();
    return true;
  }

  private void fit() {
    while (documents.size() > capacity) {
      documents.remove(mostCommon());
    }
  }

  private boolean chosen(String name) {
    long hash = name.hashCode() * 0x9e3779b97f4a7c15L;
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return (hash >>> 11) * 0x1p-53 < share;
  }

  private DocumentKey mostCommon() {
    Map<Place, Integer> counts = new HashMap<>();
    for (HeldDocument held : documents.values()) {
      places(held).forEach(place -> counts.merge(place, 1, Integer::sum));
    }
    DocumentKey most = documents.keySet().iterator().next();
    int mostCount = 0;
    for (Map.Entry<DocumentKey, HeldDocument> entry : documents.entrySet()) {
      int rarest = places(entry.getValue()).stream().mapToInt(counts::get).min().orElse(0);
      if (rarest > mostCount) {
        mostCount = rarest;
        most = entry.getKey();
      }
    }
    return most;
  }

  private static List<Place> places(HeldDocument held) {
    String type = held.document().type();
    return held.marks().keySet().stream().map(field -> new Place(type, field)).toList();
  }

  /** Oldest first. */
  List<HeldDocument> documents() {
    return List.copyOf(documents.values());
  }

  /** Gives up those that are of no use to score with. */
  void remove(Predicate<HeldDocument> useless) {
    documents.values().removeIf(useless);
  }

  /**
   * Writes everything that {@link #restore} needs.
   *
   * <pre>
   *   int documents, each: int length, JSON of the example, UTF annotator
   *   int spared, each: UTF name
   * </pre>
   */
  void save(DataOutput out) throws IOException {
    out.writeInt(documents.size());
    for (HeldDocument held : documents.values()) {
      write(out, Example.taught(held.document(), held.marks()));
      out.writeUTF(held.annotator());
    }
    out.writeInt(spared.size());
    for (String name : spared) {
      out.writeUTF(name);
    }
  }

  /**
   * Takes on what {@link #save} wrote. Where more was held back then than may be now, what is too
   * many goes as if it had come since: which ones follows from what was saved and the settings.
   */
  void restore(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Example example = read(in);
      documents.put(
          example.document().key(),
          new HeldDocument(example.document(), example.taught(), in.readUTF()));
    }
    List<String> names = new ArrayList<>();
    int learned = in.readInt();
    for (int i = 0; i < learned; i++) {
      names.add(in.readUTF());
    }
    spared.addAll(names);
    fit();
  }

  /** Writes an example: int length, JSON. */
  static void write(DataOutput out, Example example) throws IOException {
    byte[] json = JsonOutput.bytes(ExampleJson::write, example);
    out.writeInt(json.length);
    out.write(json);
  }

  /** Reads what {@link #write} wrote. */
  static Example read(DataInput in) throws IOException {
    byte[] json = new byte[in.readInt()];
    in.readFully(json);
    try {
      return ExampleJson.read(JsonInput.read(json, json.length));
    } catch (BadInput e) {
      throw new IOException("an example of a learner's state: " + e.getMessage(), e);
    }
  }
}
