package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.continual.Verdict;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Token;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.version.Refusal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int DOCUMENTS = Integer.getInteger("console.documents", 40);
  private static final String TOKEN = "opensesame";

  /** {@code printf %s opensesame | sha256sum}. */
  private static final String SHA256 =
      "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";

  private static final Path PICTURES = Path.of("target/console");
  private static final Path FOR_THE_README =
      Path.of(System.getProperty("console.pictures", PICTURES.toString()));

  @TempDir static Path folder;

  /** Empty where there is no browser. */
  private static final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private static ConsoleStage stage;
  private static Browser browser;
  private static ConsolePage page;

  @BeforeAll
  static void playTheSampleStream() throws Exception {
    stage = ConsoleStage.start(folder, DOCUMENTS, opened);
    page = stage.page();
    browser = page.browser();
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
    page.openOverview();

    page.awaitText("#status", "Live");
    page.awaitText("#figures", " over all ");
    page.awaitCount("#versions tbody tr", 1);
    page.awaitCount("#fields tbody tr", 4);
    page.awaitCount("#matrix .cell:not(.empty)", 4);
    assertThat(browser.count("#levels div")).isEqualTo(4);
    assertThat(browser.text("#notices")).isNotEmpty();
    page.awaitDrawn("quality", "arrivals");

    browser.screenshot(FOR_THE_README.resolve("console-overview.png"));

    int before = documentsShown();
    assertThat(before).isGreaterThanOrEqualTo(DOCUMENTS);
    stage.send(Letters.of("letter-0", "Hello"));
    await().atMost(ConsoleStage.PATIENCE).until(() -> documentsShown() > before);
    browser.size(1280, 900, false);
  }

  private static int documentsShown() {
    return Integer.parseInt(browser.text("#figures div:nth-child(5) dd").replace(",", ""));
  }

  @Test
  void correctionByKeysIsSentAndLearned() throws Exception {
    Document letter = Letters.of("letter-1", "ACME", "Locker", "L-204", "is", "yours", "now");
    stage.send(letter);
    page.openDocument("letter-1");
    page.awaitText(".document-head", "extracted by version");

    browser.press("n", false);
    browser.type("locker");
    browser.press("Enter", false);
    page.awaitCount(".fields-found li.open", 1);
    assertThat(browser.text(".fields-found li.open")).contains("locker", "not found");
    browser.press("w", false);
    browser.press("ArrowRight", false);
    browser.press("ArrowRight", false);
    browser.press("Enter", false);
    assertThat(browser.text(".fields-found li.open")).contains("L-204", "not sent");
    browser.press("s", false);

    page.awaitText(".progress li[data-state=done]:nth-child(3)", "Learned in version");
    page.awaitText(".outcome", "locker");
    assertThat(browser.text(".fields-found li.open .badge")).contains("human");
    page.awaitText(".document-head", "learned in version");
    assertThat(browser.count("#document-list a[aria-current]")).isEqualTo(1);
    page.awaitText("#document-list a[aria-current]", "in version");
  }

  @Test
  void whatAPersonReadsOnAnInvoiceReplacesWhatWasFound() throws Exception {
    browser.size(1280, 820, false);
    Missed wrong = Missed.open(stage);

    page.openField(wrong.field());
    browser.drag(ConsolePage.word(wrong.span().start()), ConsolePage.word(wrong.span().end() - 1));
    assertThat(browser.text(".choice q")).isEqualTo(wrong.text());
    browser.click(".choice button");
    page.openField("locker");
    browser.click("[data-focus='absent locker']");
    assertThat(browser.text("[data-focus=send]")).startsWith("Send 2 fields");
    browser.click("[data-focus=send]");

    page.awaitText(".progress li[data-state=done]:nth-child(3)", "Learned in version");
    page.awaitText(".outcome.right .outcome-after", wrong.text());
    page.awaitText("[data-focus='field " + wrong.field() + "']", wrong.text());
    assertThat(browser.text("[data-focus='field locker']")).contains("absent");
    page.openField(wrong.field());
    browser.screenshot(FOR_THE_README.resolve("console-correction.png"));
    browser.size(1280, 900, false);
  }

  @Test
  void markupInADocumentIsShownAsText() throws Exception {
    String script = "<script>window.taken=true</script>";
    stage.send(
        Letters.of(
            "<b>bold</b>-1".replace("/", ":"), script, "<img src=x onerror=window.taken=true>"));
    page.openDocument("<b>bold<:b>-1");

    page.awaitText("[data-token='0']", script);
    assertThat(browser.evaluate("window.taken === undefined").asBoolean()).isTrue();
    assertThat(browser.count("#document img, #document script, #document b")).isZero();
    assertThat(browser.text(".document-head h2")).isEqualTo("<b>bold<:b>-1");

    browser.evaluate(
        """
        (() => {
          const script = document.createElement("script");
          script.textContent = "window.taken = true";
          document.head.append(script);
        })()\
        """);
    assertThat(browser.evaluate("window.taken === undefined").asBoolean())
        .as("the content security policy lets no script run that got into the page")
        .isTrue();
    await()
        .atMost(ConsoleStage.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(browser.complaints())
                    .anyMatch(c -> c.contains("Content Security Policy")));
  }

  @Test
  void documentWithoutPlacesFlowsInLines() throws Exception {
    Box nowhere = new Box(0, 0, 0, 0);
    stage.send(
        Letters.of(
            "placeless-1",
            List.of(
                new Token("One", nowhere, 0, 0),
                new Token("line", nowhere, 0, 0),
                new Token("another", nowhere, 0, 1))));
    page.openDocument("placeless-1");

    page.awaitCount(".lines p", 2);
    assertThat(browser.count(".sheet")).isZero();
    assertThat(browser.count(".document-head .segments")).isZero();
  }

  @Test
  void refusedVersionIsShownWithItsReasons() throws Exception {
    page.openOverview();
    page.awaitText("#status", "Live");
    Verdict verdict =
        new Verdict(
            Verdict.Outcome.REFUSED,
            6,
            Optional.of(new Verdict.Compared(12, 48, .9, .5, .03)),
            List.of(new Verdict.Fall("receipt", Optional.empty(), .9, .5, 20, 2)),
            List.of(new Verdict.PutAside(new DocumentId("r-1"), "<b>ana</b>")),
            8);
    stage.refuse(
        new Refusal(
            CollectionName.DEFAULT,
            9,
            InstantSource.system().instant(),
            Optional.of(new Refusal.Refused(7, verdict)),
            List.of()));

    page.awaitText("#notices li[data-kind=refusal] strong", "Version refused");
    page.awaitText(
        "#notices li[data-kind=refusal]",
        "since version 6 F1 fell in receipt from 90% to 50%, on 48 held-back values");
    page.awaitText("#notices li[data-kind=put-aside]", "1 of <b>ana</b> by now");
    assertThat(browser.count("#notices b")).isZero();
  }

  /** The last one: from now on another process tells of drift. */
  @Test
  @Order(Integer.MAX_VALUE)
  void whoHasNoTokenIsAskedForOneUntilItIsTaken() throws Exception {
    Map<String, String> settings = Map.of("http.tokens.ana", "sha256:" + SHA256 + " read");
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    try (Node closed =
        Node.start(
            configuration, EnumSet.of(Part.MONITORING), stage.kafka(), InstantSource.system())) {
      closed.awaitReady(StopSignal.never(), ConsoleStage.PATIENCE, line -> {});
      browser.open(closed.address() + "/");
      page.awaitCount("#token[open]", 1);
      browser.type("wrong");
      browser.press("Enter", false);
      page.awaitText("#token[open] [role=alert]", "That token was not taken.");
      browser.type(TOKEN);
      browser.press("Enter", false);

      page.awaitText("#status", "Live");
      page.awaitText("#figures", " over all ");
      assertThat(browser.count("#token[open]")).isZero();
      assertThat(browser.complaints()).isNotEmpty().allMatch(c -> c.contains("401"));
      browser.open("about:blank");
    }
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
        page.openOverview();
        page.awaitDrawn("quality", "arrivals");
        page.awaitCount("#matrix .cell:not(.empty)", 4);
      } else {
        page.openDocument(new SampleStream(21).at(DOCUMENTS - 1).document().id().value());
        page.awaitCount(".word", 10);
        page.awaitCount("button.field", 3);
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
    page.openDocument(id);
    page.awaitCount("button.field", 1);
    browser.click("#filter");
    browser.type(id);

    assertThat(page.unnamed()).isEmpty();
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      browser.press("Tab", false);
      reached.add(page.focus());
    }
    assertThat(reached).contains(id, "page", "lines", "another", "annotator");
    assertThat(reached).anyMatch(focus -> focus.startsWith("field "));
  }
}
