package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.Lineage.Kept;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.wire.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class CheckpointJsonTest {
  private static final Path FIRST = Path.of("src/test/resources/golden/learner/checkpoint-1.json");
  private static final Path SECOND = Path.of("src/test/resources/golden/learner/checkpoint-2.json");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/learner/checkpoint-3.json");

  /** What the first format could say. */
  private static final Checkpoint WITHOUT_ORDERS =
      checkpoint(42, List.of(new Kept(41, 8, 0), new Kept(42, 9, 0)), Orders.NONE);

  /** What the second format could say. */
  private static final Checkpoint UNSTAINED = ordered(new Orders(7, 41, false, true));

  private static final Checkpoint CHECKPOINT = ordered(new Orders(7, 41, true, true));

  private static Checkpoint ordered(Orders orders) {
    return checkpoint(41, List.of(new Kept(41, 8, 12), new Kept(42, 9, 15)), orders);
  }

  private static Checkpoint checkpoint(long parent, List<Kept> kept, Orders orders) {
    return new Checkpoint(
        new Lineage(
            new CollectionName("default"),
            1_234,
            new Counters(17, 40, 320),
            42,
            parent,
            kept,
            List.of(
                new LearnedExample(
                    new DocumentId("inv-77"), "ana", Instant.parse("2026-01-05T09:59:59.900Z"))),
            List.of(),
            310,
            orders),
        1_000,
        Digest.of(List.of(new byte[] {1, 2, 3})),
        12,
        3_000_000);
  }

  @Test
  void everyCheckpointEverReleasedCanBeRead() throws IOException, BadInput {
    assertThat(CheckpointJson.read(Files.readAllBytes(FIRST))).isEqualTo(WITHOUT_ORDERS);
    assertThat(CheckpointJson.read(Files.readAllBytes(SECOND))).isEqualTo(UNSTAINED);
    assertThat(CheckpointJson.read(Files.readAllBytes(GOLDEN))).isEqualTo(CHECKPOINT);
  }

  @Test
  void aCheckpointIsWrittenAsReleased() throws IOException {
    assertThat(new String(CheckpointJson.bytes(CHECKPOINT), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void keysAreWrittenAsDocumented() {
    CheckpointKey head = CheckpointKey.head(CHECKPOINT.round());
    CheckpointKey chunk = CheckpointKey.chunk(CHECKPOINT.round(), 3);

    assertThat(head).hasToString("default/000000000017/head");
    assertThat(chunk).hasToString("default/000000000017/00003");
    assertThat(CheckpointKey.parse(head.toString())).isEqualTo(head);
    assertThat(CheckpointKey.parse(chunk.toString())).isEqualTo(chunk);
    assertThatThrownBy(() -> CheckpointKey.parse("default/17/head"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Writes the golden file of a new format; old ones are never written again. */
  @Test
  @EnabledIfSystemProperty(named = "golden.regenerate", matches = "checkpoint")
  void regenerate() throws IOException {
    Files.write(GOLDEN, CheckpointJson.bytes(CHECKPOINT));
  }
}
