package dev.holdfast.format;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * hOCR 1.2 as well-formed XHTML, the way Tesseract writes it: {@code ocr_page} has the size, lines
 * hold {@code ocrx_word}, each with its {@code bbox x0 y0 x1 y1}.
 *
 * <p>Breuel and Konstantin Baierer, The hOCR Format, version 1.2.
 */
final class HocrFile {
  private static final Pattern BOX =
      Pattern.compile("(?:^|;)\\s*bbox\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+([^\\s;]+)");

  /** Tesseract uses each of these for a line, after what it takes the line for. */
  private static final List<String> LINES =
      List.of("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat");

  private final XmlFile in;
  private final PageWords words;

  private HocrFile(XmlFile in, PageWords words) {
    this.in = in;
    this.words = words;
  }

  static void read(XmlFile in, PageWords words) throws XMLStreamException, BadInput {
    HocrFile file = new HocrFile(in, words);
    while (in.next()) {
      if (in.isStart()) {
        file.start();
      }
    }
    if (!words.hasPage()) {
      throw new BadInput(Reason.MISSING_KEY, "the file", "an element of class ocr_page", "none");
    }
  }

  private void start() throws XMLStreamException, BadInput {
    List<String> classes = List.of(in.attribute("class").orElse("").strip().split("\\s+"));
    if (classes.contains("ocr_page")) {
      double[] box = box();
      words.page(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    } else if (classes.stream().anyMatch(LINES::contains)) {
      words.line();
    } else if (classes.contains("ocrx_word")) {
      if (!words.hasPage()) {
        throw in.bad(Reason.BAD_SPAN, "an ocr_page around each ocrx_word", "none");
      }
      double[] box = box();
      words.word(wholeText(), box[0], box[1], box[2], box[3]);
    }
  }

  private double[] box() throws BadInput {
    String title = in.attribute("title").orElse("");
    Matcher matcher = BOX.matcher(title);
    if (!matcher.find()) {
      throw in.bad(Reason.BAD_BOX, "bbox x0 y0 x1 y1 in the title", "none");
    }
    double[] box = new double[4];
    for (int i = 0; i < 4; i++) {
      box[i] = in.number(matcher.group(i + 1), "bbox");
    }
    return box;
  }

  /** The text of the element that starts here, and of all within it, up to its end. */
  private String wholeText() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int open = 1;
    while (open > 0 && in.next()) {
      if (in.isStart()) {
        open++;
      } else if (in.isEnd()) {
        open--;
      } else {
        text.append(in.text());
      }
    }
    return text.toString().strip();
  }
}
