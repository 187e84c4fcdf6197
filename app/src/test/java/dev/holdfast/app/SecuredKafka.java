package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.BrokerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A broker that lets in only who has a name and a password, over TLS, and lets each do only what it
 * was allowed. Its certificate is made by the JDK's keytool.
 */
final class SecuredKafka implements AutoCloseable {
  private static final String STORE_PASSWORD = "secret-of-the-stores";
  private static final String ADMIN = "admin";

  private final KafkaRaftServer broker;
  private final int port;
  private final Path trust;

  private SecuredKafka(KafkaRaftServer broker, int port, Path trust) {
    this.broker = broker;
    this.port = port;
    this.trust = trust;
  }

  /**
   * @param users besides the administrator
   */
  static SecuredKafka start(Path folder, List<String> users) throws Exception {
    Path keys = folder.resolve("broker.p12");
    Path trust = folder.resolve("trust.p12");
    certificate(keys, trust);
    Path data = Files.createDirectories(folder.resolve("kafka"));
    BrokerSettings.format(data, 1, Uuid.randomUuid().toString());
    int port = freePort();
    int controller = freePort();
    Map<String, String> settings = BrokerSettings.of(1, data, 1);
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,%s://127.0.0.1:%d"
            .formatted(port, BrokerSettings.CONTROLLER, controller));
    settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.clients.plain.sasl.jaas.config",
        jaas(ADMIN).replaceFirst(";$", " ")
            + Stream.concat(users.stream(), Stream.of(ADMIN))
                .map(user -> "user_%s=\"%s\"".formatted(user, password(user)))
                .collect(Collectors.joining(" "))
            + ";");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.password", STORE_PASSWORD);
    settings.put("ssl.key.password", STORE_PASSWORD);
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.location", trust.toString());
    settings.put("ssl.truststore.password", STORE_PASSWORD);
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's listener, which is the broker's own, has no names.
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    KafkaRaftServer broker = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    broker.startup();
    return new SecuredKafka(broker, port, trust);
  }

  /** The password of a user. */
  static String password(String user) {
    return "secret-of-" + user;
  }

  static String principal(String user) {
    return "User:" + user;
  }

  /** What a client of that user needs, as it stands in settings below {@code kafka.}. */
  Map<String, String> client(String user) {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + port,
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        jaas(user),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        trust.toString(),
        "ssl.truststore.password",
        STORE_PASSWORD);
  }

  Map<String, String> admin() {
    return client(ADMIN);
  }

  private static String jaas(String user) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password(user));
  }

  private static void certificate(Path keys, Path trust) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "RSA",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      own.load(in, STORE_PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("broker", own.getCertificate("broker"));
    try (OutputStream out = Files.newOutputStream(trust)) {
      trusted.store(out, STORE_PASSWORD.toCharArray());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    broker.shutdown();
    broker.awaitShutdown();
  }
}
