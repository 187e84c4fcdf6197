package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.monitoring.Snapshot;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Every service as a user of its own, on a broker that allows each what it needs and no more. */
class SecurityIT {
  private static final Map<String, String> LEARNING =
      Map.of(
          "learner.learning.youth-rehearsals", "10",
          "learner.learning.idle-rehearsals", "2");

  /** Which topics each user writes, by the design; all others are forbidden. */
  private static final Map<Access, Set<String>> WRITES =
      Map.of(
          Access.CLIENT, Set.of("documents.in", "annotations.in"),
          Access.INGEST, Set.of("documents", "examples", "rejected"),
          Access.LEARNER,
              Set.of("models", "refusals", "rejected", "learner.journal", "learner.state"),
          Access.SERVING, Set.of("extractions", "documents.in", "annotations.in"),
          Access.MONITORING, Set.of("drift"),
          Access.OPERATOR, Set.of("control", "models.in"));

  @TempDir static Path folder;

  /** Whoever has passwords and may log; tests show their warnings only. */
  private static final List<String> LOGGERS = List.of("org.apache.kafka", "dev.holdfast");

  private static final Map<String, Optional<Level>> LEVELS = new HashMap<>();
  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
  private static final Map<Part, Node> NODES = new EnumMap<>(Part.class);
  private static SecuredKafka broker;

  /** Keeps all that Kafka's clients and Holdfast log from INFO on, with what was thrown. */
  private static final AppenderBase<ILoggingEvent> KEEPING =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          IThrowableProxy thrown = event.getThrowableProxy();
          LOGGED.add(
              event.getFormattedMessage()
                  + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
      };

  @BeforeAll
  static void start() throws Exception {
    KEEPING.setContext(logger("ROOT").getLoggerContext());
    KEEPING.start();
    logger("ROOT").addAppender(KEEPING);
    for (String name : LOGGERS) {
      LEVELS.put(name, Optional.ofNullable(logger(name).getLevel()));
      logger(name).setLevel(Level.INFO);
    }
    broker = SecuredKafka.start(folder, Stream.of(Access.values()).map(SecurityIT::user).toList());
    makeTopicsByCommand();
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    pem("learner.pem", "PRIVATE KEY", keys.getPrivate());
    pem("learner.pub", "PUBLIC KEY", keys.getPublic());
    pem(
        "other.pub",
        "PUBLIC KEY",
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    for (Part part : Part.values()) {
      NODES.put(part, node(part));
    }
    for (Node node : NODES.values()) {
      node.awaitReady(StopSignal.never(), Duration.ofMinutes(2), line -> {});
    }
  }

  @AfterAll
  static void stop() {
    NODES.values().forEach(Node::close);
    if (broker != null) {
      broker.close();
    }
    logger("ROOT").detachAppender(KEEPING);
    KEEPING.stop();
    LEVELS.forEach((name, level) -> logger(name).setLevel(level.orElse(null)));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private static String user(Access access) {
    return access.name().toLowerCase(Locale.ROOT);
  }

  private static void makeTopicsByCommand() {
    List<String> arguments = new ArrayList<>(List.of("topics"));
    broker
        .admin()
        .forEach((key, value) -> arguments.addAll(List.of("-S", "kafka." + key + "=" + value)));
    for (Access access : Access.values()) {
      arguments.addAll(
          List.of("--allow", user(access) + "=" + SecuredKafka.principal(user(access))));
    }
    StringWriter err = new StringWriter();
    int code =
        Holdfast.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
  }

  private static void pem(String name, String label, Key key) throws Exception {
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(key.getEncoded()), label));
  }

