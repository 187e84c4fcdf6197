package dev.holdfast.app;

import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.HttpEndpoint;
import dev.holdfast.process.SettingsReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings of every service, read and checked together, so that all problems show at once.
 *
 * @param makers each service, ready to be made
 * @param http where to listen
 * @param learner how the learner learns and where it begins
 * @param kafka properties for every Kafka client, without the {@code kafka.} of their keys
 */
record Configuration(
    Map<Part, Part.Maker> makers,
    HttpEndpoint.Settings http,
    LearnerSettings learner,
    Map<String, String> kafka) {
  static final String HTTP = "http";
  static final String KAFKA = "kafka";

  Configuration {
    makers = Collections.unmodifiableMap(new EnumMap<>(makers));
    kafka = Map.copyOf(kafka);
  }

  /**
   * Reads all settings.
   *
   * @param settings as gathered from file, environment and options
   * @param httpPort when the settings name none; 0 for any free one
   * @throws BadConfiguration with every problem of every service
   */
  static Configuration read(Settings settings, int httpPort) {
    Reading reading = new Reading(settings);
    EnumMap<Part, Part.Maker> makers = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      reading.read(part.label(), part::read).ifPresent(maker -> makers.put(part, maker));
    }
    Optional<HttpEndpoint.Settings> http =
        reading.read(HTTP, reader -> HttpEndpoint.Settings.from(reader, httpPort));
    reading.check();
    // Their problems would have shown with the learner's.
    LearnerSettings learner =
        LearnerSettings.from(new SettingsReader(settings.values(), Part.LEARNER.label()));
    return new Configuration(makers, http.orElseThrow(), learner, settings.group(KAFKA));
  }

  /** Every setting with its default value; a group that is passed through ends in {@code .*}. */
  static NavigableMap<String, String> defaults() {
    NavigableMap<String, String> defaults = new TreeMap<>();
    defaults.put(KAFKA + ".*", "");
    for (Part part : Part.values()) {
      SettingsReader reader = new SettingsReader(Map.of(), part.label());
      part.read(reader);
      reader.known().forEach(key -> defaults.put(key, reader.effective().getOrDefault(key, "")));
    }
    SettingsReader http = new SettingsReader(Map.of(), HTTP);
    HttpEndpoint.Settings.from(http, 0);
    http.known().forEach(key -> defaults.put(key, http.effective().getOrDefault(key, "")));
    return defaults;
  }

  /** Reads one prefix after the other and keeps the problems of all. */
  private static final class Reading {
    private final Settings settings;
    private final List<String> problems;
    private final NavigableSet<String> prefixes = new TreeSet<>(List.of(KAFKA));

    Reading(Settings settings) {
      this.settings = settings;
      this.problems = new ArrayList<>(settings.problems());
    }

    <T> Optional<T> read(String prefix, Function<SettingsReader, T> from) {
      prefixes.add(prefix);
      try {
        SettingsReader reader = new SettingsReader(settings.values(), prefix);
        T read = from.apply(reader);
        reader.finish();
        return Optional.of(read);
      } catch (BadConfiguration e) {
        problems.addAll(e.problems());
        return Optional.empty();
      }
    }

    void check() {
      for (String key : new TreeSet<>(settings.values().keySet())) {
        if (prefixes.stream().noneMatch(prefix -> key.startsWith(prefix + "."))) {
          problems.add(
              "%s: unknown setting; settings begin with %s."
                  .formatted(key, String.join("., ", prefixes)));
        }
      }
      if (!problems.isEmpty()) {
        throw new BadConfiguration(problems);
      }
    }
  }
}
