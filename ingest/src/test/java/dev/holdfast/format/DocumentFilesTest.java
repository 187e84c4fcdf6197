package dev.holdfast.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

class DocumentFilesTest {
  private static final DocumentId ID = new DocumentId("receipt-1");
  private static final CollectionName SHOP = new CollectionName("shop");
  private static final Path FILES = Path.of("src/test/resources/format");

  @Test
  void hocrGivesWordsWithTheirLinesAndTheirPlaceInThousandthsOfThePage() throws Exception {
    Document document = DocumentFiles.read(FILES.resolve("receipt.hocr"), ID, SHOP);

    assertThat(document.id()).isEqualTo(ID);
    assertThat(document.collection()).isEqualTo(SHOP);
    assertThat(document.pages()).containsExactly(new Page(400, 800), new Page(400, 800));
    assertThat(document.tokens())
        .containsExactly(
            new Token("Quay", new Box(100, 50, 300, 80), 0, 0),
            new Token("Café", new Box(325, 50, 500, 80), 0, 0),
            new Token("R&D", new Box(100, 100, 250, 130), 0, 1),
            // Stands out of its page, and is cut.
            new Token("12.50", new Box(750, 100, 1000, 130), 0, 1),
            // The second page does not begin at 0, 0.
            new Token("Thanks", new Box(500, 500, 750, 550), 1, 2));
  }

  @Test
  void altoGivesTheSame() throws Exception {
    Document document = DocumentFiles.read(FILES.resolve("receipt.alto.xml"), ID, SHOP);

    assertThat(document.pages()).containsExactly(new Page(400, 800));
    assertThat(document.tokens())
        .containsExactly(
            new Token("Quay", new Box(100, 50, 300, 80), 0, 0),
            new Token("Café", new Box(325, 50, 500, 80), 0, 0),
            new Token("inter-", new Box(100, 101, 250, 131), 0, 1),
            new Token("national", new Box(100, 138, 250, 168), 0, 2));
  }

  @Test
  void plainTextStandsAsATypewriterWouldSetIt() throws BadInput {
    Document document = text("\ufeffQuay Café\r\n\tTotal  12.50\n\nThanks\fBack\n");

    assertThat(document.pages()).containsExactly(new Page(600, 720), new Page(600, 720));
    assertThat(document.tokens())
        .containsExactly(
            new Token("Quay", new Box(0, 1, 40, 15), 0, 0),
            new Token("Café", new Box(50, 1, 90, 15), 0, 0),
            new Token("Total", new Box(80, 18, 130, 32), 0, 1),
            new Token("12.50", new Box(150, 18, 200, 32), 0, 1),
            new Token("Thanks", new Box(0, 51, 60, 65), 0, 2),
            new Token("Back", new Box(0, 1, 40, 15), 1, 3));
  }

  @Test
  void longTextGoesToTheNextRowAndTheNextPage() throws BadInput {
    Document row = text("word ".repeat(21));

    assertThat(row.tokens().get(19)).isEqualTo(new Token("word", new Box(950, 1, 990, 15), 0, 0));
    assertThat(row.tokens().get(20)).isEqualTo(new Token("word", new Box(0, 18, 40, 32), 0, 1));
    Document pages = text("word\n".repeat(61));
    assertThat(pages.pages()).hasSize(2);
    assertThat(pages.tokens().get(60)).isEqualTo(new Token("word", new Box(0, 1, 40, 15), 1, 60));
  }

  @Test
  void textThatOnlyLooksLikeMarkupIsText() throws BadInput {
    assertThat(text("<NAME> applies").tokens())
        .extracting(Token::text)
        .containsExactly("<NAME>", "applies");
  }

  @Test
  void pdfGivesWordsFromTopToBottomWithTheirPlace() throws Exception {
    PDPage page = new PDPage(new PDRectangle(400, 800));

    Document document = DocumentFiles.read(pdf(page, false), ID, SHOP);

    assertThat(document.pages()).containsExactly(new Page(400, 800));
    assertThat(document.tokens())
        .extracting(Token::text)
        .containsExactly("Quay", "Port", "Total", "12.50");
    assertThat(document.tokens()).extracting(Token::line).containsExactly(0, 0, 1, 1);
    // Drawn in 20 points from x = 40 on the base line y = 760, which is 40 from the top.
    Box quay = document.tokens().get(0).box();
    assertThat(quay.x0()).isEqualTo(100);
    assertThat(quay.x1()).isBetween(200, 240);
    assertThat(quay.y0()).isBetween(30, 40);
    assertThat(quay.y1()).isEqualTo(50);
    Box amount = document.tokens().get(3).box();
    assertThat(amount.x0()).isEqualTo(750);
    assertThat(amount.y1()).isEqualTo(500);
  }

  @Test
  void aTurnedPageIsReadAsItIsShown() throws Exception {
    PDPage page = new PDPage(new PDRectangle(400, 800));
    page.setRotation(90);

    assertThat(DocumentFiles.read(pdf(page, false), ID, SHOP).pages())
        .containsExactly(new Page(800, 400));
  }

  @Test
  void aPageWithoutTextHasNoTokens() throws Exception {
    try (PDDocument scanned = new PDDocument()) {
      scanned.addPage(new PDPage());

      assertThat(DocumentFiles.read(bytes(scanned), ID, SHOP).tokens()).isEmpty();
    }
  }

