package dev.holdfast.serving;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Documents of a few words, and models that need no network. */
final class ServingFixtures {
  static final CollectionName SHOP = new CollectionName("shop");
  static final CollectionName BANK = new CollectionName("bank");
  static final FieldName TOTAL = new FieldName("total");

  private ServingFixtures() {}

  static Document document(CollectionName collection, String id) {
    return new Document(
        new DocumentId(id),
        collection,
        "receipt",
        "",
        List.of(new Page(600, 800)),
        List.of(
            new Token("Total", new Box(100, 800, 150, 812), 0, 0),
            new Token("12.50", new Box(700, 800, 750, 812), 0, 0)));
  }

  static String digest(long version) {
    return "sha256:%064x".formatted(version);
  }

  /** A model that finds the second word as the total of every document. */
  static ServedModel model(long version) {
    return model(version, document -> found(), new AtomicInteger());
  }

  static ServedModel model(
      long version, Function<Document, Prediction> extract, AtomicInteger closed) {
    return new ServedModel(
        version,
        digest(version),
        extract,
        Map.of(TOTAL, ValueKind.AMOUNT),
        closed::incrementAndGet);
  }

  static Prediction found() {
    PredictedValue value = new PredictedValue("12.50", 0.9, List.of(new TokenSpan(1, 2)));
    return new Prediction(new TreeMap<>(Map.of(TOTAL, List.of(value))));
  }
}
