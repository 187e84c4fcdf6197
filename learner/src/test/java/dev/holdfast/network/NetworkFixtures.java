package dev.holdfast.network;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Little slips of three lines, different each time, with a number, a date and a total. */
public final class NetworkFixtures {
  public static final FieldName NUMBER = new FieldName("number");
  public static final FieldName TOTAL = new FieldName("total");

  private NetworkFixtures() {}

  /** A document of those words, {@code |} between lines. */
  public static Document document(String id, String text) {
    List<Token> tokens = new ArrayList<>();
    int line = 0;
    int place = 0;
    for (String word : text.split(" ", -1)) {
      if (word.equals("|")) {
        line++;
        place = 0;
        continue;
      }
      Box box = new Box(40 + 100 * place, 50 + 40 * line, 120 + 100 * place, 80 + 40 * line);
      tokens.add(new Token(word, box, 0, line));
      place++;
    }
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "slip",
        "en",
        List.of(new Page(600, 800)),
        tokens);
  }

  /** Slip number i: always the same; number and total are annotated. */
  public static Example slip(int i) {
    SplittableRandom random = new SplittableRandom(i);
    String number = "A-" + random.nextInt(1000, 9999);
    String total = random.nextInt(10, 99) + "." + random.nextInt(10, 99);
    String noise = random.nextInt(100, 999) + "." + random.nextInt(10, 99);
    Document document =
        document(
            "slip-" + i,
            "Slip No %s of the day | Subtotal %s each | Total %s EUR"
                .formatted(number, noise, total));
    return Example.unknown(document)
        .with(
            new Annotation(
                document.key(),
                "reviewer",
                Source.HUMAN,
                Instant.EPOCH,
                Map.of(
                    NUMBER, Mark.of(List.of(new FieldValue(number, List.of(new TokenSpan(2, 3))))),
                    TOTAL,
                        Mark.of(List.of(new FieldValue(total, List.of(new TokenSpan(10, 11))))))));
  }
}
