package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ImportKey;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where people write numbers with other digits. */
class KeysTest {
  private static final CollectionName COLLECTION = new CollectionName("default");

  private Locale before;

  @BeforeEach
  void goElsewhere() {
    before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    assertThat("%d".formatted(7)).as("a locale with digits of its own").isNotEqualTo("7");
  }

  @AfterEach
  void comeBack() {
    Locale.setDefault(before);
  }

  @Test
  void everyKeyIsReadBack() {
    RoundKey round = new RoundKey(COLLECTION, 17);
    CheckpointKey chunk = CheckpointKey.chunk(round, 3);
    ModelKey part = ModelKey.chunk(new ModelVersion(COLLECTION, 42), 7);
    ImportKey file = new ImportKey(Digest.of(List.of("file".getBytes(StandardCharsets.UTF_8))), 5);

    assertThat(RoundKey.parse(round.toString())).isEqualTo(round);
    assertThat(CheckpointKey.parse(chunk.toString())).isEqualTo(chunk);
    assertThat(ModelKey.parse(part.toString())).isEqualTo(part);
    assertThat(ImportKey.parse(file.toString())).isEqualTo(file);
  }
}
