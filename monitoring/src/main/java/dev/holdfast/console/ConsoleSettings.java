package dev.holdfast.console;

import static java.util.Objects.requireNonNull;

import dev.holdfast.process.SettingsReader;
import java.net.URI;
import java.util.Optional;

/**
 * What the console keeps, and where it finds the HTTP API of serving.
 *
 * @param maxDocuments documents kept to be looked at, the latest of all collections; 0 keeps none,
 *     so that no document text leaves by the console
 * @param maxTokens of all of them together, about 150 bytes each
 * @param serving base address of a serving node, such as {@code http://serving:8080}; empty where
 *     serving runs in the same process, or corrections are not wanted
 */
public record ConsoleSettings(int maxDocuments, int maxTokens, Optional<URI> serving) {

  public static final ConsoleSettings DEFAULT = new ConsoleSettings(200, 200_000, Optional.empty());

  public ConsoleSettings {
    requireNonNull(serving, "serving is null");
    if (maxDocuments < 0 || maxTokens < 0) {
      throw new IllegalArgumentException(
          "expected maxDocuments >= 0 and maxTokens >= 0, was %d and %d"
              .formatted(maxDocuments, maxTokens));
    }
  }

  /** Reads the settings below {@code console.}; problems are left with the reader. */
  public static ConsoleSettings from(SettingsReader reader) {
    return new ConsoleSettings(
        reader.integer("console.max-documents", DEFAULT.maxDocuments, 0, 10_000),
        reader.integer("console.max-tokens", DEFAULT.maxTokens, 0, 10_000_000),
        address(reader, "console.serving-url"));
  }

  private static Optional<URI> address(SettingsReader reader, String key) {
    String text = reader.text(key, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("https?://[^/?#\\s]+/?")) {
      reader.problem(key, "an address such as http://serving:8080", text);
      return Optional.empty();
    }
    return Optional.of(URI.create(text.replaceAll("/$", "")));
  }
}
