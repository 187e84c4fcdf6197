package dev.holdfast.document;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any document, annotation and example within the limits, odd ones preferred. */
public final class DocumentArbitraries {
  private DocumentArbitraries() {}

  /** Any text that UTF-8 can hold, with what JSON must escape and what takes two chars. */
  static Arbitrary<String> texts(int min, int max) {
    return Arbitraries.oneOf(
            Arbitraries.strings().ascii().ofMinLength(min).ofMaxLength(max),
            Arbitraries.strings()
                .withChars('"', '\\', '/', '\n', '\u0000', '\u007f', '\u2028', 'ß', '\ufeff')
                .ofMinLength(min)
                .ofMaxLength(max),
            Arbitraries.of("😀", "İstanbul", "e\u0301", "１２", "½", "عربى", "漢字", "a\tb"))
        .filter(text -> text.length() >= min && text.length() <= max);
  }

  static Arbitrary<String> names(int max) {
    return Arbitraries.oneOf(
        texts(1, 12).filter(text -> Names.valid(text, max)),
        Arbitraries.of("a", "b b", "x".repeat(max)));
  }

  static Arbitrary<Box> boxes() {
    Arbitrary<Integer> edge = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(edge, edge, edge, edge)
        .as(
            (a, b, c, d) ->
                new Box(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)));
  }

  public static Arbitrary<Document> documents() {
    Arbitrary<List<Page>> pages =
        Combinators.combine(
                Arbitraries.integers().between(1, 1_000_000),
                Arbitraries.integers().between(1, 1_000_000))
            .as(Page::new)
            .list()
            .ofMaxSize(3);
    return pages.flatMap(
        all ->
            Combinators.combine(
                    names(DocumentId.MAX_LENGTH).map(DocumentId::new),
                    names(CollectionName.MAX_LENGTH).map(CollectionName::new),
                    texts(0, 20),
                    texts(0, 8),
                    tokens(all.size()))
                .as(
                    (id, name, type, tag, tokens) ->
                        new Document(id, name, type, tag, all, tokens)));
  }

  private static Arbitrary<List<Token>> tokens(int pages) {
    if (pages == 0) {
      return Arbitraries.just(List.of());
    }
    return Combinators.combine(
            texts(1, 12),
            boxes(),
            Arbitraries.integers().between(0, pages - 1),
            Arbitraries.integers().greaterOrEqual(0))
        .as(Token::new)
        .list()
        .ofMaxSize(8);
  }

  /** An annotation of the document. */
  public static Arbitrary<Annotation> annotations(Document document) {
    Arbitrary<Map<FieldName, Mark>> marks =
        Arbitraries.maps(
                names(FieldName.MAX_LENGTH).map(FieldName::new),
                values(document.tokens().size()).map(Mark::of))
            .ofMaxSize(4)
            .map(LinkedHashMap::new);
    return Combinators.combine(texts(0, 20), texts(0, 20).map(Source::new), instants(), marks)
        .as(
            (annotator, source, at, fields) ->
                new Annotation(document.key(), annotator, source, at, fields));
  }

  private static Arbitrary<List<FieldValue>> values(int tokens) {
    Arbitrary<List<TokenSpan>> spans =
        tokens == 0
            ? Arbitraries.just(List.of())
            : Combinators.combine(
                    Arbitraries.integers().between(0, tokens - 1),
                    Arbitraries.integers().between(1, tokens))
                .as((start, length) -> new TokenSpan(start, Math.min(tokens, start + length)))
                .list()
                .ofMaxSize(3);
    return Combinators.combine(texts(1, 12), spans).as(FieldValue::new).list().ofMaxSize(3);
  }

  private static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 253_402_300_799L),
            Arbitraries.longs().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  /** What several annotations say of one document. */
  public static Arbitrary<Example> examples() {
    return documents()
        .flatMap(
            document ->
                annotations(document)
                    .list()
                    .ofMaxSize(3)
                    .map(
                        all -> {
                          Example example = Example.unknown(document);
                          for (Annotation annotation : all) {
                            example = example.with(annotation);
                          }
                          return example;
                        }));
  }
}
