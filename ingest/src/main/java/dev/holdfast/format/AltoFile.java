package dev.holdfast.format;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import javax.xml.stream.XMLStreamException;

/**
 * ALTO XML, versions 1 to 4: {@code Page} has the size, each {@code TextLine} holds {@code String}s
 * with their place. The unit of measurement does not matter, since only shares of the page are
 * kept. A hyphen that ends a line ({@code HYP}) belongs to the word before it, as it is printed.
 *
 * <p>Library of Congress, ALTO: Technical Metadata for Layout and Text Objects.
 */
final class AltoFile {
  private final XmlFile in;
  private final PageWords words;

  /** The word that may still get a hyphen, or null. */
  private String text;

  private double x;
  private double y;
  private double width;
  private double height;

  private AltoFile(XmlFile in, PageWords words) {
    this.in = in;
    this.words = words;
  }

  static void read(XmlFile in, PageWords words) throws XMLStreamException, BadInput {
    AltoFile file = new AltoFile(in, words);
    while (in.next()) {
      if (in.isStart()) {
        file.start();
      } else if (in.isEnd() && in.element().equals("TextLine")) {
        file.endWord();
      }
    }
    if (!words.hasPage()) {
      throw new BadInput(Reason.MISSING_KEY, "the file", "an element Page", "none");
    }
  }

  private void start() throws BadInput {
    switch (in.element()) {
      case "Page" -> words.page(0, 0, in.number("WIDTH"), in.number("HEIGHT"));
      case "TextLine" -> words.line();
      case "String" -> startWord();
      case "HYP" -> text = text == null ? null : text + in.attribute("CONTENT").orElse("-");
      default -> {
        // Everything else says nothing about words.
      }
    }
  }

  private void startWord() throws BadInput {
    endWord();
    if (!words.hasPage()) {
      throw in.bad(Reason.BAD_SPAN, "a Page around each String", "none");
    }
    text = in.attribute("CONTENT").orElse("");
    x = in.number("HPOS");
    y = in.number("VPOS");
    width = in.number("WIDTH");
    height = in.number("HEIGHT");
  }

  private void endWord() throws BadInput {
    if (text != null) {
      words.word(text, x, y, x + width, y + height);
      text = null;
    }
  }
}
