package dev.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.JsonStream;
import dev.holdfast.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What is written is read back; what is damaged is refused and breaks nothing. */
@PropertyDefaults(tries = 200, edgeCases = EdgeCasesMode.NONE)
class MessagesTest {
  private static final AnnotationJson.Defaults DEFAULTS =
      new AnnotationJson.Defaults(new Source(""), Instant.EPOCH);

  /** What may turn up in the wrong place; in Latin-1, so the last but one is broken UTF-8. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "{",
          "]",
          ",",
          "\"",
          "-1",
          "1e999",
          "99999999999999999999",
          "0.5",
          "\\ud800",
          "\\u0000",
          "{}",
          "[]",
          "[[[[[[[[",
          "\"a\":",
          "true",
          "\u00ff",
          "/");

  @Property(seed = "1")
  void documentIsReadAsItWasWritten(@ForAll("documents") Document document) throws BadInput {
    byte[] json = JsonOutput.bytes(DocumentJson::write, document);

    assertThat(DocumentJson.read(input(json), Limits.DEFAULT)).isEqualTo(document);
    assertThat(JsonStream.read(json, DocumentJson::readTrusted)).isEqualTo(document);
  }

  @Property(seed = "1")
  void annotationIsReadAsItWasWritten(@ForAll("annotations") Annotation annotation)
      throws BadInput {
    byte[] json = JsonOutput.bytes(AnnotationJson::write, annotation);

    assertThat(AnnotationJson.read(input(json), Limits.DEFAULT, DEFAULTS)).isEqualTo(annotation);
  }

  @Property(seed = "1")
  void exampleIsReadAsItWasWritten(@ForAll("examples") Example example) throws BadInput {
    assertThat(ExampleJson.read(input(JsonOutput.bytes(ExampleJson::write, example))))
        .isEqualTo(example);
    assertThat(
            ExampleJson.readStatements(
                input(JsonOutput.bytes(ExampleJson::writeStatements, example.statements()))))
        .isEqualTo(example.statements());
  }

  @Property(seed = "1")
  void documentKeyIsReadAsItWasWritten(@ForAll("documents") Document document) {
    assertThat(DocumentKey.parse(document.key().toString())).isEqualTo(document.key());
  }

  @Property(seed = "1")
  void sameAnnotationTwiceSaysNothingNew(@ForAll("labelled") LabelledDocument labelled) {
    Example once = labelled.example();

    assertThat(once.with(labelled.annotation())).isEqualTo(once);
    assertThat(once.with(labelled.annotation()).repeats(once)).isTrue();
  }

  @Property(seed = "1")
  void movingToTheSameContentKeepsKnownPlaces(@ForAll("examples") Example example) {
    assertThat(example.movedTo(example.document())).isEqualTo(example);
  }

  @Property(seed = "1", tries = 1_000)
  void damagedDocumentIsReadOrRefusedAndWhatIsReadCanBeWritten(
      @ForAll("documents") Document document, @ForAll long seed) throws BadInput {
    byte[] json = damaged(JsonOutput.bytes(DocumentJson::write, document), new Random(seed));
    Optional<Document> read = tryDocument(json);

    if (read.isPresent()) {
      byte[] written = JsonOutput.bytes(DocumentJson::write, read.get());
      assertThat(JsonStream.read(written, DocumentJson::readTrusted)).isEqualTo(read.get());
    }
  }

  @Property(seed = "1", tries = 1_000)
  void damagedDocumentOfOurOwnIsReadAsFromOutsideOrRefused(
      @ForAll("documents") Document document, @ForAll long seed) {
    byte[] json = damaged(JsonOutput.bytes(DocumentJson::write, document), new Random(seed));
    Optional<Document> read = tryDocument(json);

    try {
      Document trusted = JsonStream.read(json, DocumentJson::readTrusted);
      // From outside a key may not come twice, and there are limits.
      assertThat(read.orElse(trusted)).isEqualTo(trusted);
    } catch (BadInput e) {
      assertThat(e).hasMessageStartingWith("expected ");
    }
  }

  @Property(seed = "1", tries = 1_000)
  void damagedAnnotationIsReadOrRefusedAndWhatIsReadCanBeUsed(
      @ForAll("labelled") LabelledDocument labelled, @ForAll long seed) throws BadInput {
    byte[] json =
        damaged(JsonOutput.bytes(AnnotationJson::write, labelled.annotation()), new Random(seed));
    Optional<Annotation> read = tryAnnotation(labelled.document(), json);

    if (read.isPresent()) {
      Example example = Example.unknown(labelled.document()).with(read.get());
      assertThat(ExampleJson.read(input(JsonOutput.bytes(ExampleJson::write, example))))
          .isEqualTo(example);
    }
  }

  @Provide
  Arbitrary<Document> documents() {
    return DocumentArbitraries.documents();
  }

  @Provide
  Arbitrary<Annotation> annotations() {
    return documents().flatMap(DocumentArbitraries::annotations);
  }

  @Provide
  Arbitrary<Example> examples() {
    return DocumentArbitraries.examples();
  }

  @Provide
  Arbitrary<LabelledDocument> labelled() {
    return documents()
        .flatMap(
            document ->
                DocumentArbitraries.annotations(document)
                    .map(annotation -> new LabelledDocument(document, annotation)));
  }

  private static JsonInput input(byte[] json) throws BadInput {
    return JsonInput.read(json, Integer.MAX_VALUE);
  }

  private static Optional<Document> tryDocument(byte[] json) {
    try {
      return Optional.of(DocumentJson.read(input(json), Limits.DEFAULT));
    } catch (BadInput e) {
      assertThat(e).hasMessageStartingWith("expected ");
      return Optional.empty();
    }
  }

  private static Optional<Annotation> tryAnnotation(Document document, byte[] json) {
    try {
      Annotation annotation = AnnotationJson.read(input(json), Limits.DEFAULT, DEFAULTS);
      if (!annotation.document().equals(document.key())) {
        return Optional.empty();
      }
      AnnotationJson.checkAgainst(document, annotation);
      return Optional.of(annotation);
    } catch (BadInput e) {
      assertThat(e).hasMessageStartingWith("expected ");
      return Optional.empty();
    }
  }

  /** One to three damages: a byte changed, cut, put in, or a piece of JSON where it is not due. */
  private static byte[] damaged(byte[] json, Random random) {
    byte[] damaged = json;
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged = damage(damaged, random);
    }
    return damaged;
  }

  private static byte[] damage(byte[] json, Random random) {
    int at = random.nextInt(json.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(json, at);
      case 1 -> changed(json, at, (byte) random.nextInt(256));
      case 2 -> replaced(json, at, Math.min(json.length, at + random.nextInt(20)), "");
      default -> replaced(json, at, at, PIECES.get(random.nextInt(PIECES.size())));
    };
  }

  private static byte[] changed(byte[] json, int at, byte value) {
    byte[] changed = json.clone();
    if (at < json.length) {
      changed[at] = value;
    }
    return changed;
  }

  private static byte[] replaced(byte[] json, int from, int to, String by) {
    byte[] piece = by.getBytes(StandardCharsets.ISO_8859_1);
    byte[] result = Arrays.copyOf(json, json.length - (to - from) + piece.length);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(json, to, result, from + piece.length, json.length - to);
    return result;
  }
}
