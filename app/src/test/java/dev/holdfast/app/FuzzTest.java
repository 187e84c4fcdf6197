package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FuzzTest {
  @Test
  void everyDamagedMessageIsReadOrRefusedWithAReason() throws InterruptedException {
    Fuzz fuzz = new Fuzz(7);
    fuzz.run(14_000, Fuzz.Witness.NONE);

    assertThat(fuzz.unexpected()).isEmpty();
    assertThat(fuzz.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(14_000);
    assertThat(
            fuzz.counts().keySet().stream()
                .map(key -> key.substring(key.indexOf(' ') + 1))
                .collect(Collectors.toSet()))
        .contains("read", "not_json", "wrong_type", "missing_key", "bad_value", "bad_box");
  }

  @Test
  void theSameSeedComesToTheSame() throws InterruptedException {
    Fuzz one = new Fuzz(3);
    Fuzz other = new Fuzz(3);
    one.run(700, Fuzz.Witness.NONE);
    other.run(700, Fuzz.Witness.NONE);

    assertThat(one.counts()).isEqualTo(other.counts());
  }

  @Test
  void whatAWitnessSaysIsWrongIsUnexpected() throws InterruptedException {
    Fuzz fuzz = new Fuzz(3);
    fuzz.run(
        70,
        (kind, message, outcome) ->
            kind == Fuzz.Kind.CONTROL ? Optional.of("refused") : Optional.empty());

    assertThat(fuzz.unexpected())
        .hasSize(10)
        .first(STRING)
        .isEqualTo("message 5 of seed 3, CONTROL: refused");
  }
}
