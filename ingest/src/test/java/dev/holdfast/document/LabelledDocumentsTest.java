package dev.holdfast.document;

import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledDocumentsTest {
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00");
  private static final String JSON =
      new String(JsonOutput.bytes(DocumentJson::write, INVOICE), StandardCharsets.UTF_8);
  private static final String LINE =
      "{\"document\":"
          + JSON
          + ",\"annotation\":{\"documentId\":\"inv-77\",\"fields\":{\"total\":[{\"text\":\"1,240.00\"}]}}}";
  private static final String BARE = "{\"document\":" + JSON + "}";

  @TempDir private Path folder;

  @Test
  void linesAreReadInTheirOrderAndEmptyOnesPassedOver() throws IOException {
    List<LabelledDocument> read = LabelledDocuments.read(file(LINE + "\n\n  \n" + BARE));

    assertThat(read).extracting(LabelledDocument::document).containsExactly(INVOICE, INVOICE);
    assertThat(read.get(0).example().taught()).containsOnlyKeys(new FieldName("total"));
    assertThat(read.get(1).example().taught()).isEmpty();
  }

  @Test
  void annotationThatDoesNotSayIsImportedAtTheEpoch() throws IOException {
    Annotation annotation = LabelledDocuments.read(file(LINE)).get(0).annotation();

    assertThat(annotation.source()).isEqualTo(Source.IMPORT);
    assertThat(annotation.at()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void gzipIsToldByContentNotByName() throws IOException {
    Path file = folder.resolve("plain.jsonl");
    Files.write(file, gzip(LINE + "\n" + BARE + "\n"));

    assertThat(LabelledDocuments.read(file)).hasSize(2);
    assertThat(LabelledDocuments.read(file))
        .isEqualTo(LabelledDocuments.read(file(LINE + "\n" + BARE)));
  }

  @Test
  void emptyFileHasNoDocuments() throws IOException {
    assertThat(LabelledDocuments.read(file(""))).isEmpty();
  }

  @Test
  void badLineIsNamedByFileAndNumberWithoutItsText() throws IOException {
    Path file = file(BARE + "\n\n" + LINE.replace("\"page\":0", "\"page\":\"SECRET\""));

    assertThatThrownBy(() -> LabelledDocuments.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file + ":3: expected a whole number at $.document.tokens[0].page, found a JSON string");
  }

  @Test
  void syntaxErrorIsNamedWithoutItsText() throws IOException {
    Path file = file("{\"document\": SECRET}");

    assertThatThrownBy(() -> LabelledDocuments.read(file))
        .hasMessageStartingWith(file + ":1: expected one well-formed JSON value")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void annotationOfAnotherDocumentIsRefused() throws IOException {
    Path file = file(LINE.replace("\"documentId\":\"inv-77\"", "\"documentId\":\"inv-78\""));

    assertThatThrownBy(() -> LabelledDocuments.read(file))
        .hasMessage(
            file
                + ":1: expected an annotation of the document beside it at $.annotation, found one"
                + " of another");
  }

  @Test
  void spanOutsideTheDocumentIsRefused() throws IOException {
    Path file = file(LINE.replace("\"1,240.00\"}]", "\"1,240.00\",\"spans\":[[1,3]]}]"));

    assertThatThrownBy(() -> LabelledDocuments.read(file))
        .hasMessageContaining("spans within the document's 2 tokens");
  }

  @Test
  void cutGzipAndMissingFileAreNamed() throws IOException {
    Path file = folder.resolve("cut.jsonl.gz");
    byte[] whole = gzip(LINE);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> LabelledDocuments.read(file))
        .hasMessage(file + ": expected a whole gzip file, was cut or damaged");
    assertThatThrownBy(() -> LabelledDocuments.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("none");
  }

  private Path file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "labelled", ".jsonl");
    return Files.writeString(file, text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
