package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.learner.JournalRecord.Taken;
import dev.holdfast.version.Digest;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class JournalJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/learner/journal-1.jsonl");
  private static final Path ORDERS = Path.of("src/test/resources/golden/learner/journal-2.jsonl");
  private static final Path VERDICTS = Path.of("src/test/resources/golden/learner/journal-3.jsonl");
  private static final Path COMPARED = Path.of("src/test/resources/golden/learner/journal-4.jsonl");
  private static final Path TAKEN = Path.of("src/test/resources/golden/learner/journal-5.jsonl");
  private static final RoundKey ROUND = new RoundKey(new CollectionName("default"), 17);
  private static final JournalRecord PUBLISHED =
      new JournalRecord(
          ROUND,
          Kind.LEARN,
          2,
          1_200,
          1_234,
          8,
          -5,
          64,
          Optional.of(new Published(42, Digest.of(List.of(new byte[] {1, 2, 3})), 8, 38)),
          Optional.empty());
  private static final JournalRecord REHEARSED =
      new JournalRecord(
          ROUND, Kind.REHEARSE, 2, 1_234, 1_234, 0, 7, 16, Optional.empty(), Optional.empty());

  private static final JournalRecord ROLLED_BACK =
      obeyed(new Order(7, Optional.of(new Control(Action.ROLLBACK, 41)), Optional.empty(), 12));
  private static final JournalRecord REFUSED =
      obeyed(new Order(8, Optional.empty(), Optional.of("not_json"), 0));
  private static final JournalRecord MERGED =
      obeyed(Order.with(new Taken(3, 12), 9, new Control(Action.MERGE, 41, "receipts")));
  private static final JournalRecord PUT_ASIDE =
      new JournalRecord(
          ROUND, Kind.QUARANTINE, 2, 1_234, 1_235, 0, 0, 0, Optional.empty(), Optional.empty());

  private static final JournalRecord JUDGED =
      new JournalRecord(
          ROUND,
          Kind.LEARN,
          2,
          1_200,
          1_234,
          8,
          -5,
          64,
          Optional.empty(),
          Optional.of(
              new Verdict(
                  Verdict.Outcome.REFUSED,
                  41,
                  Optional.empty(),
                  List.of(
                      new Verdict.Fall(
                          "receipt", Optional.of(new FieldName("total")), .9, .25, 13, 1),
                      new Verdict.Fall("receipt", Optional.empty(), .9, .5, 20, 2)),
                  List.of(new Verdict.PutAside(new DocumentId("inv-77"), "ana")),
                  12)),
          new NotLearned(
              Set.of(new DocumentId("inv-79"), new DocumentId("inv-78")),
              List.of(new Verdict.PutAside(new DocumentId("inv-80"), ""))),
          Optional.empty(),
          Optional.empty());
  private static final JournalRecord UNTESTED =
      new JournalRecord(
          ROUND,
          Kind.PUBLISH,
          2,
          1_234,
          1_234,
          0,
          0,
          0,
          PUBLISHED.published(),
          Optional.of(
              new Verdict(Verdict.Outcome.UNTESTED, 0, Optional.empty(), List.of(), List.of(), 0)),
          NotLearned.NONE,
          Optional.empty(),
          Optional.empty());

  private static final JournalRecord COMPARED_WITH_A_GOOD_ONE =
      new JournalRecord(
          ROUND,
          Kind.PUBLISH,
          2,
          1_234,
          1_234,
          0,
          0,
          0,
          PUBLISHED.published(),
          Optional.of(
              new Verdict(
                  Verdict.Outcome.PASSED,
                  41,
                  Optional.of(new Verdict.Compared(12, 60, .95, .9625, .03)),
                  List.of(),
                  List.of(),
                  0)),
          NotLearned.NONE,
          Optional.empty(),
          Optional.empty());

  private static JournalRecord obeyed(Order order) {
    return new JournalRecord(
        ROUND, Kind.OBEY, 2, 1_234, 1_234, 0, 0, 0, Optional.empty(), Optional.of(order));
  }

  @Test
  void everyRecordEverReleasedCanBeRead() throws IOException, BadInput {
    List<String> lines = Files.readAllLines(GOLDEN);

    assertThat(read(lines.get(0))).isEqualTo(PUBLISHED);
    assertThat(read(lines.get(1))).isEqualTo(REHEARSED);
    List<String> orders = Files.readAllLines(ORDERS);
    assertThat(read(orders.get(0))).isEqualTo(ROLLED_BACK);
    assertThat(read(orders.get(1))).isEqualTo(REFUSED);
    assertThat(read(orders.get(2))).isEqualTo(PUT_ASIDE);
    List<String> verdicts = Files.readAllLines(VERDICTS);
    assertThat(read(verdicts.get(0))).isEqualTo(JUDGED);
    assertThat(read(verdicts.get(1))).isEqualTo(UNTESTED);
    assertThat(read(Files.readString(COMPARED))).isEqualTo(COMPARED_WITH_A_GOOD_ONE);
    assertThat(read(Files.readAllLines(TAKEN).get(0))).isEqualTo(MERGED);
  }

  @Test
  void recordsAreWrittenAsReleased() throws IOException {
    assertThat(Files.readString(GOLDEN)).isEqualTo(golden());
    assertThat(Files.readString(ORDERS)).isEqualTo(orders());
    assertThat(Files.readString(VERDICTS)).isEqualTo(verdicts());
    assertThat(Files.readString(COMPARED)).isEqualTo(compared());
    assertThat(Files.readString(TAKEN)).isEqualTo(taken());
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThatThrownBy(() -> read(text(REHEARSED).replace("rehearse", "dream")))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "expected learn, rehearse, publish, obey, quarantine or forget at $.kind, found dream");
  }

  @Test
  void aRangeThatGoesBackIsRefused() {
    assertThatThrownBy(() -> read(text(PUBLISHED).replace("1200", "1300")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("[1300, 1234)");
  }

  private static JournalRecord read(String line) throws BadInput {
    return JournalJson.read(
        JsonInput.read(line.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
  }

  private static String text(JournalRecord record) {
    return new String(JsonOutput.bytes(JournalJson::write, record), StandardCharsets.UTF_8);
  }

  private static String golden() {
    return text(PUBLISHED) + "\n" + text(REHEARSED) + "\n";
  }

  private static String orders() {
    return text(ROLLED_BACK) + "\n" + text(REFUSED) + "\n" + text(PUT_ASIDE) + "\n";
  }

  private static String verdicts() {
    return text(JUDGED) + "\n" + text(UNTESTED) + "\n";
  }

  private static String compared() {
    return text(COMPARED_WITH_A_GOOD_ONE) + "\n";
  }

  private static String taken() {
    return text(MERGED) + "\n";
  }

  /** Writes the golden file of a new format; old ones are never written again. */
  @Test
  @EnabledIfSystemProperty(named = "golden.regenerate", matches = "journal")
  void regenerate() throws IOException {
    Files.writeString(TAKEN, taken());
  }
}
