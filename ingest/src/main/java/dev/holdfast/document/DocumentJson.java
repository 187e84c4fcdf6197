package dev.holdfast.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonStream;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one reader and writer of a document message, {@code docs/schema/document.json}. */
public final class DocumentJson {
  static final int MAX_TYPE_LENGTH = 100;
  private static final int MAX_LANGUAGE_LENGTH = 35;
  private static final int MAX_PAGE_SIZE = 1_000_000;

  private DocumentJson() {}

  /** Reads a document of the size the limits allow. */
  public static Document read(JsonInput in, Limits limits) throws BadInput {
    DocumentId id = new DocumentId(name(in.required("id"), DocumentId.MAX_LENGTH));
    CollectionName collection = collection(in);
    String type = in.text("type", "", MAX_TYPE_LENGTH);
    String language = in.text("language", "", MAX_LANGUAGE_LENGTH);
    List<Page> pages = new ArrayList<>();
    for (JsonInput page : in.required("pages").array(limits.pages())) {
      pages.add(
          new Page(
              page.required("width").integer(1, MAX_PAGE_SIZE),
              page.required("height").integer(1, MAX_PAGE_SIZE)));
    }
    List<Token> tokens = new ArrayList<>();
    for (JsonInput token : in.required("tokens").array(limits.tokens())) {
      tokens.add(token(token, pages.size(), limits));
    }
    return new Document(id, collection, type, language, pages, tokens);
  }

  /**
   * Reads a document that {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it can be none
   */
  public static Document readTrusted(JsonStream in) throws IOException, BadInput {
    String id = "";
    String collection = CollectionName.DEFAULT.value();
    String type = "";
    String language = "";
    Optional<List<Page>> pages = Optional.empty();
    Optional<List<Token>> tokens = Optional.empty();
    in.object();
    while (in.nextMember()) {
      switch (in.key()) {
        case "id" -> id = in.text();
        case "collection" -> collection = in.text();
        case "type" -> type = in.text();
        case "language" -> language = in.text();
        case "pages" -> pages = Optional.of(trusted(in, DocumentJson::trustedPage));
        case "tokens" -> tokens = Optional.of(trusted(in, DocumentJson::trustedToken));
        default -> in.skip();
      }
    }
    return new Document(
        new DocumentId(id),
        new CollectionName(collection),
        type,
        language,
        pages.orElseThrow(() -> in.missing("pages")),
        tokens.orElseThrow(() -> in.missing("tokens")));
  }

  /** The objects of an array. */
  private static <T> List<T> trusted(JsonStream in, JsonStream.Reader<T> reader)
      throws IOException, BadInput {
    List<T> all = new ArrayList<>();
    in.array();
    while (in.nextObject()) {
      all.add(reader.read(in));
    }
    return all;
  }

  private static Page trustedPage(JsonStream in) throws IOException, BadInput {
    int width = 0;
    int height = 0;
    while (in.nextMember()) {
      switch (in.key()) {
        case "width" -> width = in.integer();
        case "height" -> height = in.integer();
        default -> in.skip();
      }
    }
    return new Page(width, height);
  }

  private static Token trustedToken(JsonStream in) throws IOException, BadInput {
    String text = "";
    Optional<Box> box = Optional.empty();
    int page = 0;
    int line = 0;
    while (in.nextMember()) {
      switch (in.key()) {
        case "text" -> text = in.text();
        case "box" -> {
          in.array();
          box = Optional.of(new Box(in.integer(), in.integer(), in.integer(), in.integer()));
          in.endArray();
        }
        case "page" -> page = in.integer();
        case "line" -> line = in.integer();
        default -> in.skip();
      }
    }
    return new Token(text, box.orElseThrow(() -> in.missing("box")), page, line);
  }

  private static Token token(JsonInput in, int pages, Limits limits) throws BadInput {
    String text = in.required("text").text(1, limits.textLength());
    Box box = box(in.required("box"));
    JsonInput page = in.optional("page").orElse(null);
    int pageIndex = page == null ? 0 : page.integer(0, Integer.MAX_VALUE);
    if (pageIndex >= pages) {
      throw in.bad(Reason.BAD_SPAN, "a page from 0 to " + (pages - 1), "page " + pageIndex);
    }
    JsonInput line = in.optional("line").orElse(null);
    return new Token(text, box, pageIndex, line == null ? 0 : line.integer(0, Integer.MAX_VALUE));
  }

  private static Box box(JsonInput in) throws BadInput {
    List<JsonInput> corners = in.array(4);
    if (corners.size() != 4) {
      throw in.bad(Reason.BAD_BOX, "four numbers [x0,y0,x1,y1]", corners.size() + " numbers");
    }
    int[] c = new int[4];
    for (int i = 0; i < 4; i++) {
      c[i] = corners.get(i).integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (!Box.valid(c[0], c[1], c[2], c[3])) {
      throw in.bad(
          Reason.BAD_BOX,
          "0 <= x0 <= x1 <= 1000 and 0 <= y0 <= y1 <= 1000",
          "[%d,%d,%d,%d]".formatted(c[0], c[1], c[2], c[3]));
    }
    return new Box(c[0], c[1], c[2], c[3]);
  }

  static CollectionName collection(JsonInput in) throws BadInput {
    JsonInput collection = in.optional("collection").orElse(null);
    return collection == null
        ? CollectionName.DEFAULT
        : new CollectionName(name(collection, CollectionName.MAX_LENGTH));
  }

  /** A text that can be an id or a name. */
  public static String name(JsonInput in, int maxLength) throws BadInput {
    String text = in.text(1, maxLength);
    if (!Names.valid(text, maxLength)) {
      throw in.bad(
          Reason.BAD_VALUE,
          "no '/', no control characters, no white space at the ends",
          "a text of " + text.length() + " characters that has some");
    }
    return text;
  }

  /** Writes the document as one object; an empty type or language is left out. */
  public static void write(JsonGenerator out, Document document) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", document.id().value());
    out.writeStringField("collection", document.collection().value());
    if (!document.type().isEmpty()) {
      out.writeStringField("type", document.type());
    }
    if (!document.language().isEmpty()) {
      out.writeStringField("language", document.language());
    }
    out.writeArrayFieldStart("pages");
    for (Page page : document.pages()) {
      out.writeStartObject();
      out.writeNumberField("width", page.width());
      out.writeNumberField("height", page.height());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("tokens");
    for (Token token : document.tokens()) {
      out.writeStartObject();
      out.writeStringField("text", token.text());
      Box box = token.box();
      out.writeFieldName("box");
      out.writeArray(new int[] {box.x0(), box.y0(), box.x1(), box.y1()}, 0, 4);
      out.writeNumberField("page", token.page());
      out.writeNumberField("line", token.line());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
