package dev.holdfast.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.meaning.Locality;
import dev.holdfast.meaning.Reading;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConventionsTest {
  private static final FieldName DUE = new FieldName("due.date");
  private static final Reading MARCH = new Reading.Date("2024-03-04");
  private static final Reading APRIL = new Reading.Date("2024-04-03");

  @Test
  void aFieldThatNobodyKnowsHoldsText() {
    assertThat(read(Map.of(), "shop", "", ValueKind.TEXT)).isEmpty();
  }

  @Test
  void aKindIsDeclaredForAllCollectionsOrForOne() {
    Map<String, String> all = Map.of("serving.kind.due.date", "date");
    Map<String, String> one = Map.of("serving.kind.shop/due.date", "date");

    assertThat(read(all, "bank", "en-US", ValueKind.TEXT)).containsExactly(MARCH);
    assertThat(read(one, "shop", "en-US", ValueKind.TEXT)).containsExactly(MARCH);
    assertThat(read(one, "bank", "en-US", ValueKind.TEXT)).isEmpty();
  }

  @Test
  void whatIsDeclaredCountsBeforeWhatWasLearned() {
    assertThat(read(Map.of(), "shop", "en-US", ValueKind.DATE)).containsExactly(MARCH);
    assertThat(read(Map.of("serving.kind.due.date", "text"), "shop", "en-US", ValueKind.DATE))
        .isEmpty();
  }

  @Test
  void theDocumentsLanguageCountsBeforeTheCollectionsLocale() {
    Map<String, String> settings =
        Map.of("serving.locale", "en-US", "serving.locale.shop", "ms-MY");

    assertThat(read(Map.of(), "shop", "", ValueKind.DATE)).containsExactly(MARCH, APRIL);
    assertThat(read(settings, "shop", "", ValueKind.DATE)).containsExactly(APRIL);
    assertThat(read(settings, "shop", "en", ValueKind.DATE)).containsExactly(APRIL);
    assertThat(read(settings, "shop", "en-US", ValueKind.DATE)).containsExactly(MARCH);
    assertThat(read(settings, "bank", "", ValueKind.DATE)).containsExactly(MARCH);
  }

  @Test
  void allProblemsAreNamed() {
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "serving.kind.total", "money", "serving.locale.shop", "?", "serving.locale", "!"),
            "serving");
    Conventions.from(reader);

    assertThatThrownBy(reader::finish)
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining(
            "serving.kind.total: expected one of date, amount, phone, email, country, text")
        .hasMessageContaining("serving.locale.shop: expected a language")
        .hasMessageContaining("serving.locale: expected a language");
  }

  @Test
  void nothingIsDeclaredByDefault() {
    assertThat(Conventions.from(new SettingsReader(Map.of(), "serving")))
        .isEqualTo(Conventions.NONE);
    assertThat(Conventions.NONE.anywhere()).isEqualTo(Locality.UNKNOWN);
  }

  private static List<Reading> read(
      Map<String, String> settings, String collection, String language, ValueKind learned) {
    Document document =
        new Document(
            new DocumentId("a"),
            new CollectionName(collection),
            "",
            language,
            List.of(),
            List.of());
    return Conventions.from(new SettingsReader(settings, "serving"))
        .of(document, field -> learned)
        .read(DUE, "03/04/2024");
  }
}
