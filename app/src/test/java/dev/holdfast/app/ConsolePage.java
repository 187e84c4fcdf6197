package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * The console's page in a browser, as somebody uses it who waits for what they want to see.
 *
 * @param address where the console is
 * @param patience how long to wait for anything
 */
record ConsolePage(Browser browser, String address, Duration patience) {

  void openOverview() {
    browser.open(address + "/#/");
  }

  void openDocument(String id) {
    browser.open(address + "/#/documents");
    awaitCount("#document-list a", 1);
    chooseDocument(id);
    awaitText(".document-head h2", id);
  }

  /** Clicks on a document in the list, once it is there, and does not wait until it is open. */
  void chooseDocument(String id) {
    await(id + " is listed")
        .atMost(patience)
        .until(
            () ->
                browser
                    .evaluate(
                        "[...document.querySelectorAll('#document-list a')].some((link) => link.dataset.focus === '%s' && (link.click(), true))"
                            .formatted(id))
                    .asBoolean());
  }

  /** Opens a field of the open document, found in it or not. */
  void openField(String field) {
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

  /** Where a token of the open document stands. */
  static String word(int token) {
    return "[data-token='%d']".formatted(token);
  }

  /** Waits until there is something on each of these plots. */
  void awaitDrawn(String... plots) {
    for (String plot : plots) {
      await(plot + " is drawn").atMost(patience).until(() -> drawn(plot));
    }
  }

  private boolean drawn(String plot) {
    return browser
        .evaluate(
            """
            (() => {
              const canvas = document.querySelector("#%s canvas");
              if (!canvas || !canvas.width) return false;
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              return pixels.some((value, i) => i %% 4 === 3 && value > 0);
            })()\
            """
                .formatted(plot))
        .asBoolean();
  }

  /** Whatever can be used or read out and has no name, as markup. */
  String unnamed() {
    return browser
        .evaluate(
            """
            [...document.querySelectorAll("button, a, input, select, [role=option], [role=img], [tabindex='0']")]
              .filter((element) => element.checkVisibility())
              .filter((element) => !(element.textContent.trim() || element.getAttribute("aria-label")
                  || element.labels?.length || element.getAttribute("aria-labelledby")))
              .map((element) => element.outerHTML)
              .join("\\n")\
            """)
        .asText();
  }

  /** What has the focus. */
  String focus() {
    return browser
        .evaluate(
            "document.activeElement.dataset.focus ?? document.activeElement.id +"
                + " document.activeElement.className.toString()")
        .asText();
  }

  void awaitText(String selector, String text) {
    await(selector + " says " + text)
        .atMost(patience)
        .untilAsserted(() -> assertThat(browser.text(selector)).contains(text));
  }

  void awaitCount(String selector, int least) {
    await(selector).atMost(patience).until(() -> browser.count(selector) >= least);
  }
}
