package dev.holdfast.version;

import static dev.holdfast.version.VersionFixtures.CHUNK_OF_FLOATS;
import static dev.holdfast.version.VersionFixtures.feed;
import static dev.holdfast.version.VersionFixtures.records;
import static dev.holdfast.version.VersionFixtures.version;
import static dev.holdfast.version.VersionFixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.network.Weights;
import dev.holdfast.version.VersionFixtures.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ModelAssemblerTest {
  private static final long ROOM = 64 << 20;

  private final ModelAssembler assembler = new ModelAssembler(ROOM);

  @Property(seed = "1", tries = 40)
  void whatIsSplitIsAssembledAgain(@ForAll @IntRange(max = 3 * CHUNK_OF_FLOATS) int floats) {
    Weights weights = weights(floats, floats);

    List<Arrival> arrivals =
        feed(new ModelAssembler(ROOM), records(version("default", 1), weights));

    assertThat(arrivals).hasSize(1);
    assertThat(((Arrival.Complete) arrivals.get(0)).weights()).isEqualTo(weights);
  }

  @Property(seed = "1", tries = 40)
  void aDroppedChunkIsNoticed(@ForAll @IntRange(max = 3) int dropped) {
    List<Sent> records = fourChunks();
    records.remove(dropped);

    assertThat(feed(new ModelAssembler(ROOM), records))
        .containsExactly(
            new Arrival.Unusable(version("default", 3), "4 chunks", "no chunk " + dropped));
  }

  @Property(seed = "1", tries = 40)
  void aFlippedBitIsNoticed(
      @ForAll @IntRange(max = 3) int part, @ForAll @IntRange(max = 999) int at) {
    List<Sent> records = fourChunks();
    byte[] flipped = records.get(part).value.clone();
    flipped[at % flipped.length] ^= 1;
    records.set(part, new Sent(records.get(part).key, flipped));

    assertThat(feed(new ModelAssembler(ROOM), records))
        .singleElement()
        .isInstanceOfSatisfying(
            Arrival.Unusable.class,
            unusable -> {
              assertThat(unusable.version()).isEqualTo(version("default", 3));
              assertThat(unusable.expected()).startsWith("sha256:");
              assertThat(unusable.found()).startsWith("sha256:").isNotEqualTo(unusable.expected());
            });
  }

  @Property(seed = "1", tries = 40)
  void aCutChunkIsNoticed(@ForAll @IntRange(max = 3) int part) {
    List<Sent> records = fourChunks();
    byte[] whole = records.get(part).value;
    records.set(part, new Sent(records.get(part).key, Arrays.copyOf(whole, 7)));

    assertThat(feed(new ModelAssembler(ROOM), records))
        .singleElement()
        .isInstanceOf(Arrival.Unusable.class);
  }

  @Property(seed = "1", tries = 40)
  void aRepeatedChunkDoesNoHarm(
      @ForAll @IntRange(max = 3) int part, @ForAll @IntRange(max = 5) int to) {
    List<Sent> records = fourChunks();
    records.add(to, records.get(part));

    assertThat(feed(new ModelAssembler(ROOM), records))
        .singleElement()
        .isInstanceOfSatisfying(
            Arrival.Complete.class,
            complete -> assertThat(complete.weights()).isEqualTo(fourChunkWeights()));
  }

  @Property(seed = "1", tries = 60)
  void anyOrderGivesTheWholeVersionOrNone(@ForAll Random random) {
    List<Sent> records = fourChunks();
    Collections.shuffle(records, random);
    boolean manifestLast = records.get(4).key.isManifest();

    List<Arrival> arrivals = feed(new ModelAssembler(ROOM), records);

    assertThat(arrivals).hasSize(1);
    if (manifestLast) {
      assertThat(((Arrival.Complete) arrivals.get(0)).weights()).isEqualTo(fourChunkWeights());
    } else {
      assertThat(arrivals.get(0)).isInstanceOf(Arrival.Unusable.class);
    }
  }

  @Property(seed = "1", tries = 40)
  void collectionsMayComeMixedInAnyWay(@ForAll Random random) {
    List<List<Sent>> queues = new ArrayList<>();
    for (String collection : List.of("a", "b", "c")) {
      queues.add(
          new ArrayList<>(
              records(version(collection, 1), weights(CHUNK_OF_FLOATS, collection.hashCode()))));
    }
    List<Sent> mixed = new ArrayList<>();
    while (!queues.isEmpty()) {
      List<Sent> queue = queues.get(random.nextInt(queues.size()));
      mixed.add(queue.remove(0));
      queues.removeIf(List::isEmpty);
    }

    assertThat(feed(new ModelAssembler(ROOM), mixed))
        .hasSize(3)
        .allSatisfy(
            arrival ->
                assertThat(((Arrival.Complete) arrival).weights())
                    .isEqualTo(
                        weights(
                            CHUNK_OF_FLOATS, arrival.version().collection().value().hashCode())));
  }

  @Example
  void anUnfinishedVersionIsForgottenWhenTheNextOneComes() {
    List<Sent> records = new ArrayList<>(fourChunks().subList(0, 4));
    records.addAll(records(version("default", 4), weights(10, 4)));

    assertThat(feed(assembler, records))
        .singleElement()
        .isInstanceOfSatisfying(
            Arrival.Complete.class,
            complete -> assertThat(complete.weights()).isEqualTo(weights(10, 4)));
  }

  @Example
  void versionsOnlyGoUp() {
    feed(assembler, records(version("default", 4), weights(10, 4)));

    assertThat(feed(assembler, fourChunks())).isEmpty();
  }

  @Example
  void aTombstoneOfTheManifestWithdrawsTheVersion() {
    feed(assembler, records(version("default", 4), weights(10, 4)));
    List<Arrival> arrivals = new ArrayList<>();
    for (ModelKey key : ModelParts.keys(version("default", 4), 1)) {
      assembler.accept(key, null).ifPresent(arrivals::add);
    }

    assertThat(arrivals).containsExactly(new Arrival.Withdrawn(version("default", 4)));
  }

  @Example
  void whatIsTooLargeIsGivenUpAndDoesNotStopOthers() {
    ModelAssembler small = new ModelAssembler(Chunks.MAX_BYTES);

    assertThat(feed(small, fourChunks()))
        .containsExactly(
            new Arrival.Unusable(
                version("default", 3),
                "at most 262144 bytes in unfinished versions",
                "524288 bytes"));
    assertThat(feed(small, records(version("other", 1), weights(10, 1))))
        .singleElement()
        .isInstanceOf(Arrival.Complete.class);
  }

  @Example
  void leftoversOfOneCollectionGiveWayToAnother() {
    ModelAssembler small = new ModelAssembler(2 * Chunks.MAX_BYTES);
    feed(small, fourChunks().subList(0, 1));

    assertThat(feed(small, records(version("other", 1), weights(CHUNK_OF_FLOATS, 1))))
        .extracting(Arrival::version)
        .containsExactly(version("default", 3), version("other", 1));
  }

  @Example
  void aKindFromTheFutureIsLeftAside() {
    ModelVersion version = version("default", 5);
    ModelParts parts = ModelParts.split(weights(10, 5));
    Content content = parts.content();
    Manifest delta =
        VersionFixtures.manifest(
            version, new Content("delta", content.digest(), content.parts(), content.bytes()));

    assertThat(assembler.accept(ModelKey.manifest(version), ManifestJson.bytes(delta)))
        .contains(new Arrival.Unusable(version, "a snapshot", "a delta"));
  }

  @Example
  void aManifestOfAnotherVersionIsNoticed() {
    List<Sent> records = fourChunks();
    Sent manifest = records.remove(4);
    records.forEach(record -> assembler.accept(record.key, record.value));

    assertThat(assembler.accept(ModelKey.manifest(version("default", 9)), manifest.value))
        .contains(
            new Arrival.Unusable(
                version("default", 9), "the manifest of default/9", "that of default/3"));
  }

  @Example
  void aManifestThatIsNoJsonIsNoticed() {
    assertThat(assembler.accept(ModelKey.manifest(version("default", 9)), new byte[] {'{'}))
        .get()
        .isInstanceOf(Arrival.Unusable.class);
  }

  private static Weights fourChunkWeights() {
    return weights(3 * CHUNK_OF_FLOATS, 3);
  }

  /** Four chunks, since the header comes on top of three chunks of numbers, and a manifest. */
  private static List<Sent> fourChunks() {
    return new ArrayList<>(records(version("default", 3), fourChunkWeights()));
  }
}
