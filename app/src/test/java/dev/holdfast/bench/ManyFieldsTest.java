package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.FieldName;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyFieldsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 25, 26, 40, 100})
  void formsHaveAllTheFieldsThatAreAskedFor(int fields) {
    Set<FieldName> found =
        new ManyFields(fields, 1)
            .forms(8).stream()
                .flatMap(form -> form.annotation().marks().keySet().stream())
                .collect(Collectors.toSet());

    assertThat(found).hasSize(fields);
  }
}
