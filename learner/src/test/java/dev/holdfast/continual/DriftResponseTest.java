package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DriftResponseTest {
  private static final DriftSettings SETTINGS = new DriftSettings(.05, 2, .5, 3);

  /** Losses are low, then high; stops at the alarm. */
  private static DriftResponse alarmed() {
    DriftResponse response = new DriftResponse(SETTINGS);
    for (int i = 0; i < 64; i++) {
      assertThat(response.fresh(.1)).isFalse();
    }
    for (int i = 0; i < 64; i++) {
      if (response.fresh(5)) {
        return response;
      }
    }
    throw new AssertionError("expected an alarm, was none");
  }

  @Test
  void nothingIsOtherwiseBeforeAnAlarm() {
    DriftResponse response = new DriftResponse(SETTINGS);

    assertThat(response.rate()).isEqualTo(1);
    assertThat(response.lambda()).isEqualTo(1);
  }

  @Test
  void afterAnAlarmWeightsMoveMoreFreelyForSoManyUpdates() {
    DriftResponse response = alarmed();
    for (int update = 0; update < 3; update++) {
      assertThat(response.rate()).isEqualTo(2);
      assertThat(response.lambda()).isEqualTo(.5);
      response.updated();
    }

    assertThat(response.rate()).isEqualTo(1);
    assertThat(response.lambda()).isEqualTo(1);
  }

  @Test
  void lossThatFallsIsNoAlarm() {
    DriftResponse response = new DriftResponse(SETTINGS);
    for (int i = 0; i < 200; i++) {
      assertThat(response.fresh(i < 100 ? 5 : .1)).isFalse();
    }
  }

  @Test
  void isRestoredInTheMiddleOfIt() throws IOException {
    DriftResponse response = alarmed();
    response.updated();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.save(new DataOutputStream(bytes));
    DriftResponse restored = new DriftResponse(SETTINGS);
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    for (int i = 0; i < 40; i++) {
      response.updated();
      restored.updated();
      assertThat(restored.rate()).isEqualTo(response.rate());
      double loss = i < 20 ? .1 : 5;
      assertThat(restored.fresh(loss)).isEqualTo(response.fresh(loss));
    }
  }
}
