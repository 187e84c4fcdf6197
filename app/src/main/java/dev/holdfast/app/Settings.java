package dev.holdfast.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings as text, gathered from three places. Of a key that is given in several the first of
 * these counts: option {@code -S key=value}, environment variable, settings file.
 *
 * <p>The variable of a key is {@code HOLDFAST_} and the key in upper case with {@code _} for every
 * {@code .} and {@code -}: {@code learner.round.max-examples} is {@code
 * HOLDFAST_LEARNER_ROUND_MAX_EXAMPLES}. Read backwards that is ambiguous, so only known keys have a
 * variable, and an unknown variable is a problem. In a group that is passed through ({@code
 * kafka.*}) every {@code _} stands for a dot, as in all names of Kafka's own settings.
 *
 * @param values by key
 * @param problems found while gathering, one line each
 */
record Settings(Map<String, String> values, List<String> problems) {
  private static final String PREFIX = "HOLDFAST_";

  /** Read by the launcher, not a setting. */
  private static final Set<String> NOT_SETTINGS = Set.of("HOLDFAST_JAVA_OPTS");

  Settings {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /**
   * Gathers the settings.
   *
   * @param file Java properties, UTF-8
   * @param environment all variables; those that do not begin with {@code HOLDFAST_} are not read
   * @param options that were given on the command line
   * @param known every key there is; a group as {@code group.*}
   */
  static Settings gather(
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> options,
      Set<String> known) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    file.ifPresent(path -> values.putAll(read(path, problems)));
    values.putAll(translate(environment, known, problems));
    values.putAll(options);
    return new Settings(values, problems);
  }

  /** These settings, and the defaults where they say nothing. */
  Settings orElse(Map<String, String> defaults) {
    Map<String, String> both = new HashMap<>(defaults);
    both.putAll(values);
    return new Settings(both, problems);
  }

  /** The settings below {@code name.}, with what follows it as key. */
  Map<String, String> group(String name) {
    Map<String, String> members = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(name + ".")) {
            members.put(key.substring(name.length() + 1), value);
          }
        });
    return members;
  }

  /** The environment variable of a key. */
  static String variable(String key) {
    return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> read(Path file, List<String> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      problems.add("--settings: expected a file, found none at %s".formatted(file));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "--settings: expected Java properties in UTF-8 in %s, was: %s"
              .formatted(file, e.getMessage()));
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    return values;
  }

  private static Map<String, String> translate(
      Map<String, String> environment, Set<String> known, List<String> problems) {
    Map<String, String> keys = new HashMap<>();
    known.forEach(key -> keys.put(variable(key), key));
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(PREFIX) || NOT_SETTINGS.contains(name)) {
        continue;
      }
      Optional<String> key = Optional.ofNullable(keys.get(name)).or(() -> inGroup(name, known));
      if (key.isPresent()) {
        values.put(key.get(), variable.getValue());
      } else {
        problems.add("%s: unknown environment variable; no setting has this one".formatted(name));
      }
    }
    return values;
  }

  private static Optional<String> inGroup(String variable, Set<String> known) {
    return known.stream()
        .filter(key -> key.endsWith(".*"))
        .map(key -> key.substring(0, key.length() - 1))
        .filter(group -> variable.startsWith(Settings.variable(group)))
        .filter(group -> variable.length() > Settings.variable(group).length())
        .map(group -> group + rest(variable, Settings.variable(group).length()))
        .findFirst();
  }

  private static String rest(String variable, int from) {
    return variable.substring(from).toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
