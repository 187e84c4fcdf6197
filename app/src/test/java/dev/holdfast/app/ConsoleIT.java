package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.sample.SampleStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a real browser, over all services at work on the sample stream. Skipped, with a
 * word on why, where there is no Chromium.
 *
 * <p>{@code -Dconsole.pictures=FOLDER} says where the two pictures of the README go, {@code
 * -Dconsole.documents=N} how much there is to see on them.
 */
@TestMethodOrder(OrderAnnotation.class)
class ConsoleIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int DOCUMENTS = Integer.getInteger("console.documents", 40);
  private static final Path PICTURES = Path.of("target/console");
  private static final Path FOR_THE_README =
      Path.of(System.getProperty("console.pictures", PICTURES.toString()));

  @TempDir static Path folder;

  private static final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private static Map<String, String> kafka;
  private static String address;
  private static Browser browser;

  @BeforeAll
  static void playTheSampleStream() throws Exception {
    browser = Browser.start(folder.resolve("browser"));
    opened.push(browser);
    EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
    opened.push(broker);
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
    Map<String, String> settings =
        Map.of("ingest.state-directory", folder.resolve("ingest").toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node node = Node.start(configuration, EnumSet.allOf(Part.class), kafka, InstantSource.system());
    opened.push(node);
    node.awaitReady(StopSignal.never(), PATIENCE, line -> {});
    address = node.address();
    SampleStream sample = new SampleStream(21);
    List<LabelledDocument> documents = IntStream.range(0, DOCUMENTS).mapToObj(sample::at).toList();
    try (PipelineClient client = new PipelineClient(kafka)) {
      Replay.Pace pace = new Replay.Pace(4, OptionalDouble.empty(), 1, Duration.ofMinutes(2));
      new Replay(client, pace, (progress, seconds) -> true, System::nanoTime)
          .run(documents.iterator());
    }
    browser.size(1280, 900, false);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** The next test begins with a page that nobody has typed into. */
  @AfterEach
  void pageHasNothingToComplainOf() {
    List<String> complaints = browser.complaints();
    browser.open("about:blank");
    assertThat(complaints).isEmpty();
  }

  @Test
  @Order(1)
  void everyPanelFillsWithoutReload() throws Exception {
    browser.size(1280, 1190, false);
    browser.open(address + "/#/");

    awaitText("#status", "Live");
    awaitText("#figures", " over all ");
    awaitCount("#versions tbody tr", 1);
    awaitCount("#fields tbody tr", 4);
    awaitCount("#matrix .cell:not(.empty)", 4);
    assertThat(browser.count("#levels div")).isEqualTo(4);
    assertThat(browser.text("#notices")).isNotEmpty();
    for (String plot : List.of("quality", "arrivals")) {
      await(plot + " is drawn").atMost(PATIENCE).until(() -> drawn(plot));
    }

    browser.screenshot(FOR_THE_README.resolve("console-overview.png"));

    int before = documentsShown();
    assertThat(before).isGreaterThanOrEqualTo(DOCUMENTS);
    send(letter("letter-0", "Hello"));
    await().atMost(PATIENCE).until(() -> documentsShown() > before);
    browser.size(1280, 900, false);
  }

  private static int documentsShown() {
    return Integer.parseInt(browser.text("#figures div:nth-child(5) dd").replace(",", ""));
  }

  @Test
  void correctionByKeysIsSentAndLearned() throws Exception {
    Document letter = letter("letter-1", "ACME", "Locker", "L-204", "is", "yours", "now");
    send(letter);
    openDocument("letter-1");
    awaitText(".document-head", "extracted by version");

    browser.press("n", false);
    browser.type("locker");
    browser.press("Enter", false);
    awaitCount(".fields-found li.open", 1);
    assertThat(browser.text(".fields-found li.open")).contains("locker", "not found");
    browser.press("w", false);
    browser.press("ArrowRight", false);
    browser.press("ArrowRight", false);
    browser.press("Enter", false);
    assertThat(browser.text(".fields-found li.open")).contains("L-204", "not sent");
    browser.press("s", false);

    awaitText(".progress li[data-state=done]:nth-child(3)", "Learned in version");
    awaitText(".outcome", "locker");
    assertThat(browser.text(".fields-found li.open .badge")).contains("human");
    awaitText(".document-head", "learned in version");
    assertThat(browser.count("#document-list a[aria-current]")).isEqualTo(1);
    awaitText("#document-list a[aria-current]", "in version");
  }

  @Test
  void whatAPersonReadsOnAnInvoiceReplacesWhatWasFound() throws Exception {
    browser.size(1280, 820, false);
    Wrong wrong = openWhereSomethingIsNotFound();

    open(wrong.field());
    browser.drag(word(wrong.span().start()), word(wrong.span().end() - 1));
    assertThat(browser.text(".choice q")).isEqualTo(wrong.text());
    browser.click(".choice button");
    open("locker");
    browser.click("[data-focus='absent locker']");
    assertThat(browser.text("[data-focus=send]")).startsWith("Send 2 fields");
    browser.click("[data-focus=send]");

    awaitText(".progress li[data-state=done]:nth-child(3)", "Learned in version");
    awaitText(".outcome.right .outcome-after", wrong.text());
    awaitText("[data-focus='field " + wrong.field() + "']", wrong.text());
    assertThat(browser.text("[data-focus='field locker']")).contains("absent");
    open(wrong.field());
    browser.screenshot(FOR_THE_README.resolve("console-correction.png"));
    browser.size(1280, 900, false);
  }

  /** A value that a person reads in a document and the model did not find. */
  private record Wrong(String field, TokenSpan span, String text) {}

  private static Wrong openWhereSomethingIsNotFound() {
    SampleStream sample = new SampleStream(23);
    List<LabelledDocument> invoices =
        IntStream.range(0, 1_000)
            .mapToObj(sample::at)
            .filter(labelled -> labelled.document().type().equals("invoice"))
            .filter(labelled -> labelled.document().tokens().size() < 150)
            .limit(20)
            .toList();
    for (LabelledDocument invoice : invoices) {
      send(invoice.document());
      openDocument(invoice.document().id().value());
      awaitText(".document-head", "extracted by version");
      Optional<Wrong> wrong = wrong(invoice, browser.text(".fields-found"));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    throw new AssertionError("expected something that is not found in 20 invoices, was all found");
  }

  private static Optional<Wrong> wrong(LabelledDocument labelled, String found) {
    for (var mark : labelled.annotation().marks().entrySet()) {
      List<FieldValue> values = mark.getValue().values();
      if (values.size() == 1 && values.get(0).spans().size() == 1) {
        String text = labelled.document().text(values.get(0).spans());
        if (!found.contains(text)) {
          return Optional.of(new Wrong(mark.getKey().value(), values.get(0).spans().get(0), text));
        }
      }
    }
    return Optional.empty();
  }

  private static String word(int token) {
    return "[data-token='%d']".formatted(token);
  }

  /** Opens a field of the open document, found in it or not. */
  private static void open(String field) {
    String button = "[data-focus='field " + field + "']";
    if (browser.count(button) > 0) {
      browser.click(button);
    } else {
      browser.click("[data-focus=another]");
      browser.type(field);
      browser.press("Enter", false);
    }
    awaitText(".fields-found li.open", field.replace('_', ' '));
  }

  @Test
  void markupInADocumentIsShownAsText() throws Exception {
    String script = "<script>window.taken=true</script>";
    send(
        letter("<b>bold</b>-1".replace("/", ":"), script, "<img src=x onerror=window.taken=true>"));
    openDocument("<b>bold<:b>-1");

    awaitText("[data-token='0']", script);
    assertThat(browser.evaluate("window.taken === undefined").asBoolean()).isTrue();
    assertThat(browser.count("#document img, #document script, #document b")).isZero();
    assertThat(browser.text(".document-head h2")).isEqualTo("<b>bold<:b>-1");

    browser.evaluate(
        """
        (() => {
          const script = document.createElement("script");
          script.textContent = "window.taken = true";
          document.head.append(script);
        })()""");
    assertThat(browser.evaluate("window.taken === undefined").asBoolean())
        .as("the content security policy lets no script run that got into the page")
        .isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(browser.complaints())
                    .anyMatch(c -> c.contains("Content Security Policy")));
  }

  @Test
  void documentWithoutPlacesFlowsInLines() throws Exception {
    Box nowhere = new Box(0, 0, 0, 0);
    send(
        document(
            "placeless-1",
            List.of(
                new Token("One", nowhere, 0, 0),
                new Token("line", nowhere, 0, 0),
                new Token("another", nowhere, 0, 1))));
    openDocument("placeless-1");

    awaitCount(".lines p", 2);
    assertThat(browser.count(".sheet")).isZero();
    assertThat(browser.count(".document-head .segments")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 1190, false, overview", "1280, 1190, true, overview",
    "400, 900, false, overview", "400, 900, true, overview",
    "1280, 900, false, document", "1280, 900, true, document",
    "400, 900, false, document", "400, 900, true, document"
  })
  void fitsWideAndNarrowByDayAndByNight(int width, int height, boolean dark, String view)
      throws Exception {
    try {
      browser.size(width, height, dark);
      if (view.equals("overview")) {
        browser.open(address + "/#/");
        await().atMost(PATIENCE).until(() -> drawn("quality") && drawn("arrivals"));
        awaitCount("#matrix .cell:not(.empty)", 4);
      } else {
        openDocument(new SampleStream(21).at(DOCUMENTS - 1).document().id().value());
        awaitCount(".word", 10);
        awaitCount("button.field", 3);
        browser.click(".fields-found li:nth-child(2) button.field");
        browser.evaluate("window.scrollTo(0, 0)");
      }
      assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth").asBoolean())
          .as("nothing is wider than the window")
          .isTrue();
      String night = dark ? "-dark" : "";
      browser.screenshot(PICTURES.resolve("console-%s-%d%s.png".formatted(view, width, night)));
    } finally {
      browser.size(1280, 900, false);
    }
  }

  @Test
  void everythingCanBeReachedByTabAndIsNamed() throws Exception {
    String id = new SampleStream(21).at(DOCUMENTS - 1).document().id().value();
    openDocument(id);
    awaitCount("button.field", 1);
    browser.click("#filter");
    browser.type(id);

    String unnamed =
        """
        [...document.querySelectorAll("button, a, input, select, [role=option], [role=img], [tabindex='0']")]
          .filter((element) => element.checkVisibility())
          .filter((element) => !(element.textContent.trim() || element.getAttribute("aria-label")
              || element.labels?.length || element.getAttribute("aria-labelledby")))
          .map((element) => element.outerHTML)
          .join("\\n")""";
    assertThat(browser.evaluate(unnamed).asText()).isEmpty();
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      browser.press("Tab", false);
      reached.add(
          browser
              .evaluate(
                  "document.activeElement.dataset.focus ?? document.activeElement.id + document.activeElement.className.toString()")
              .asText());
    }
    assertThat(reached).contains(id, "page", "lines", "another", "annotator");
    assertThat(reached).anyMatch(focus -> focus.startsWith("field "));
  }

  private static boolean drawn(String plot) {
    return browser
        .evaluate(
            """
            (() => {
              const canvas = document.querySelector("#%s canvas");
              if (!canvas || !canvas.width) return false;
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              return pixels.some((value, i) => i %% 4 === 3 && value > 0);
            })()"""
                .formatted(plot))
        .asBoolean();
  }

  private static void openDocument(String id) {
    browser.open(address + "/#/documents");
    awaitCount("#document-list a", 1);
    await(id + " is listed")
        .atMost(PATIENCE)
        .until(
            () ->
                browser
                    .evaluate(
                        "[...document.querySelectorAll('#document-list a')].some((link) => link.dataset.focus === '%s' && (link.click(), true))"
                            .formatted(id))
                    .asBoolean());
    awaitText(".document-head h2", id);
  }

  private static void awaitText(String selector, String text) {
    await(selector + " says " + text)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(browser.text(selector)).contains(text));
  }

  private static void awaitCount(String selector, int least) {
    await(selector).atMost(PATIENCE).until(() -> browser.count(selector) >= least);
  }

  private static void send(Document document) {
    try (PipelineClient client = new PipelineClient(kafka)) {
      client.send(document);
    }
  }

  /** Words one below the other. */
  private static Document letter(String id, String... words) {
    return document(
        id,
        IntStream.range(0, words.length)
            .mapToObj(
                i ->
                    new Token(
                        words[i],
                        new Box(100, 100 + 40 * i, 100 + 20 * words[i].length(), 120 + 40 * i),
                        0,
                        i))
            .toList());
  }

  private static Document document(String id, List<Token> tokens) {
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "letter",
        "en",
        List.of(new Page(600, 800)),
        tokens);
  }
}
