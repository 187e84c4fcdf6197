package dev.holdfast.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Files of labelled documents: JSON Lines, one {@code {"document": …, "annotation": …}} a line,
 * plain or gzip (told by content, not by name). A line may leave the annotation out, or be a
 * document by itself; then nothing is known of its fields.
 */
public final class LabelledDocuments {
  /** Bytes at the start of a file by which it is told what it is. */
  private static final int LOOK = 1_024;

  private LabelledDocuments() {}

  /**
   * Reads all lines of one file. An annotation that does not say is taken as imported at {@link
   * Instant#EPOCH}.
   *
   * @throws IOException when the file cannot be read, or a line is not what it should be, naming
   *     file and line
   */
  public static List<LabelledDocument> read(Path file) throws IOException {
    List<LabelledDocument> documents = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          documents.add(parse(file, number, line));
        }
      }
    } catch (EOFException | ZipException e) {
      throw new IOException(
          "%s: expected a whole gzip file, was cut or damaged".formatted(file), e);
    }
    return documents;
  }

  /**
   * Whether a file is one of these, by how it begins; any other may be a document in a format of
   * its own.
   */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = open(file)) {
      if (in instanceof GZIPInputStream) {
        return true;
      }
      String start = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
      String text = start.startsWith("\ufeff") ? start.substring(1) : start;
      // An array is none either, but closer to one than to a text.
      return text.isBlank() || "{[".indexOf(text.stripLeading().charAt(0)) >= 0;
    } catch (EOFException | ZipException e) {
      return true; // whoever reads it says what it lacks
    }
  }

  /** Writes one line. */
  public static void write(OutputStream out, LabelledDocument labelled) throws IOException {
    out.write(JsonOutput.bytes(LabelledDocuments::write, labelled));
    out.write('\n');
  }

  private static void write(JsonGenerator out, LabelledDocument labelled) throws IOException {
    out.writeStartObject();
    out.writeFieldName("document");
    DocumentJson.write(out, labelled.document());
    out.writeFieldName("annotation");
    AnnotationJson.write(out, labelled.annotation());
    out.writeEndObject();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static LabelledDocument parse(Path file, int number, String line) throws IOException {
    try {
      return read(JsonInput.read(line.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
    } catch (BadInput e) {
      throw new IOException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  /** Reads one line. An annotation that does not say is taken as {@link #read(Path)} says. */
  public static LabelledDocument read(JsonInput in) throws BadInput {
    Document document = DocumentJson.read(in.optional("document").orElse(in), Limits.DEFAULT);
    AnnotationJson.Defaults defaults = new AnnotationJson.Defaults(Source.IMPORT, Instant.EPOCH);
    JsonInput annotation = in.optional("annotation").orElse(null);
    if (annotation == null) {
      return LabelledDocument.bare(document);
    }
    Annotation said = AnnotationJson.read(annotation, Limits.DEFAULT, defaults);
    if (!said.document().equals(document.key())) {
      throw annotation.bad(
          Reason.BAD_VALUE, "an annotation of the document beside it", "one of another");
    }
    AnnotationJson.checkAgainst(document, said);
    return new LabelledDocument(document, said);
  }
}
