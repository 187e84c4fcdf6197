package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.version.Manifest;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about versions, beside all services on a real broker. */
class ModelsIT {
  /** Of a second or two in all, so that versions are rebuilt in no more. */
  private static final Map<String, String> LEARNING =
      Map.of(
          "learner.learning.youth-rehearsals", "10",
          "learner.learning.idle-rehearsals", "2",
          "learner.publish.keep-versions", "100");

  /** As it is promised of a rollback, and of nothing else. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static EmbeddedKafka broker;
  private static Map<String, String> kafka;
  private static int lives;

  private static Node node;

  private Seen seen;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
    node = startServices();
  }

  @AfterAll
  static void stopBroker() {
    node.close();
    broker.close();
  }

  @BeforeEach
  void look() {
    seen = new Seen(kafka);
  }

  @AfterEach
  void lookAway() {
    seen.close();
  }

  @Test
  void aRollbackIsServedAtOnceAndLearnedOnFrom() throws Exception {
    SampleStream sample = new SampleStream(21);
    long good = teach(sample.at(0));
    long bad = teach(sample.at(1));
    // Otherwise rehearsal goes on from there, and its version takes the place of that one.
    run(0, "pause", "--json");
    JsonNode done = run(0, "rollback", Long.toString(good), "--json");
    assertThat(done.get("done").asBoolean()).isTrue();
    Awaitility.await().atMost(AT_ONCE).until(() -> ServedVersion.of(node) == good);
    run(0, "resume", "--json");

    long next = teach(sample.at(2));

    assertThat(next).isGreaterThan(bad);
    assertThat(firstSince(bad, next).parent()).isEqualTo(good);
    ServedVersion.await(node, next);
    assertThat(run(0, "show", Long.toString(next), "--json").toString())
        .contains(id(sample.at(2)).value())
        .doesNotContain(id(sample.at(1)).value());
  }

  /** The version after the rollback: it need not be the one that learned. */
  private Manifest firstSince(long bad, long next) {
    return seen.versions.stream()
        .filter(m -> m.version().number() > bad && m.version().number() <= next)
        .filter(m -> m.parent() != m.version().number() - 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyVersionCanBeRebuiltFromTheLogAlone() throws Exception {
    SampleStream sample = new SampleStream(22);
    long first = teach(sample.at(0));
    long givenUp = teach(sample.at(1));
    run(0, "rollback", Long.toString(first), "--json");
    long last = teach(sample.at(2));

    for (long version : new long[] {first, givenUp, last}) {
      JsonNode rebuilt = run(0, "rebuild", Long.toString(version), "--json");
      assertThat(rebuilt.get("version").asLong()).isEqualTo(version);
      assertThat(rebuilt.get("equal").asBoolean()).as(rebuilt.toString()).isTrue();
      assertThat(rebuilt.get("rebuiltDigest")).isEqualTo(rebuilt.get("digest"));
    }
  }

  @Test
  void aPinnedVersionServesWhileTheLearnerGoesOn() throws Exception {
    SampleStream sample = new SampleStream(23);
    long pinned = teach(sample.at(0));
    run(0, "pin", Long.toString(pinned), "--json");
    Awaitility.await().atMost(PATIENCE).until(() -> ServedVersion.of(node) == pinned);
    long newer = teach(sample.at(1));
    seen.client().send(sample.at(2).document());
    seen.awaitExtraction(id(sample.at(2)));

    assertThat(newer).isGreaterThan(pinned);
    assertThat(seen.extraction(id(sample.at(2))).version()).isEqualTo(pinned);
    run(0, "unpin", "--json");
    ServedVersion.await(node, newer);
  }

  @Test
  void whatIsPausedIsLearnedAfterItIsResumed() throws Exception {
    SampleStream sample = new SampleStream(24);
    teach(sample.at(0));
    run(0, "pause", "--json");
    send(sample.at(1));
    seen.awaitExtraction(id(sample.at(1)));
    assertThat(seen.learnedBy(id(sample.at(1)))).isZero();

    run(0, "resume", "--json");
    seen.awaitLearned(id(sample.at(1)));
  }

  @Test
  void whatCannotBeDoneIsSaidAndChangesNothing() throws Exception {
    long version = teach(new SampleStream(25).at(0));

    JsonNode refused = run(2, "rollback", "999999", "--json");

    assertThat(refused.get("refused").asText()).isEqualTo("unknown_version");
    ServedVersion.await(node, version);
    assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.live()).isTrue());
  }