  private static Node node(Part part) throws Exception {
    Map<String, String> settings = new HashMap<>(LEARNING);
    settings.put("ingest.state-directory", folder.resolve("ingest").toString());
    settings.put("learner.signing-key", folder.resolve("learner.pem").toString());
    settings.put(
        "serving.trusted-keys", folder.resolve("other.pub") + "," + folder.resolve("learner.pub"));
    settings.put("monitoring.trusted-keys", folder.resolve("other.pub").toString());
    broker.client(part.label()).forEach((key, value) -> settings.put("kafka." + key, value));
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Map<String, String> kafka = configuration.kafka();
    Topics.create(kafka, Topics.all());
    return Node.start(configuration, EnumSet.of(part), kafka, InstantSource.system());
  }

  @Test
  void everyServiceDoesItsWorkWithWhatItIsAllowed() {
    LabelledDocument document = new SampleStream(41).at(0);
    try (Seen seen = new Seen(broker.client("client"))) {
      seen.client().send(document.document());
      seen.client().send(document.annotation());
      seen.awaitExtraction(document.document().id());
      seen.awaitLearned(document.document().id());
      long version = seen.learnedBy(document.document().id());
      ServedVersion.await(NODES.get(Part.SERVING), version);
      seen.client().send(new SampleStream(41).at(1).document());
      seen.await(
          "an extraction by what was signed",
          () -> seen.extractions.stream().anyMatch(one -> one.version() >= version));
      seen.await("monitoring to read it", () -> snapshot().untrusted() > 0);
    }
    assertThat(snapshot().scores().versions().values())
        .allSatisfy(versions -> assertThat(versions.seen()).isZero());
    assertThat(NODES.values())
        .allSatisfy(
            node ->
                assertThat(node.health())
                    .allSatisfy((name, health) -> assertThat(health.live()).isTrue()));
    assertThat(LOGGED)
        .anyMatch(line -> line.contains("sasl.jaas.config = [hidden]"))
        .anyMatch(line -> line.contains("HTTP endpoint listens on"))
        .anyMatch(line -> line.contains("ingest is RUNNING"))
        .anyMatch(line -> line.matches("partition \\d+ restored: .*"))
        .anyMatch(line -> line.matches("version default/\\S+ serves, .*"))
        .anyMatch(line -> line.equals("monitoring reads the log from its start"));
    assertThat(LOGGED).noneMatch(line -> line.contains("secret-of-"));
  }

  private static Snapshot snapshot() {
    return NODES.get(Part.MONITORING).service(MonitoringService.class).orElseThrow().snapshot();
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void nobodyWritesWhereAnotherDoes(Access access) {
    List<Topic<?, ?>> forbidden =
        Topics.all().stream().filter(topic -> !WRITES.get(access).contains(topic.name())).toList();
    Map<String, Object> properties = new HashMap<>(broker.client(user(access)));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThat(forbidden)
          .hasSize(Topics.all().size() - WRITES.get(access).size())
          .allSatisfy(
              topic ->
                  assertThatThrownBy(() -> write(producer, topic))
                      .as("%s to %s", access, topic.name())
                      .hasCauseInstanceOf(AuthorizationException.class));
    }
  }

  @Test
  void whoHasNoNameOrAWrongPasswordIsNotLetIn() {
    Map<String, String> wrong = new HashMap<>(broker.client("client"));
    wrong.put(
        "sasl.jaas.config",
        wrong.get("sasl.jaas.config").replace(SecuredKafka.password("client"), "guessed"));
    assertThatThrownBy(() -> topics(wrong)).hasCauseInstanceOf(AuthenticationException.class);

    Map<String, String> plain =
        Map.of(
            "bootstrap.servers", broker.admin().get("bootstrap.servers"),
            "default.api.timeout.ms", "3000",
            "request.timeout.ms", "2000");
    assertThatThrownBy(() -> topics(plain)).isInstanceOf(ExecutionException.class);
  }

  private static void topics(Map<String, String> kafka) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      admin.listTopics().names().get();
    }
  }

  private static void write(KafkaProducer<byte[], byte[]> producer, Topic<?, ?> topic)
      throws Exception {
    producer.send(new ProducerRecord<>(topic.name(), new byte[0], new byte[0])).get();
  }
}
