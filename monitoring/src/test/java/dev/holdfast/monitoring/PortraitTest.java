package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drift.HashedWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortraitTest {
  private static final HashedWords WORDS = HashedWords.of(List.of("word"));

  private final Portrait portrait = new Portrait(3);

  /** So many documents of a type; 20 of them make all those before no longer the latest. */
  private void arrive(String type, int count) {
    for (int i = 0; i < count; i++) {
      portrait.document(type, WORDS);
    }
  }

  @Test
  void aTypeThatNoneHadBeforeIsNewWithItsShareOfTheLatest() {
    arrive("receipt", 35);
    arrive("passport", 5);

    assertThat(portrait.newTypes()).containsOnlyKeys("passport").containsEntry("passport", .25);
  }

  @Test
  void noTypeIsNewOnceAsManyCameAsThereIsRoomFor() {
    arrive("receipt", 1);
    arrive("passport", 1);
    arrive("invoice", 20);
    assertThat(portrait.newTypes()).containsOnlyKeys("invoice");

    arrive("letter", 1);
    assertThat(portrait.newTypes()).isEmpty();
    arrive("invoice", 40);
    arrive("letter", 1);
    assertThat(portrait.newTypes()).as("a letter came before, which is no longer known").isEmpty();
  }

  @Test
  void afterARestartThereIsRoomAgain() {
    arrive("receipt", 1);
    arrive("passport", 1);
    arrive("invoice", 21);
    portrait.restart();
    arrive("receipt", 35);
    arrive("passport", 5);

    assertThat(portrait.newTypes()).containsOnlyKeys("passport");
  }
}
