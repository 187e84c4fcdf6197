package dev.holdfast.app;

import dev.holdfast.command.Output;
import dev.holdfast.console.Console;
import dev.holdfast.console.ConsoleRoutes;
import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.process.HttpEndpoint;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Manifest;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends messages to the HTTP endpoint of a whole pipeline in this process, some of them by way of
 * the console, and looks whether each is answered as it is read: taken when it can be read, else
 * refused with the same reason.
 *
 * <p>Not thread-safe.
 */
final class HttpFuzz implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int RELAYED = 3;
  private static final int MOST_BYTES = 10_000;
  private static final String READ = "read";
  private static final String NO_REASON = "without a reason";

  private final DataFolder folder;
  private final LocalPipeline pipeline;
  private final HttpEndpoint console;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Long> taken = new HashMap<>();
  private int sent;

  private HttpFuzz(DataFolder folder, LocalPipeline pipeline, HttpEndpoint console) {
    this.folder = folder;
    this.pipeline = pipeline;
    this.console = console;
  }

  /** Starts Kafka, all services and the endpoints, and waits until they work. */
  static HttpFuzz start(StopSignal stop, Output output) throws IOException, InterruptedException {
    DataFolder folder = DataFolder.temporary();
    // A machine that is busy may take its time: what is asked is what the answer says.
    Map<String, String> patient = Map.of("serving.http.timeout-milliseconds", "60000");
    Settings settings = new Settings(patient, List.of()).orElse(folder.settings());
    try {
      LocalPipeline pipeline =
          LocalPipeline.start(Configuration.read(settings, 0), folder, stop, output);
      try {
        return new HttpFuzz(folder, pipeline, console(pipeline.node().address()));
      } catch (IOException | RuntimeException e) {
        pipeline.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      folder.delete();
      throw e;
    }
  }

  /** A console that hands on what it is sent, as one in another process than serving does. */
  private static HttpEndpoint console(String serving) throws IOException {
    ConsoleSettings settings = new ConsoleSettings(0, 0, Optional.of(URI.create(serving)));
    return new HttpEndpoint(
        HttpEndpoint.Settings.loopback(0),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        Map::of,
        new ConsoleRoutes(new Console(settings, .999, 1, InstantSource.system()), settings)
            .all(false));
  }

  /**
   * Sends a message, if there is an endpoint for its kind.
   *
   * @param outcome of reading it: read, or the code of a reason
   * @return what is wrong with the answer, if anything is; empty when nothing was sent
   */
  Optional<String> send(Fuzz.Kind kind, byte[] message, String outcome)
      throws InterruptedException {
    return switch (kind) {
      case DOCUMENT ->
          sent % 2 == 0
              ? post("/v1/documents", message, outcome, DocumentTopics.DOCUMENTS_IN)
              : post("/v1/extract", message, outcome, null);
      case ANNOTATION -> post("/v1/annotations", message, outcome, DocumentTopics.ANNOTATIONS_IN);
      case FORGETTING -> delete(escaped(message), outcome);
      default -> Optional.empty();
    };
  }

  private Optional<String> delete(String name, String outcome) throws InterruptedException {
    String path = "/v1/documents/%s?collection=%s".formatted(name, name);
    HttpRequest.Builder delete = HttpRequest.newBuilder(at(pipeline.node().address(), path));
    return check(delete.DELETE(), outcome, DocumentTopics.DOCUMENTS_IN, false);
  }

  private Optional<String> post(
      String path, byte[] body, String outcome, Topic<byte[], byte[]> topic)
      throws InterruptedException {
    boolean relayed = !path.equals("/v1/documents") && sent % RELAYED == 0;
    String address = relayed ? console.address() : pipeline.node().address();
    HttpRequest.Builder post = HttpRequest.newBuilder(at(address, path));
    return check(post.POST(HttpRequest.BodyPublishers.ofByteArray(body)), outcome, topic, true);
  }

  private static URI at(String address, String path) {
    return URI.create(address + path);
  }

  /** Every byte as it is, whatever it may mean in a path. */
  private static String escaped(byte[] name) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : name) {
      escaped.append("%%%02X".formatted(b));
    }
    return escaped.toString();
  }

  private Optional<String> check(
      HttpRequest.Builder request, String outcome, Topic<byte[], byte[]> topic, boolean sameReason)
      throws InterruptedException {
    sent++;
    HttpResponse<byte[]> answer;
    try {
      answer =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      return Optional.of("no answer, " + e.getClass().getSimpleName());
    }
    int status = answer.statusCode();
    if (status / 100 == 2 && topic != null) {
      taken.merge(topic.name(), 1L, Long::sum);
    }
    String reason = status / 100 == 2 ? READ : reason(answer);
    boolean right =
        status / 100 == 2
            ? outcome.equals(READ)
            : status / 100 == 4 && !outcome.equals(READ) && !reason.equals(NO_REASON);
    boolean same = !sameReason || reason.equals(outcome);
    return right && same
        ? Optional.empty()
        : Optional.of(
            "expected an answer to what comes to %s, was %d %s".formatted(outcome, status, reason));
  }

  private static String reason(HttpResponse<byte[]> answer) {
    try {
      return JsonInput.read(answer.body(), MOST_BYTES).required("reason").text(1, MOST_BYTES);
    } catch (BadInput e) {
      return NO_REASON;
    }
  }

  /** How many were sent. */
  int sent() {
    return sent;
  }

  /**
   * Looks whether all that was taken is in Kafka and everything still works: all services live, and
   * a document takes its way behind all others.
   *
   * @return what is wrong
   */
  List<String> finish() {
    List<String> wrong = new ArrayList<>();
    for (Topic<byte[], byte[]> topic :
        List.of(DocumentTopics.DOCUMENTS_IN, DocumentTopics.ANNOTATIONS_IN)) {
      long accepted = taken.getOrDefault(topic.name(), 0L);
      long kept = Topics.records(pipeline.kafka().clients(), topic);
      if (kept != accepted) {
        wrong.add("%s: expected %d records, found %d".formatted(topic.name(), accepted, kept));
      }
    }
    if (!comesThrough()) {
      wrong.add("expected an extraction of a document within %s, found none".formatted(PATIENCE));
    }
    pipeline
        .node()
        .health()
        .forEach(
            (service, health) -> {
              if (!health.ready()) {
                wrong.add("%s: expected to be ready, was %s".formatted(service, health));
              }
            });
    return wrong;
  }

  private boolean comesThrough() {
    Document sample = new SampleStream(1).at(0).document();
    DocumentKey last = new DocumentKey(sample.collection(), new DocumentId("after-all-others"));
    Set<DocumentKey> extracted = new HashSet<>();
    PipelineClient.Listener listener =
        new PipelineClient.Listener() {
          @Override
          public void extraction(Extraction extraction, long atMillis) {
            extracted.add(extraction.document());
          }

          @Override
          public void version(Manifest manifest) {
            // Damaged annotations may teach as well as others.
          }

          @Override
          public void rejected(DocumentId document) {
            // Annotations of documents that never come.
          }
        };
    try (PipelineClient user = new PipelineClient(pipeline.kafka().clients())) {
      user.send(
          new Document(
              last.id(),
              last.collection(),
              sample.type(),
              sample.language(),
              sample.pages(),
              sample.tokens()));
      Instant end = Instant.now().plus(PATIENCE);
      while (!extracted.contains(last) && Instant.now().isBefore(end)) {
        user.poll(Duration.ofSeconds(1), listener);
      }
    }
    return extracted.contains(last);
  }

  @Override
  public void close() {
    console.close();
    pipeline.close();
    folder.delete();
  }
}
