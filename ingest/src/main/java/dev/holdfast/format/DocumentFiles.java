package dev.holdfast.format;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads a document from a file: PDF with text in it, hOCR, ALTO XML, or plain text in UTF-8. The
 * format is told by the content, never by the name.
 *
 * <p>Lines are numbered over the whole document. Boxes that stand out of their page are cut at its
 * edge. Type and language are not said. A page without text, such as a scanned one in a PDF, is
 * there without tokens.
 */
public final class DocumentFiles {
  /** The most bytes of one file. */
  static final int MAX_BYTES = 100_000_000;

  private static final Pattern XML =
      Pattern.compile("\\s*<(\\?xml\\s|!DOCTYPE\\s|(\\w+:)?(alto|html)[\\s/>])[\\s\\S]*");

  private DocumentFiles() {}

  /**
   * Reads one file as one document.
   *
   * @throws IOException when the file cannot be read
   * @throws BadInput when it is in none of the formats, or broken, or larger than {@link
   *     Limits#DEFAULT} allows
   */
  public static Document read(Path file, DocumentId id, CollectionName collection)
      throws IOException, BadInput {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in.readNBytes(MAX_BYTES + 1), id, collection);
    }
  }

  /**
   * Reads the content of one file as one document.
   *
   * @throws BadInput as {@link #read(Path, DocumentId, CollectionName)}
   */
  public static Document read(byte[] content, DocumentId id, CollectionName collection)
      throws BadInput {
    if (content.length > MAX_BYTES) {
      throw new BadInput(Reason.TOO_LARGE, "the file", "at most " + MAX_BYTES + " bytes", "more");
    }
    PageWords words = new PageWords(Limits.DEFAULT);
    // ISO 8859-1 gives each byte a character, so that looking needs no decoding.
    String start = text(content, 1_024);
    if (start.contains("%PDF-")) {
      PdfFile.read(content, words);
    } else if (XML.matcher(withoutMark(start)).matches()) {
      XmlFile.read(content, words);
    } else {
      TextFile.read(content, words);
    }
    return words.document(id, collection);
  }

  private static String text(byte[] content, int length) {
    return new String(content, 0, Math.min(length, content.length), StandardCharsets.ISO_8859_1);
  }

  /** The byte order mark of UTF-8, one character a byte. */
  private static String withoutMark(String start) {
    return start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
  }
}
