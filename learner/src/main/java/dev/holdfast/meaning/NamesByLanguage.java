package dev.holdfast.meaning;

import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Names of things in every language that ICU knows. Short names mean different things in different
 * languages, so a name is looked up in the language of its document, then in English, and only then
 * in all; the first that know it count.
 *
 * <p>Thread-safe; a language is loaded when it is first asked.
 *
 * @param <T> what the names stand for
 */
final class NamesByLanguage<T extends Comparable<T>> {
  private static final List<ULocale> LANGUAGES =
      Arrays.stream(ULocale.getAvailableLocales())
          .filter(locale -> locale.getCountry().isEmpty())
          .toList();

  /** Tells the names of all things in one language. */
  @FunctionalInterface
  interface Source<T> {
    void tell(ULocale language, BiConsumer<String, T> names);
  }

  private final Source<T> source;
  private final Map<String, Map<String, Set<T>>> byLanguage = new ConcurrentHashMap<>();

  NamesByLanguage(Source<T> source) {
    this.source = source;
  }

  /**
   * What a name stands for in a language or else in English, in ascending order: several things
   * when it is ambiguous, none when neither knows it.
   *
   * @param language ISO 639; empty when it is not known
   */
  Set<T> find(String name, String language) {
    String folded = Printed.folded(name);
    Set<T> found = language.isEmpty() ? null : names(language).get(folded);
    return found != null ? found : names("en").getOrDefault(folded, Set.of());
  }

  /** As {@link #find}, or else in all languages. */
  Set<T> findAnywhere(String name, String language) {
    Set<T> found = find(name, language);
    return found.isEmpty() ? names("").getOrDefault(Printed.folded(name), Set.of()) : found;
  }

  private Map<String, Set<T>> names(String language) {
    return byLanguage.computeIfAbsent(language, this::load);
  }

  private Map<String, Set<T>> load(String language) {
    Map<String, Set<T>> names = new HashMap<>();
    for (ULocale locale : LANGUAGES) {
      if (language.isEmpty() || locale.getLanguage().equals(language)) {
        source.tell(
            locale,
            (name, thing) ->
                names.computeIfAbsent(Printed.folded(name), key -> new TreeSet<>()).add(thing));
      }
    }
    names.remove("");
    return names;
  }
}
