package dev.holdfast.console;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that people should see, in words and without document text.
 *
 * @param kind one lower-case word, such as {@code forgetting}
 * @param type of document that it is about; empty for all
 * @param summary a sentence or two
 */
public record Notice(Instant at, String kind, String type, String summary) {
  public Notice {
    requireNonNull(at, "at is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(type, "type is null");
    requireNonNull(summary, "summary is null");
  }
}
