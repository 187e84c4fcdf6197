package dev.holdfast.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.version.Digest;
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
    if (action.needs().isEmpty()) {
      return Control.of(action);
    }
    JsonInput needed = in.required(action.needs());
    if (action == Action.IMPORT) {
      return Control.of(action, digest(needed).text());
    }
    if (action == Action.TRUST) {
      return Control.of(action, needed.text(1, AnnotationJson.MAX_ANNOTATOR_LENGTH));
    }
    if (action.needsName()) {
      return Control.of(action, DocumentJson.name(needed, DocumentId.MAX_LENGTH));
    }
    long number = needed.longInteger();
    if (number < 1) {
      throw needed.bad(Reason.BAD_VALUE, "a whole number from 1", Long.toString(number));
    }
    return new Control(action, number);
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
    if (control.action().needsName()) {
      out.writeStringField(control.action().needs(), control.name());
    } else if (!control.action().needs().isEmpty()) {
      out.writeNumberField(control.action().needs(), control.number());
    }
    out.writeEndObject();
  }
}
