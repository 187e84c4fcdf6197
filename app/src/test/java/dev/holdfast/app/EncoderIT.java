package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.Document;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.sample.SampleStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services with an encoder from a file on a real broker. */
class EncoderIT {
  private static final String FILE = "../learner/src/test/resources/encoder/letters.pt";

  /** Of a second or two in all, so that a version is rebuilt in no more. */
  private static final Map<String, String> LEARNING =
      Map.of(
          "learner.encoder.file", FILE,
          "learner.encoder.trained", "true",
          "learner.learning.youth-rehearsals", "10",
          "learner.learning.idle-rehearsals", "2",
          "learner.publish.keep-versions", "100");

  @TempDir static Path folder;

  private static EmbeddedKafka broker;
  private static Map<String, String> kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void whatIsLearnedOverAnEncoderFromAFileIsServedByNodesThatHaveItAndByNoOther() throws Exception {
    SampleStream sample = new SampleStream(31);
    LabelledDocument taught = sample.at(0);
    long learned;
    try (Seen seen = new Seen(kafka);
        Node node = start(EnumSet.allOf(Part.class), Map.of("serving.encoder.file", FILE))) {
      seen.client().send(taught.document());
      seen.client().send(taught.annotation());
      seen.awaitLearned(taught.document().id());
      learned = seen.learnedBy(taught.document().id());
      ServedVersion.await(node, learned);
      assertThat(extract(seen, sample.at(1).document()).version()).isGreaterThanOrEqualTo(learned);
    }
    assertThat(rebuild(learned)).contains("equal to the bit");

    try (Seen seen = new Seen(kafka);
        Node node = start(EnumSet.of(Part.INGEST, Part.SERVING), Map.of())) {
      assertThat(extract(seen, sample.at(2).document()).version()).isZero();
      assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.ready()).isTrue());
    }
  }

  private static Extraction extract(Seen seen, Document document) {
    seen.client().send(document);
    seen.awaitExtraction(document.id());
    return seen.extraction(document.id());
  }

  private static String rebuild(long version) {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("models", "rebuild", Long.toString(version)));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrap()));
    LEARNING.forEach((key, value) -> arguments.addAll(List.of("-S", key + "=" + value)));
    int exit =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    assertThat(exit).as(out.toString()).isZero();
    return out.toString();
  }

  private static Node start(Set<Part> parts, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(LEARNING);
    settings.put("ingest.state-directory", folder.resolve("ingest").toString());
    settings.putAll(more);
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node node = Node.start(configuration, parts, kafka, InstantSource.system());
    node.awaitReady(StopSignal.never(), Duration.ofMinutes(2), line -> {});
    return node;
  }
}
