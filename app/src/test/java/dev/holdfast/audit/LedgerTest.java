package dev.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.sample.SampleStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Document DOCUMENT = new SampleStream(1).at(0).document();
  private static final DocumentKey KEY = DOCUMENT.key();
  private static final FieldName TOTAL = new FieldName("total");
  private static final FieldName DATE = new FieldName("date");

  private final Ledger ledger = new Ledger();

  @Test
  void aDocumentWithoutItsExtractionIsLost() {
    ledger.sent(DOCUMENT);
    assertThat(ledger.lost()).isEqualTo(1);
    assertThat(ledger.done()).isFalse();

    ledger.extracted(KEY, DOCUMENT.type());
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.done()).isTrue();
  }

  @Test
  void eachContentIsToBeExtractedOnce() {
    ledger.sent(DOCUMENT);
    ledger.sent(DOCUMENT);
    ledger.extracted(KEY, DOCUMENT.type());
    assertThat(ledger.lost()).isEqualTo(1);

    ledger.extracted(KEY, DOCUMENT.type());
    ledger.extracted(KEY, DOCUMENT.type());
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.duplicated()).isEqualTo(1);
  }

  @Test
  void aStatementThatIsInNoExampleIsNeverLearned() {
    ledger.sent(KEY, Set.of(TOTAL));
    ledger.sent(KEY, Set.of(DATE));
    ledger.example(KEY, 0, 5, Set.of(TOTAL));
    ledger.learned(KEY.collection(), new Ledger.Round(0, 5, 6));
    assertThat(ledger.neverLearned()).isEqualTo(1);

    ledger.example(KEY, 0, 7, Set.of(TOTAL, DATE));
    ledger.learned(KEY.collection(), new Ledger.Round(0, 6, 8));
    assertThat(ledger.neverLearned()).isZero();
    assertThat(ledger.annotations()).isEqualTo(2);
  }

  @Test
  void anExampleThatNoRoundOfItsCollectionHasIsNeverLearned() {
    ledger.example(KEY, 0, 5, Set.of(TOTAL));
    ledger.learned(KEY.collection(), new Ledger.Round(1, 5, 6));
    ledger.learned(KEY.collection(), new Ledger.Round(0, 4, 5));
    ledger.learned(new CollectionName("another"), new Ledger.Round(0, 5, 6));

    assertThat(ledger.neverLearned()).isEqualTo(1);
  }

  @Test
  void anExampleThatTwoRoundsHaveIsLearnedTwice() {
    ledger.example(KEY, 0, 5, Set.of(TOTAL));
    ledger.learned(KEY.collection(), new Ledger.Round(0, 3, 6));
    assertThat(ledger.learnedTwice()).isZero();

    ledger.learned(KEY.collection(), new Ledger.Round(0, 5, 9));
    assertThat(ledger.learnedTwice()).isEqualTo(1);
  }

  @Test
  void aForgottenDocumentWhoseExtractionStaysIsNotForgotten() {
    ledger.sent(DOCUMENT);
    ledger.extracted(KEY, DOCUMENT.type());
    ledger.forgotten(KEY, true);
    assertThat(ledger.notForgotten()).isEqualTo(2); // not taken back, and still there
    assertThat(ledger.done()).isFalse();

    ledger.takenBack(KEY);
    assertThat(ledger.notForgotten()).isZero();
    assertThat(ledger.done()).isTrue();
  }

  @Test
  void anExtractionThatComesAfterItWasTakenBackIsNotForgotten() {
    ledger.sent(DOCUMENT);
    ledger.sent(DOCUMENT);
    ledger.forgotten(KEY, true);
    ledger.extracted(KEY, DOCUMENT.type());
    ledger.takenBack(KEY);
    ledger.extracted(KEY, DOCUMENT.type());

    assertThat(ledger.notForgotten()).isEqualTo(1);
  }

  @Test
  void whatWasSaidOfADocumentThatIsForgottenIsNotDue() {
    ledger.sent(KEY, Set.of(TOTAL));
    assertThat(ledger.neverLearned()).isEqualTo(1);

    ledger.forgotten(KEY, false);
    assertThat(ledger.neverLearned()).isZero();
    assertThat(ledger.notForgotten()).isZero();
  }

  @Test
  void whatIsAskedIsToBeSeenToOnce() {
    ledger.asked(KEY.collection(), 3);
    assertThat(ledger.unsettled()).isEqualTo(1);

    ledger.settled(KEY.collection(), 3);
    assertThat(ledger.unsettled()).isZero();

    ledger.settled(KEY.collection(), 3);
    assertThat(ledger.unsettled()).isEqualTo(1);
  }

  @Test
  void whatTheGateKeepsOutIsToBeToldOnce() {
    ledger.refused(KEY.collection(), 4);
    ledger.refusalTold(KEY.collection(), 4);
    assertThat(ledger.refusalsNotTold()).isZero();

    ledger.refusalTold(KEY.collection(), 4);
    ledger.refused(KEY.collection(), 5);
    assertThat(ledger.refusalsNotTold()).isEqualTo(2);
  }
}
