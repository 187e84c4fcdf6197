package dev.holdfast.extraction;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.meaning.Locality;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.process.SettingsReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is declared about values and their places, by collection and field or for all collections.
 * What is declared for a collection counts before what is declared for all; what is declared for a
 * field counts before what was learned of it.
 *
 * @param kinds by {@code collection/field} or {@code field}
 * @param localities by collection
 * @param anywhere the locality of all other collections
 */
public record Conventions(
    Map<String, ValueKind> kinds, Map<String, Locality> localities, Locality anywhere) {
  /** Nothing declared. */
  public static final Conventions NONE = new Conventions(Map.of(), Map.of(), Locality.UNKNOWN);

  public Conventions {
    kinds = Map.copyOf(kinds);
    localities = Map.copyOf(localities);
  }

  /**
   * Reads {@code kind.FIELD}, {@code kind.COLLECTION/FIELD}, {@code locale} and {@code
   * locale.COLLECTION}; problems gather in the reader.
   */
  public static Conventions from(SettingsReader reader) {
    Map<String, ValueKind> kinds = new HashMap<>();
    reader
        .group("kind")
        .forEach((key, text) -> kind(reader, key, text).ifPresent(kind -> kinds.put(key, kind)));
    Map<String, Locality> localities = new HashMap<>();
    reader
        .group("locale")
        .forEach((key, tag) -> localities.put(key, locality(reader, "locale." + key, tag)));
    String tag = reader.text("locale", "");
    return new Conventions(
        kinds, localities, tag.isBlank() ? Locality.UNKNOWN : locality(reader, "locale", tag));
  }

  private static Optional<ValueKind> kind(SettingsReader reader, String key, String text) {
    Optional<ValueKind> found =
        Arrays.stream(ValueKind.values())
            .filter(kind -> label(kind).equals(text.strip()))
            .findFirst();
    if (found.isEmpty()) {
      String all =
          Arrays.stream(ValueKind.values())
              .map(Conventions::label)
              .collect(Collectors.joining(", "));
      reader.problem("kind." + key, "one of " + all, text);
    }
    return found;
  }

  private static String label(ValueKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Locality locality(SettingsReader reader, String key, String tag) {
    Locality locality = Locality.of(tag.strip());
    if (locality.equals(Locality.UNKNOWN)) {
      reader.problem(key, "a language with or without a region, such as ms-MY", tag);
    }
    return locality;
  }

  /**
   * What the values of a document mean.
   *
   * @param learned the kind of a field where none is declared
   */
  public Meanings of(Document document, Function<FieldName, ValueKind> learned) {
    String collection = document.collection().value();
    Locality locality =
        Locality.of(document.language()).orElse(localities.getOrDefault(collection, anywhere));
    return (field, text) ->
        declared(collection, field).orElseGet(() -> learned.apply(field)).read(text, locality);
  }

  private Optional<ValueKind> declared(String collection, FieldName field) {
    return Optional.ofNullable(kinds.get(collection + "/" + field))
        .or(() -> Optional.ofNullable(kinds.get(field.value())));
  }
}
