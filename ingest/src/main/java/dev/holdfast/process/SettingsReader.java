package dev.holdfast.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads the settings below one prefix and gathers every problem, so that a user sees all of them at
 * once. Asking for a key makes it known; {@link #finish} refuses keys below the prefix that nobody
 * asked for.
 *
 * <p>Not thread-safe; used once, at start.
 */
public final class SettingsReader {
  private static final String HIDDEN = "(hidden)";

  private final Map<String, String> values;
  private final String prefix;
  private final SortedSet<String> known = new TreeSet<>();
  private final Map<String, String> effective = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param values all settings, of every service
   * @param prefix first part of this service's keys, such as {@code learner}
   */
  public SettingsReader(Map<String, String> values, String prefix) {
    this.values = Map.copyOf(values);
    this.prefix = prefix + ".";
  }

  /** A text, as it is. */
  public String text(String key, String otherwise) {
    return value(key, otherwise);
  }

  /** A text that is shown to nobody; empty when it is not given. */
  public String secret(String key) {
    known.add(prefix + key);
    String value = values.getOrDefault(prefix + key, "");
    effective.put(prefix + key, value.isEmpty() ? "" : HIDDEN);
    return value;
  }

  /** A whole number within the bounds, both included. */
  public int integer(String key, int otherwise, int min, int max) {
    String text = value(key, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      problem(key, "a whole number from %d to %d".formatted(min, max), text);
      return otherwise;
    }
    problem(key, "a whole number from %d to %d".formatted(min, max), text);
    return otherwise;
  }

  /** A number within the bounds, both included. */
  public double number(String key, double otherwise, double min, double max) {
    String text = value(key, Double.toString(otherwise));
    try {
      double number = Double.parseDouble(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      problem(key, "a number from %s to %s".formatted(min, max), text);
      return otherwise;
    }
    problem(key, "a number from %s to %s".formatted(min, max), text);
    return otherwise;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    String text = value(key, Boolean.toString(otherwise)).strip();
    if (!text.equals("true") && !text.equals("false")) {
      problem(key, "true or false", text);
      return otherwise;
    }
    return text.equals("true");
  }

  /** One of the constants of an enum, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    String text = value(key, name(otherwise)).strip();
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    for (E constant : constants) {
      if (name(constant).equals(text)) {
        return constant;
      }
    }
    problem(
        key,
        "one of "
            + Arrays.stream(constants).map(SettingsReader::name).collect(Collectors.joining(", ")),
        text);
    return otherwise;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * All settings below {@code prefix.group.}, with what follows the group as key: passed through
   * unread.
   */
  public Map<String, String> group(String group) {
    Map<String, String> members = new TreeMap<>();
    String start = prefix + group + ".";
    known.add(start + "*");
    values.forEach(
        (key, value) -> {
          if (key.startsWith(start)) {
            known.add(key);
            members.put(key.substring(start.length()), value);
          }
        });
    return members;
  }

  /** Every key that was asked for so far with its value, in the order of asking. */
  public Map<String, String> effective() {
    return Collections.unmodifiableMap(effective);
  }

  /** A complaint about a key that the caller found by itself. */
  public void problem(String key, String expected, String found) {
    problems.add("%s%s: expected %s, was \"%s\"".formatted(prefix, key, expected, found));
  }

  /** Every key that was asked for, a group of keys as {@code prefix.group.*}. */
  public SortedSet<String> known() {
    return Collections.unmodifiableSortedSet(known);
  }

  /**
   * Ends reading.
   *
   * @return every key that was read with its effective value, in the order of reading, for logging
   * @throws BadConfiguration with all problems, unknown keys among them
   */
  public Map<String, String> finish() {
    for (String key : new TreeSet<>(values.keySet())) {
      if (key.startsWith(prefix) && !known.contains(key)) {
        problems.add("%s: unknown setting; known are %s".formatted(key, String.join(", ", known)));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems);
    }
    return Collections.unmodifiableMap(effective);
  }

  private String value(String key, String otherwise) {
    known.add(prefix + key);
    String value = values.getOrDefault(prefix + key, otherwise);
    effective.put(prefix + key, value);
    return value;
  }
}
