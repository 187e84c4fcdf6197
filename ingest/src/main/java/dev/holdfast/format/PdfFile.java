package dev.holdfast.format;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * The text that a PDF has in it, ordered by place: top to bottom, left to right. A page that is
 * only an image has no words. The box of a word goes from its baseline up by the height of its
 * letters.
 */
final class PdfFile {
  private PdfFile() {}

  static void read(byte[] content, PageWords words) throws BadInput {
    try (PDDocument document = Loader.loadPDF(content)) {
      Stripper stripper = new Stripper(words);
      stripper.getText(document);
    } catch (Refused e) {
      throw e.bad;
    } catch (InvalidPasswordException e) {
      throw broken("a PDF that opens without a password", "one that needs one", e);
    } catch (IOException | RuntimeException e) {
      // PDFBox meets broken files with exceptions of any kind, whose messages may quote the text.
      throw broken("a PDF that can be read", "a broken one", e);
    }
  }

  private static BadInput broken(String expected, String found, Exception cause) {
    BadInput bad = new BadInput(Reason.BAD_VALUE, "the file", expected, found);
    bad.initCause(cause);
    return bad;
  }

  /** Carries bad input through PDFBox. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final transient BadInput bad;

    Refused(BadInput bad) {
      super(bad);
      this.bad = bad;
    }
  }

  /** PDFBox hands words out to subclasses only. */
  private static final class Stripper extends PDFTextStripper {
    private final PageWords words;

    Stripper(PageWords words) {
      this.words = words;
      setSortByPosition(true);
      setSuppressDuplicateOverlappingText(true);
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
      PDRectangle box = page.getCropBox();
      boolean turned = page.getRotation() % 180 != 0;
      try {
        words.page(
            0,
            0,
            turned ? box.getHeight() : box.getWidth(),
            turned ? box.getWidth() : box.getHeight());
      } catch (BadInput e) {
        throw new Refused(e);
      }
    }

    @Override
    protected void writeString(String text, List<TextPosition> letters) throws IOException {
      double x0 = Double.MAX_VALUE;
      double y0 = Double.MAX_VALUE;
      double x1 = -Double.MAX_VALUE;
      double y1 = -Double.MAX_VALUE;
      for (TextPosition letter : letters) {
        x0 = Math.min(x0, letter.getX());
        x1 = Math.max(x1, letter.getX() + letter.getWidth());
        y0 = Math.min(y0, letter.getY() - letter.getHeight());
        y1 = Math.max(y1, letter.getY());
      }
      try {
        words.word(text, x0, y0, x1, y1);
      } catch (BadInput e) {
        throw new Refused(e);
      }
    }

    @Override
    protected void writeLineSeparator() {
      words.line();
    }
  }
}
