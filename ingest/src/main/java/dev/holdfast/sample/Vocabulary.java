package dev.holdfast.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The words documents are made of, from the text files beside this class: a line {@code [section]},
 * then entries parted by line ends and {@code |}.
 */
final class Vocabulary {
  private static final List<String> FILES =
      List.of("names", "countries", "companies", "goods", "invoices", "identity", "work");
  private static final Map<String, List<String>> SECTIONS = load();

  private Vocabulary() {}

  /** The entries of a section, at least one. */
  static List<String> words(String section) {
    List<String> words = SECTIONS.get(section);
    if (words == null) {
      throw new IllegalArgumentException("expected a section of the vocabulary, was " + section);
    }
    return words;
  }

  static boolean has(String section) {
    return SECTIONS.containsKey(section);
  }

  private static Map<String, List<String>> load() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (String file : FILES) {
      List<String> words = new ArrayList<>();
      for (String line : read(file + ".txt").split("\n", -1)) {
        if (line.startsWith("[")) {
          words = new ArrayList<>();
          if (sections.put(line.substring(1, line.indexOf(']')), words) != null) {
            throw new IllegalStateException("expected one section " + line + ", were two");
          }
        } else if (!line.isBlank() && !line.startsWith("#")) {
          for (String word : line.split("\\|", -1)) {
            words.add(word.strip());
          }
        }
      }
    }
    return sections;
  }

  private static String read(String file) {
    try (InputStream in = Vocabulary.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + file + ", was none");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
