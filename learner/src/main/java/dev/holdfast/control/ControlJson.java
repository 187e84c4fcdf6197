package dev.holdfast.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The one reader and writer of what operators ask, {@code docs/schema/control.json}. */
public final class ControlJson {
  private static final int MAX_TEXT = 100;

  private ControlJson() {}

  /** Reads what a message asks for. */
  public static Control read(JsonInput in) throws BadInput {
    Action action = action(in.required("action"));
    String name = action.nameKey().isEmpty() ? "" : name(action, in.required(action.nameKey()));
    long number = action.numberKey().isEmpty() ? 0 : number(in.required(action.numberKey()));
    return new Control(action, number, name);
  }

  private static String name(Action action, JsonInput in) throws BadInput {
    return switch (action) {
      case IMPORT -> digest(in).text();
      case FORK, MERGE -> DocumentJson.name(in, CollectionName.MAX_LENGTH);
      case TRUST -> in.text(1, AnnotationJson.MAX_ANNOTATOR_LENGTH);
      default -> DocumentJson.name(in, DocumentId.MAX_LENGTH);
    };
  }

  private static long number(JsonInput in) throws BadInput {
    long number = in.longInteger();
    if (number < 1 || number > ModelVersion.MAX_NUMBER) {
      throw in.bad(
          Reason.BAD_VALUE,
          "a whole number from 1 to " + ModelVersion.MAX_NUMBER,
          Long.toString(number));
    }
    return number;
  }

  private static Digest digest(JsonInput in) throws BadInput {
    String text = in.text(1, MAX_TEXT);
    try {
      return new Digest(text);
    } catch (IllegalArgumentException e) {
      throw in.bad(
          Reason.BAD_VALUE, "sha256: and 64 hexadecimal digits", text.length() + " characters");
    }
  }

  private static Action action(JsonInput in) throws BadInput {
    String text = in.text(1, MAX_TEXT);
    for (Action action : Action.values()) {
      if (action.text().equals(text)) {
        return action;
      }
    }
    String known =
        Arrays.stream(Action.values()).map(Action::text).collect(Collectors.joining(", "));
    throw in.bad(Reason.BAD_VALUE, "one of " + known, text.length() + " other characters");
  }

  /** Writes what is asked as one object. */
  public static void write(JsonGenerator out, Control control) throws IOException {
    out.writeStartObject();
    out.writeStringField("action", control.action().text());
    if (!control.action().nameKey().isEmpty()) {
      out.writeStringField(control.action().nameKey(), control.name());
    }
    if (!control.action().numberKey().isEmpty()) {
      out.writeNumberField(control.action().numberKey(), control.number());
    }
    out.writeEndObject();
  }
}
