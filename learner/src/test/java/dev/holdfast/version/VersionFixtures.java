package dev.holdfast.version;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Versions to publish, small or of several chunks. */
final class VersionFixtures {
  /** Numbers that fill a chunk. */
  static final int CHUNK_OF_FLOATS = Chunks.MAX_BYTES / Float.BYTES;

  private VersionFixtures() {}

  /** A record of {@code models}; the value is compared by content only where a test says so. */
  static final class Sent {
    final ModelKey key;
    final byte[] value;

    Sent(ModelKey key, byte[] value) {
      this.key = key;
      this.value = value;
    }
  }

  static ModelVersion version(String collection, long number) {
    return new ModelVersion(new CollectionName(collection), number);
  }

  static Weights weights(int floats, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[floats];
    for (int i = 0; i < floats; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return new Weights(Map.of("fields", "total"), List.of(Tensor.of("rows", numbers, floats)));
  }

  static Manifest manifest(ModelVersion version, Content content) {
    return new Manifest(
        version,
        version.number() - 1,
        content,
        Instant.parse("2026-01-05T10:00:00.125Z"),
        List.of(
            new LearnedExample(
                new DocumentId("inv-77"), "ana", Instant.parse("2026-01-05T09:59:59.900Z")),
            new LearnedExample(
                new DocumentId("inv-78"), "", Instant.parse("2026-01-05T09:59:59.950Z"))),
        new Counters(17, 40, 320),
        new Provenance(2, 1234, -5, Digest.of(List.of(new byte[] {1}))));
  }

  static List<Sent> records(ModelVersion version, Weights weights) {
    ModelParts parts = ModelParts.split(weights);
    List<Sent> records = new ArrayList<>();
    parts.write(
        manifest(version, parts.content()), (key, value) -> records.add(new Sent(key, value)));
    return records;
  }

  static List<Arrival> feed(ModelAssembler assembler, List<Sent> records) {
    List<Arrival> arrivals = new ArrayList<>();
    records.forEach(record -> assembler.accept(record.key, record.value).ifPresent(arrivals::add));
    return arrivals;
  }
}
