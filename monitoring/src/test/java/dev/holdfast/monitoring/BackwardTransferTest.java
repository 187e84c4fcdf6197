package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.score.Tally;
import org.junit.jupiter.api.Test;

class BackwardTransferTest {
  private static final Tally RIGHT = new Tally(1, 1, 1);
  private static final Tally WRONG = new Tally(0, 1, 1);

  private final BackwardTransfer transfer = new BackwardTransfer(10, 4, 100);

  private void documents(String type, int count, Tally tally, double lastF1) {
    for (int i = 0; i < count; i++) {
      transfer.add(type, tally, lastF1);
    }
  }

  @Test
  void typeThatComesBackWorseWasForgotten() {
    documents("receipt", 20, RIGHT, .9);
    documents("invoice", 20, RIGHT, 1);
    assertThat(transfer.now()).isZero();

    documents("receipt", 2, RIGHT, .9);
    documents("receipt", 2, WRONG, .9);

    assertThat(transfer.now()).isCloseTo(.5 - .9, within(1e-12));
  }

  @Test
  void whatIsLearnedAfterTheReturnDoesNotCount() {
    documents("receipt", 20, RIGHT, .9);
    documents("invoice", 20, RIGHT, 1);
    documents("receipt", 4, WRONG, .9);
    documents("receipt", 50, RIGHT, .9);

    assertThat(transfer.now()).isCloseTo(-.9, within(1e-12));
  }

  @Test
  void typesThatTakeTurnsWereNeverAway() {
    for (int i = 0; i < 50; i++) {
      documents("receipt", 1, WRONG, .9);
      documents("invoice", 1, WRONG, .9);
    }

    assertThat(transfer.now()).isZero();
  }
}