  @Test
  void anExportedVersionIsAFileByTheRulesOfItsFormat() throws Exception {
    SampleStream sample = new SampleStream(26);
    long version = teach(sample.at(0));
    Path export = folder.resolve("export");
    JsonNode done = run(0, "export", Long.toString(version), "--to", export.toString(), "--json");

    byte[] file = Files.readAllBytes(export.resolve(ExportCommand.WEIGHTS));
    int header = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    JsonNode tensors = JSON.readTree(new String(file, Long.BYTES, header, StandardCharsets.UTF_8));
    assertThat(file[Long.BYTES]).isEqualTo((byte) '{');
    assertThat(header % Long.BYTES).isZero();
    long end = 0;
    for (Map.Entry<String, JsonNode> tensor : tensors.properties()) {
      if (!tensor.getKey().equals("__metadata__")) {
        // The format allows no holes and no overlap.
        assertThat(tensor.getValue().get("data_offsets").get(0).asLong()).isEqualTo(end);
        end = tensor.getValue().get("data_offsets").get(1).asLong();
        long numbers = 1;
        for (JsonNode size : tensor.getValue().get("shape")) {
          numbers *= size.asLong();
        }
        assertThat(tensor.getValue().get("dtype").asText()).isIn("F32", "I32");
        assertThat(end - tensor.getValue().get("data_offsets").get(0).asLong())
            .isEqualTo(4 * numbers);
      }
    }
    assertThat(Long.BYTES + header + end).isEqualTo(file.length);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
    assertThat(done.get("digest").asText()).isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
    assertThat(JSON.readTree(export.resolve(ExportCommand.MANIFEST).toFile()).get("digest"))
        .isEqualTo(done.get("digest"));
  }

  @Test
  void versionsAreComparedByWeightsAndScores() throws Exception {
    SampleStream sample = new SampleStream(27);
    long first = teach(sample.at(0));
    long second = teach(sample.at(1));
    Path test = folder.resolve("test.jsonl");
    try (OutputStream out = Files.newOutputStream(test)) {
      LabelledDocuments.write(out, sample.at(0));
    }

    JsonNode difference =
        run(
            0,
            "diff",
            Long.toString(first),
            Long.toString(second),
            "--test",
            test.toString(),
            "--json");

    assertThat(difference.get("parts")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(difference.get("parts"))
        .anyMatch(part -> part.get("changed").asLong() > 0 && part.get("distance").asDouble() > 0);
    assertThat(difference.get("f1")).hasSizeGreaterThanOrEqualTo(1);
    assertThat(difference.get("microF1")).hasSize(2);
  }

  @Test
  void pruningLeavesOnlyTheNewest() throws Exception {
    SampleStream sample = new SampleStream(28);
    teach(sample.at(0));
    teach(sample.at(1));
    run(0, "pause", "--json");

    run(0, "prune", "--keep", "1", "--json");

    JsonNode versions = run(0, "list", "--json").get("versions");
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).get("state").asText()).isEqualTo("serves");
    run(0, "resume", "--json");
  }

  @Test
  void numbersGoOnWhenEveryLocalDiskIsLost() throws Exception {
    SampleStream sample = new SampleStream(29);
    long before = teach(sample.at(0));
    long latest = seen.versionNumbers().get(seen.versions.size() - 1);
    node.close();
    node = startServices();
    long after = teach(sample.at(1));

    assertThat(after).isGreaterThan(Math.max(before, latest));
    assertThat(seen.versionNumbers()).doesNotHaveDuplicates().isSorted();
    assertThat(seen.extractionCounts()).allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
  }

  /** Sends a document with its annotation; returns the version that learned it. */
  private long teach(LabelledDocument document) {
    send(document);
    seen.awaitLearned(id(document));
    return seen.learnedBy(id(document));
  }

  private void send(LabelledDocument document) {
    seen.client().send(document.document());
    seen.client().send(document.annotation());
  }

  private static DocumentId id(LabelledDocument document) {
    return document.document().id();
  }

  private static JsonNode run(int exit, String... arguments) throws Exception {
    return JSON.readTree(new OperatorShell(broker.bootstrap(), LEARNING).run(exit, arguments));
  }

  /** On a disk that nothing was ever written to. */
  private static Node startServices() throws Exception {
    Map<String, String> settings = new HashMap<>(LEARNING);
    lives++;
    settings.put("ingest.state-directory", folder.resolve("ingest-" + lives).toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node node = Node.start(configuration, EnumSet.allOf(Part.class), kafka, InstantSource.system());
    node.awaitReady(StopSignal.never(), Duration.ofMinutes(2), line -> {});
    return node;
  }
}
