package dev.holdfast.app;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import java.util.List;
import java.util.stream.IntStream;

/** Documents of one page that say what a test wants them to. */
final class Letters {
  private Letters() {}

  /** Words one below the other. */
  static Document of(String id, String... words) {
    return of(
        id,
        IntStream.range(0, words.length)
            .mapToObj(
                i ->
                    new Token(
                        words[i],
                        new Box(100, 100 + 40 * i, 100 + 20 * words[i].length(), 120 + 40 * i),
                        0,
                        i))
            .toList());
  }

  static Document of(String id, List<Token> tokens) {
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "letter",
        "en",
        List.of(new Page(600, 800)),
        tokens);
  }
}
