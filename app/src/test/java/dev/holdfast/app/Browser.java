package dev.holdfast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * One page in headless Chromium, driven by its DevTools protocol as far as these tests need it:
 * real keys and a real pointer, and what the page complains of.
 *
 * <p>For one thread.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final WebSocket socket;

  private Browser(Process process) throws Exception {
    this.process = process;
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page(address(process))), new Messages())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List.of("Page", "Runtime", "Log").forEach(domain -> call(domain + ".enable", Map.of()));
  }

  /**
   * Starts it.
   *
   * @param folder where it keeps what it must
   * @throws TestAbortedException when there is none here, having said so
   */
  static Browser start(Path folder) throws Exception {
    for (String name : NAMES) {
      try {
        return new Browser(
            new ProcessBuilder(
                    name,
                    "--headless=new",
                    // Its sandbox does not work for root, and it is shown our own page only.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + folder,
                    "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      } catch (IOException e) {
        if (!e.getMessage().contains("Cannot run program")) {
          throw e;
        }
      }
    }
    String why = "skipped, no browser here to look with: expected one of " + NAMES;
    System.err.println(why);
    throw new TestAbortedException(why);
  }

  private static String address(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        // What it says later must not fill the pipe.
        Thread drain = new Thread(() -> lines.lines().forEach(more -> {}), "browser-stderr");
        drain.setDaemon(true);
        drain.start();
        return listening.group(1);
      }
    }
    throw new IOException("expected the browser to say where it listens, it ended instead");
  }

  private String page(String address) throws Exception {
    HttpResponse<String> pages =
        http.send(
            HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build(),
            HttpResponse.BodyHandlers.ofString());
    for (JsonNode target : json.readTree(pages.body())) {
      if (target.get("type").asText().equals("page")) {
        return target.get("webSocketDebuggerUrl").asText();
      }
    }
    throw new IOException("expected the browser to have a page, was " + pages.body());
  }

  /** Messages come in pieces; each is the answer to a call, or tells of something. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      message.append(piece);
      if (last) {
        take(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(String message) {
    try {
      JsonNode told = json.readTree(message);
      CompletableFuture<JsonNode> answered = waiting.remove(told.path("id").asInt(-1));
      if (answered != null) {
        answered.complete(told);
      } else if (told.path("method").asText().equals("Runtime.exceptionThrown")) {
        complaints.add(told.at("/params/exceptionDetails").toString());
      } else if (told.at("/params/entry/level").asText().equals("error")) {
        complaints.add(told.at("/params/entry").toString());
      }
    } catch (IOException e) {
      complaints.add("a message that is no JSON: " + e.getMessage());
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answered = new CompletableFuture<>();
    waiting.put(id, answered);
    ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
    message.set("params", json.valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    JsonNode answer = answered.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (answer.has("error")) {
      throw new AssertionError(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  /** Errors of the page since they were last asked for: uncaught, refused or not loaded. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** A window of that many pixels, by day or by night. */
  void size(int width, int height, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  void open(String url) {
    call("Page.navigate", Map.of("url", url));
  }

  /** What an expression comes to in the page. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** The text of the first element that matches; empty when none does. */
  String text(String selector) {
    return evaluate("document.querySelector(" + quoted(selector) + ")?.textContent ?? ''").asText();
  }

  /** How many elements match. */
  int count(String selector) {
    return evaluate("document.querySelectorAll(" + quoted(selector) + ").length").asInt();
  }

  /** Clicks in the middle of the first element that matches, having brought it into view. */
  void click(String selector) {
    drag(selector, selector);
  }

  /** Presses the button on one element and lets it go on the other. */
  void drag(String from, String to) {
    pointer("mousePressed", from);
    pointer("mouseMoved", to);
    pointer("mouseReleased", to);
  }

  private void pointer(String what, String selector) {
    JsonNode middle =
        evaluate(
            """
            (() => {
              const element = document.querySelector(%s);
              element.scrollIntoView({ block: "nearest", inline: "nearest" });
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            })()"""
                .formatted(quoted(selector)));
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            what,
            "x",
            middle.get(0).asDouble(),
            "y",
            middle.get(1).asDouble(),
            "button",
            "left",
            "buttons",
            what.equals("mouseReleased") ? 0 : 1,
            "clickCount",
            1));
  }

  /** Types a text where the focus is. */
  void type(String text) {
    text.chars().forEach(c -> press(Character.toString(c), false));
  }

  /** Presses a key such as {@code a}, {@code Enter} or {@code ArrowDown}. */
  void press(String key, boolean shift) {
    String typed = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    Map<String, Object> event =
        Map.of("key", key, "text", typed, "modifiers", shift ? 8 : 0, "type", "keyDown");
    call("Input.dispatchKeyEvent", event);
    call("Input.dispatchKeyEvent", Map.of("key", key, "type", "keyUp"));
  }

  /** Saves what is in the window as PNG. */
  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png"));
    Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
  }

  private String quoted(String text) {
    return text.chars()
        .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : Character.toString(c))
        .collect(joining("", "\"", "\""));
  }

  @Override
  public void close() {
    // It goes as soon as it is asked to, perhaps before it answers.
    var unused = socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      socket.abort();
    }
  }
}