  @Test
  void aPdfThatNeedsAPasswordIsRefused() throws Exception {
    byte[] locked = pdf(new PDPage(), true);

    assertRefused(locked, Reason.BAD_VALUE, "a PDF that opens without a password");
  }

  @Test
  void aBrokenPdfIsRefused() throws Exception {
    byte[] whole = pdf(new PDPage(), false);
    byte[] half = Arrays.copyOf(whole, 60);

    assertRefused(half, Reason.BAD_VALUE, "a PDF that can be read");
  }

  @Test
  void noEntityIsFetchedOrGrown() {
    String hostile =
        """
        <?xml version="1.0"?>
        <!DOCTYPE alto [
          <!ENTITY file SYSTEM "file:///etc/passwd">
          <!ENTITY a "aaaaaaaaaa">
          <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        ]>
        <alto><Layout><Page WIDTH="10" HEIGHT="10"><TextLine>
        <String CONTENT="%s" HPOS="1" VPOS="1" WIDTH="5" HEIGHT="5"/>
        </TextLine></Page></Layout></alto>
        """;

    assertRefused(hostile.formatted("&file;"), Reason.BAD_VALUE, "well-formed XML");
    assertRefused(hostile.formatted("&b;"), Reason.BAD_VALUE, "well-formed XML");
    assertThatThrownBy(() -> text(hostile.formatted("&b;"))).hasMessageNotContaining("aaaa");
  }

  @Test
  void noEntityIsFetchedInHocr() {
    String hostile =
        """
        <!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/passwd">]>
        <html><div class="ocr_page" title="bbox 0 0 10 10">
        <span class="ocrx_word" title="bbox 1 1 5 5">a&file;b</span></div></html>
        """;

    assertRefused(hostile, Reason.BAD_VALUE, "well-formed XML at line 3");
  }

  @Test
  void whatIsMissingOrWrongIsNamedWithItsLine() {
    assertRefused("<html></html>", Reason.MISSING_KEY, "an element of class ocr_page at the file");
    assertRefused(
        "<html>\n<div class='ocr_page' title='image x'/></html>",
        Reason.BAD_BOX,
        "expected bbox x0 y0 x1 y1 in the title at line 2");
    assertRefused(
        "<html><div class='ocr_page' title='bbox 0 0 9 9'>\n<b class='ocrx_word' title='bbox 5 5 1 9'>a</b></div></html>",
        Reason.BAD_BOX,
        "expected x0 <= x1 and y0 <= y1 at page 1");
    assertRefused(
        "<html><b class='ocrx_word' title='bbox 5 5 1 9'>a</b></html>",
        Reason.BAD_SPAN,
        "an ocr_page around each ocrx_word");
    assertRefused(
        "<alto>\n<Page WIDTH='ten' HEIGHT='10'/></alto>",
        Reason.BAD_VALUE,
        "expected a number in WIDTH at line 2");
    assertRefused("<alto><Page HEIGHT='10'/></alto>", Reason.MISSING_KEY, "an attribute WIDTH");
    assertRefused("<alto><Page WIDTH='0' HEIGHT='10'/></alto>", Reason.BAD_BOX, "0.0 x 10.0");
    assertRefused("<alto/>", Reason.MISSING_KEY, "an element Page");
    assertRefused("<alto><Page", Reason.BAD_VALUE, "well-formed XML");
    assertRefused("<?xml version='1.0'?><svg/>", Reason.BAD_VALUE, "<html> with hOCR, or <alto>");
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertRefused(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Reason.BAD_VALUE, "plain text in UTF-8");
    assertRefused("a\0b", Reason.BAD_VALUE, "found a zero byte");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertRefused("a ".repeat(20_001), Reason.TOO_LARGE, "at most 20000 tokens");
    assertRefused("\f".repeat(500), Reason.TOO_LARGE, "at most 500 pages");
    assertRefused("a".repeat(2_001), Reason.TOO_LARGE, "a word of at most 2000 characters");
  }

  private static Document text(String content) throws BadInput {
    return DocumentFiles.read(content.getBytes(StandardCharsets.UTF_8), ID, SHOP);
  }

  private static void assertRefused(String content, Reason reason, String message) {
    assertRefused(content.getBytes(StandardCharsets.UTF_8), reason, message);
  }

  private static void assertRefused(byte[] content, Reason reason, String message) {
    assertThatThrownBy(() -> DocumentFiles.read(content, ID, SHOP))
        .isInstanceOfSatisfying(BadInput.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  /** Two lines; the lower one is drawn first. */
  private static byte[] pdf(PDPage page, boolean locked) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(page);
      PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        for (Drawn drawn :
            List.of(
                new Drawn("Total", 40, 400),
                new Drawn("12.50", 300, 400),
                new Drawn("Quay Port", 40, 760))) {
          out.beginText();
          out.setFont(font, 20);
          out.newLineAtOffset(drawn.x, drawn.y);
          out.showText(drawn.text);
          out.endText();
        }
      }
      if (locked) {
        document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      }
      return bytes(document);
    }
  }

  private record Drawn(String text, int x, int y) {}

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
