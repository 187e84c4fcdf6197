package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FuzzTest {
  @Test
  void everyDamagedMessageIsReadOrRefusedWithAReason() {
    Fuzz fuzz = new Fuzz(7);
    fuzz.run(14_000);

    assertThat(fuzz.unexpected()).isEmpty();
    assertThat(fuzz.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(14_000);
    assertThat(
            fuzz.counts().keySet().stream()
                .map(key -> key.substring(key.indexOf(' ') + 1))
                .collect(Collectors.toSet()))
        .contains("read", "not_json", "wrong_type", "missing_key", "bad_value", "bad_box");
  }

  @Test
  void theSameSeedComesToTheSame() {
    Fuzz one = new Fuzz(3);
    Fuzz other = new Fuzz(3);
    one.run(700);
    other.run(700);

    assertThat(one.counts()).isEqualTo(other.counts());
  }
}
