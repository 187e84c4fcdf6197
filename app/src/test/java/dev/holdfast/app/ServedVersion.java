package dev.holdfast.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Which version of the default collection a node serves, as it says itself. */
final class ServedVersion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServedVersion() {}

  /** Its number, 0 while there is none. */
  static long of(Node node) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + "/v1/models")).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    for (JsonNode model : JSON.readTree(body).get("models")) {
      if (model.get("collection").asText().equals("default")) {
        return model.get("version").asLong();
      }
    }
    return 0;
  }

  /**
   * Waits until it is that one or a later one: a node takes a version up some time after whoever
   * reads the topic has seen it.
   */
  static void await(Node node, long atLeast) {
    Awaitility.await("version " + atLeast + " or later")
        .atMost(Duration.ofMinutes(1))
        .until(() -> of(node) >= atLeast);
  }
}
