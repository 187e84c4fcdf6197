package dev.holdfast.format;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A well-formed XML file, read from start to end. Document types are skipped unread, so nothing is
 * fetched and no entity grows; a file that uses other entities than XML's own five is refused.
 */
final class XmlFile {
  private final XMLStreamReader in;

  private XmlFile(XMLStreamReader in) {
    this.in = in;
  }

  /** Reads hOCR or ALTO, told by the outermost element. */
  static void read(byte[] content, PageWords words) throws BadInput {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver((id, system, base, namespace) -> InputStream.nullInputStream());
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      XmlFile file = new XmlFile(in);
      while (!in.isStartElement()) {
        in.next();
      }
      if (file.element().equals("alto")) {
        AltoFile.read(file, words);
      } else if (file.element().equals("html")) {
        HocrFile.read(file, words);
      } else {
        throw file.bad(Reason.BAD_VALUE, "<html> with hOCR, or <alto>", "another element");
      }
    } catch (XMLStreamException e) {
      throw notWellFormed(e);
    }
  }

  private static BadInput notWellFormed(XMLStreamException e) {
    // The parser's own message may quote the text.
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    BadInput bad =
        new BadInput(Reason.BAD_VALUE, "line " + line, "well-formed XML", "a syntax error");
    bad.initCause(e);
    return bad;
  }

  /** Goes on to the next start, end or text; false at the end of the file. */
  boolean next() throws XMLStreamException {
    while (in.hasNext()) {
      in.next();
      if (in.isStartElement() || in.isEndElement() || in.isCharacters()) {
        return true;
      }
    }
    return false;
  }

  boolean isStart() {
    return in.isStartElement();
  }

  boolean isEnd() {
    return in.isEndElement();
  }

  /** The name of the element that starts or ends here, without its namespace. */
  String element() {
    return in.getLocalName();
  }

  /** The text here. */
  String text() {
    return in.getText();
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(in.getAttributeValue(null, name));
  }

  /** The number in an attribute, which must be there. */
  double number(String name) throws BadInput {
    String value = attribute(name).orElse(null);
    if (value == null) {
      throw bad(Reason.MISSING_KEY, "an attribute " + name, "none");
    }
    return number(value, name);
  }

  /** The number that a part of an attribute says. */
  double number(String text, String what) throws BadInput {
    double number = Double.NaN;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // Refused below, as infinity is.
    }
    if (!Double.isFinite(number)) {
      throw bad(
          Reason.BAD_VALUE, "a number in " + what, "a text of " + text.length() + " characters");
    }
    return number;
  }

  /** A complaint about this place. */
  BadInput bad(Reason reason, String expected, String found) {
    return new BadInput(reason, "line " + in.getLocation().getLineNumber(), expected, found);
  }
}
