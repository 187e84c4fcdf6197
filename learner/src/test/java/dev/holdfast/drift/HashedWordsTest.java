package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HashedWordsTest {
  @Test
  void caseAndDigitsDoNotMatter() {
    assertThat(HashedWords.of(List.of("Total", "12.50")))
        .isEqualTo(HashedWords.of(List.of("99.99", "TOTAL")))
        .isNotEqualTo(HashedWords.of(List.of("Total", "112.50")));
  }

  @Test
  void emptyDocumentHasNoBuckets() {
    assertThat(HashedWords.of(List.of()).size()).isZero();
  }

  @Property(seed = "1", tries = 100)
  void bucketsAscendAndSharesSumToOne(@ForAll @NotEmpty List<String> words) {
    HashedWords hashed = HashedWords.of(words);
    double sum = 0;
    for (int i = 0; i < hashed.size(); i++) {
      assertThat(hashed.bucket(i)).isBetween(0, HashedWords.BUCKETS - 1);
      assertThat(i == 0 || hashed.bucket(i - 1) < hashed.bucket(i)).isTrue();
      sum += hashed.share(i);
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }
}
