package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a real browser while answers are late or are none of its process. Skipped, with a
 * word on why, where there is no Chromium.
 */
class ConsoleAnswersIT {
  private static final String ANNOTATIONS = "/v1/annotations";

  @TempDir static Path folder;

  /** Empty where there is no browser. */
  private static final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private static ConsoleStage stage;
  private static Browser browser;
  private static ConsolePage page;

  @BeforeAll
  static void start() throws Exception {
    stage = ConsoleStage.start(folder, 8, opened);
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

  /** The next test begins with a page whose answers come as they are. */
  @AfterEach
  void pageHasNothingToComplainOf() {
    List<String> complaints = browser.complaints();
    browser.open("about:blank");
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatIsSaidBeforeTheAnswerIsHereStaysToBeSent() {
    open("more-1", "more-2");
    hold(ANNOTATIONS);
    sayAbsent("locker");
    browser.click("[data-focus=send]");
    awaitHeld(1);
    sayAbsent("colour");
    assertThat(browser.text("[data-focus=send]")).startsWith("Send 2 fields");

    letGo(0);

    assertThat(browser.text("[data-focus=send]")).startsWith("Send 1 field");
    assertThat(browser.text(".fields-found li.open")).contains("colour", "not sent");
  }

  @ParameterizedTest
  @CsvSource({"/v1/annotations, sent-1, sent-2", "/v1/extract, learned-1, learned-2"})
  void answerThatComesWhenTheNextDocumentIsOpenIsNotToldOfThatOne(
      String path, String one, String next) {
    open(one, next);
    hold(path);
    sayAbsent("locker");
    browser.click("[data-focus=send]");
    awaitHeld(1);
    page.chooseDocument(next);
    page.awaitText("#document-list a[aria-current]", next);

    letGo(0);

    page.awaitText(".document-head h2", next);
    assertThat(browser.count(".field-panel .problem")).isZero();
    assertThat(browser.count(".progress")).isZero();
  }

  @Test
  void answerAboutOneDocumentDoesNotAdvanceTheNext() {
    open("first-1", "second-1");
    hold(ANNOTATIONS);
    sayAbsent("locker");
    browser.click("[data-focus=send]");
    awaitHeld(1);
    page.openDocument("second-1");
    sayAbsent("locker");
    browser.click("[data-focus=send]");
    awaitHeld(2);

    letGo(0);
    assertThat(browser.count(".progress li[data-state=done]")).isZero();
    assertThat(browser.text("[data-focus=send]")).startsWith("Send 1 field");

    letGo(1);
    assertThat(browser.count(".progress")).isEqualTo(1);
    assertThat(browser.count("[data-focus=send]:disabled")).isEqualTo(1);
  }

  @Test
  void answersThatAreNoJsonAreToldUntilThereAreOthers() {
    page.openOverview();
    page.awaitText("#status", "Live");

    answerWithAPage("/v1/console/state");
    page.awaitText("#status", "No answer: expected JSON, was something else with status 502");

    answerAsItIs();
    page.awaitText("#status", "Live");
  }

  @Test
  void documentIsAskedForUntilTheAnswerIsJson() {
    open("asked-1", "asked-2");

    answerWithAPage("/v1/console/document");
    page.chooseDocument("asked-2");
    page.awaitText("#document", "expected JSON, was something else with status 502");

    answerAsItIs();
    page.awaitText(".document-head h2", "asked-2");
  }

  /** Sends two documents and opens the first. */
  private static void open(String one, String another) {
    stage.send(Letters.of(another, "Locker", "L-204"));
    stage.send(Letters.of(one, "Locker", "L-204"));
    page.openDocument(one);
  }

  private static void sayAbsent(String field) {
    page.openField(field);
    browser.click("[data-focus='absent " + field + "']");
  }

  /**
   * From now on answers from there wait for {@link #letGo}. They are read beforehand, so that when
   * the page is told one, it takes it in before anything else can happen.
   */
  private static void hold(String path) {
    browser.evaluate(
        """
        (() => {
          const real = window.fetch;
          window.held = [];
          window.told = 0;
          window.fetch = async (path, options) => {
            if (path !== "%s") return real(path, options);
            const answer = await real(path, options);
            const text = await answer.text();
            await new Promise((go) => held.push(go));
            return { ok: answer.ok, status: answer.status, text: async () => (told++, text) };
          };
        })()\
        """
            .formatted(path));
  }

  private static void awaitHeld(int count) {
    await(count + " answers wait")
        .atMost(ConsoleStage.PATIENCE)
        .until(() -> browser.evaluate("held.length").asInt() == count);
  }

  /** The page has taken it in then. */
  private static void letGo(int answer) {
    browser.evaluate("held[%d]()".formatted(answer));
    await("the answer is told")
        .atMost(ConsoleStage.PATIENCE)
        .until(() -> browser.evaluate("told").asInt() == answer + 1);
  }

  /** As a proxy does whose process is away. */
  private static void answerWithAPage(String start) {
    browser.evaluate(
        """
        (() => {
          window.real = window.fetch;
          window.fetch = async (path, options) =>
            path.startsWith("%s") ? new Response("<html>Bad Gateway</html>", { status: 502 }) : real(path, options);
        })()\
        """
            .formatted(start));
  }

  private static void answerAsItIs() {
    browser.evaluate("(() => { window.fetch = window.real; })()");
  }
}
