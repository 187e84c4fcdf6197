package dev.holdfast.console;

import static dev.holdfast.console.ConsoleFixtures.DEFAULT;
import static dev.holdfast.console.ConsoleFixtures.MILLIS;
import static dev.holdfast.console.ConsoleFixtures.START;
import static dev.holdfast.console.ConsoleFixtures.document;
import static dev.holdfast.console.ConsoleFixtures.example;
import static dev.holdfast.console.ConsoleFixtures.extraction;
import static dev.holdfast.console.ConsoleFixtures.json;
import static dev.holdfast.console.ConsoleFixtures.manifest;
import static dev.holdfast.console.ConsoleFixtures.scored;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final Console console = ConsoleFixtures.console(ConsoleSettings.DEFAULT);

  @Test
  void showsNothingBeforeAnythingHasCome() {
    JsonNode state = state();

    assertThat(state.get("collections")).isEmpty();
    assertThat(state.has("collection")).isFalse();
    assertThat(state.at("/arrivals/documents/total").asInt()).isZero();
  }

  @Test
  void listsTheLatestDocumentsWithoutTheirText() {
    console.document(document("r-1", 2), MILLIS);
    console.document(document("r-2", 3), MILLIS + 1);
    console.extraction(extraction("r-2", 4), MILLIS + 2);
    console.example(example(document("r-2", 3)), MILLIS + 3);
    console.version(manifest(5, "r-2"));

    JsonNode documents = state().get("documents");
    assertThat(documents).hasSize(2);
    assertThat(documents.get(0).toString())
        .isEqualTo(
            "{\"id\":\"r-2\",\"type\":\"receipt\",\"at\":%d,\"tokens\":3,\"stated\":1,\"learned\":5,\"version\":4,\"fields\":1,\"confidence\":0.75}"
                .formatted(MILLIS + 1));
    assertThat(documents.get(1).get("id").asText()).isEqualTo("r-1");
    assertThat(state().toString()).doesNotContain("word0").doesNotContain("word1");
  }

  @Test
  void documentIsGivenWithAllThatIsKnownOfIt() {
    console.document(document("r-1", 2), MILLIS);
    console.extraction(extraction("r-1", 4), MILLIS);
    console.example(example(document("r-1", 2)), MILLIS);
    console.version(manifest(5, "r-1"));

    JsonNode shown = shown("r-1");
    assertThat(shown.at("/example/document/tokens/1/text").asText()).isEqualTo("word1");
    assertThat(shown.at("/example/statements/total/values/0/text").asText()).isEqualTo("word1");
    assertThat(shown.at("/extraction/fields/total/0/text").asText()).isEqualTo("word0");
    assertThat(shown.get("learned").asLong()).isEqualTo(5);
    assertThat(console.document(key("r-2"))).isEmpty();
  }

  @Test
  void whatIsHeldBackOrPutAsideIsSaidSoUntilItIsLearned() {
    console.document(document("r-1", 2), MILLIS);
    console.document(document("r-2", 2), MILLIS);
    console.version(ConsoleFixtures.manifestWithout(5, "r-1", "r-2"));
    console.refusal(ConsoleFixtures.putAside("ana", "r-2"));

    assertThat(shown("r-1").get("leftOut").asLong()).isEqualTo(5);
    assertThat(shown("r-1").get("putAside").asBoolean()).isFalse();
    assertThat(shown("r-2").get("putAside").asBoolean()).isTrue();

    console.version(manifest(6, "r-2"));

    assertThat(shown("r-2").has("leftOut")).isFalse();
    assertThat(shown("r-2").get("learned").asLong()).isEqualTo(6);
  }

  @Test
  void whatComesBeforeItsDocumentIsNotLost() {
    console.extraction(extraction("r-1", 4), MILLIS);
    console.version(manifest(5, "r-1"));
    console.document(document("r-1", 2), MILLIS);

    assertThat(shown("r-1").at("/extraction/model/version").asLong()).isEqualTo(4);
    assertThat(shown("r-1").get("learned").asLong()).isEqualTo(5);
  }

  @Test
  void oldestDocumentsGoWhenThereAreTooManyOrTooLongOnes() {
    Console small = ConsoleFixtures.console(new ConsoleSettings(3, 10, Optional.empty()));
    IntStream.range(0, 5).forEach(i -> small.document(document("r-" + i, 2), MILLIS));
    assertThat(ids(small)).containsExactly("r-4", "r-3", "r-2");

    small.document(document("long", 7), MILLIS);
    assertThat(ids(small)).containsExactly("long", "r-4");

    small.document(document("longer", 11), MILLIS);
    assertThat(ids(small)).isEmpty();
  }

  @Test
  void keepsNoDocumentsWhenToldSo() {
    Console none = ConsoleFixtures.console(new ConsoleSettings(0, 10, Optional.empty()));
    none.extraction(extraction("r-1", 4), MILLIS);
    none.document(document("r-1", 2), MILLIS);

    assertThat(ids(none)).isEmpty();
    assertThat(none.document(key("r-1"))).isEmpty();
  }

  @Test
  void refusedVersionIsNoticedWithItsReasons() {
    console.document(document("r-1", 2), MILLIS);
    console.refusal(ConsoleFixtures.refusedVersion(7, "r-1", "r-2"));

    JsonNode notices = state().get("notices");
    assertThat(notices).hasSize(2);
    assertThat(notices.get(0).get("kind").asText()).isEqualTo("refusal");
    assertThat(notices.get(0).get("summary").asText())
        .isEqualTo(
            "What would have been version 7 was refused: since version 6 F1 fell in receipt from"
                + " 90% to 50%. Annotations put aside: 2 of ana.");
  }

  @Test
  void annotationsThatArePutAsideRoundByRoundAreOneNoticeForEachAnnotator() {
    console.document(document("r-1", 2), MILLIS);
    console.refusal(ConsoleFixtures.refusedVersion(7, "r-1", "r-2"));
    for (int i = 0; i < 70; i++) {
      console.refusal(ConsoleFixtures.putAside("ben", "b-" + i));
    }
    console.refusal(ConsoleFixtures.putAside("ana", "r-3"));

    JsonNode notices = state().get("notices");
    assertThat(notices).hasSize(3);
    assertThat(
            StreamSupport.stream(notices.spliterator(), false)
                .map(notice -> notice.get("summary").asText()))
        .contains(
            "3 of ana by now. They are not learned.", "70 of ben by now. They are not learned.");
  }

  @Test
  void noticesStandInTheOrderOfTimeWhateverTheOrderTheyWereReadIn() {
    console.document(document("r-1", 2), MILLIS);
    console.notice(DEFAULT, new Notice(START.plusSeconds(60), "errors", "", "later"));
    console.refusal(ConsoleFixtures.refusedVersion(7));

    assertThat(state().at("/notices/0/kind").asText()).isEqualTo("errors");
    assertThat(state().at("/notices/1/kind").asText()).isEqualTo("refusal");
  }

  @Test
  void forgottenDocumentIsGone() {
    console.document(document("r-1", 2), MILLIS);
    console.forget(key("r-1"));

    assertThat(console.document(key("r-1"))).isEmpty();
    assertThat(ids(console)).isEmpty();
  }

  @Test
  void nothingIsSaidTwice() {
    console.document(document("r-1", 2), MILLIS);
    long revision = state().get("revision").asLong();

    assertThat(console.state(Optional.empty(), revision, true)).isEmpty();

    console.rejected(MILLIS);
    assertThat(console.state(Optional.empty(), revision, true)).isPresent();
  }

  @Test
  void showsTheCollectionThatIsAskedForAndOnlyTheFirstOnes() {
    console.document(document("r-1", 2), MILLIS);
    console.document(document(new CollectionName("other"), "o-1", 2), MILLIS);
    console.document(document(new CollectionName("third"), "t-1", 2), MILLIS);

    assertThat(state().get("collection").asText()).isEqualTo("default");
    JsonNode other = json(console.state(Optional.of("other"), -1, true).orElseThrow());
    assertThat(other.get("collection").asText()).isEqualTo("other");
    assertThat(other.at("/documents/0/id").asText()).isEqualTo("o-1");
    assertThat(other.get("collections").toString()).isEqualTo("[\"default\",\"other\"]");
  }

  @Test
  void showsHowItStandsWhatWasNoticedAndWhatCame() {
    console.scored(scored("receipt", true), MILLIS);
    console.version(manifest(1, "r-1"));
    console.notice(DEFAULT, new Notice(START, "forgetting", "receipt", "Worse than before."));
    console.stands(
        Map.of(DEFAULT, new Standing(7, .9, .8, .7, .1, -.2, new TreeMap<>(), true, 0, .5)),
        new TreeMap<>(Map.of("not_json", 3L)),
        12);

    JsonNode state = state();
    assertThat(state.at("/standing/f1").asDouble()).isEqualTo(.9);
    assertThat(state.at("/standing/drifting").asBoolean()).isTrue();
    assertThat(state.at("/notices/0/summary").asText()).isEqualTo("Worse than before.");
    assertThat(state.at("/versions/0/f1").asDouble()).isEqualTo(1);
    assertThat(state.at("/versions/0/learned/0").asText()).isEqualTo("r-1");
    assertThat(state.at("/published/0/1").asLong()).isEqualTo(1);
    assertThat(state.at("/rejected/not_json").asLong()).isEqualTo(3);
    assertThat(state.get("lag").asLong()).isEqualTo(12);
  }

  @Test
  void arrivalsAreCountedBySecond() {
    console.document(document("r-1", 2), MILLIS);
    console.document(document("r-2", 2), MILLIS + 999);
    console.document(document("r-3", 2), MILLIS + 2_000);

    JsonNode arrivals = state().get("arrivals");
    assertThat(arrivals.get("until").asLong()).isEqualTo(MILLIS + 3_000);
    JsonNode perSecond = arrivals.at("/documents/perSecond");
    assertThat(perSecond).hasSize(Arrivals.SECONDS);
    assertThat(perSecond.get(Arrivals.SECONDS - 3).asInt()).isEqualTo(2);
    assertThat(perSecond.get(Arrivals.SECONDS - 2).asInt()).isZero();
    assertThat(perSecond.get(Arrivals.SECONDS - 1).asInt()).isEqualTo(1);

    console.document(document("r-4", 2), MILLIS + 1_000_000);
    JsonNode later = state().get("arrivals");
    assertThat(later.at("/documents/total").asInt()).isEqualTo(4);
    assertThat(sum(later.at("/documents/perSecond"))).isEqualTo(1);
  }

  @Test
  void fieldsFadeAndTellPrecisionRecallAndCalibration() {
    console.scored(scored("receipt", false), MILLIS);
    console.scored(scored("receipt", true), MILLIS);

    JsonNode total = state().at("/fields/0");
    // One right of .9 + 1 values, by a factor of .9.
    assertThat(total.get("precision").asDouble()).isEqualTo(.5263);
    assertThat(total.get("recall").asDouble()).isEqualTo(.5263);
    assertThat(total.get("f1").asDouble()).isEqualTo(.5263);
    assertThat(total.get("values").asInt()).isEqualTo(2);
    assertThat(total.get("calibrationError").asDouble()).isEqualTo(.2237);
  }

  @Test
  void matrixHasARowForEachTypeAndStaysBounded() {
    IntStream.range(0, 3_000)
        .forEach(
            i -> console.scored(scored(i < 1_500 ? "receipt" : "invoice", i % 2 == 0), MILLIS + i));

    JsonNode matrix = state().get("matrix");
    int columns = matrix.get("columns").size();
    assertThat(columns).isBetween(ForgettingMatrix.MAX_COLUMNS / 2, ForgettingMatrix.MAX_COLUMNS);
    assertThat((long) matrix.get("length").asInt() * columns).isGreaterThanOrEqualTo(3_000);
    JsonNode receipt = matrix.at("/types/0");
    assertThat(receipt.get("type").asText()).isEqualTo("receipt");
    assertThat(receipt.get("forgetting").asDouble()).isEqualTo(.5);
    assertThat(receipt.get("cells")).hasSize(columns);
    assertThat(receipt.at("/cells/0").asDouble()).isEqualTo(.5);
    assertThat(receipt.get("cells").get(columns - 1).isNull()).isTrue();
    assertThat(matrix.at("/types/1/cells/0").isNull()).isTrue();
  }

  private JsonNode state() {
    return json(console.state(Optional.empty(), -1, true).orElseThrow());
  }

  private JsonNode shown(String id) {
    return json(console.document(key(id)).orElseThrow());
  }

  private static List<String> ids(Console console) {
    JsonNode documents =
        json(console.state(Optional.empty(), -1, true).orElseThrow()).get("documents");
    return StreamSupport.stream(documents.spliterator(), false)
        .map(document -> document.get("id").asText())
        .toList();
  }

  private static int sum(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false).mapToInt(JsonNode::asInt).sum();
  }

  private static DocumentKey key(String id) {
    return new DocumentKey(DEFAULT, new DocumentId(id));
  }
}
