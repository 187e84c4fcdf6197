package dev.holdfast.version;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.Optional;

/** The one reader and writer of a refusal, {@code docs/schema/refusal.json}. */
public final class RefusalJson {
  private static final int MAX_TEXT = 1_000;

  private RefusalJson() {}

  /** Reads what {@link #write} wrote, also when later writers have added keys. */
  public static Refusal read(JsonInput in) throws BadInput {
    try {
      JsonInput number = in.optional("version").orElse(null);
      return new Refusal(
          new CollectionName(in.required("collection").text(1, MAX_TEXT)),
          in.required("round").longInteger(),
          in.required("at").instant(),
          number == null
              ? Optional.empty()
              : Optional.of(
                  new Refusal.Refused(
                      number.longInteger(), VerdictJson.read(in).orElseThrow(() -> missing(in)))),
          VerdictJson.readPutAside(in));
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "a refusal", e.getMessage());
    }
  }

  private static BadInput missing(JsonInput in) {
    return in.bad(Reason.MISSING_KEY, "a verdict of the version", "none");
  }

  /** Writes it as one object, with its summary. */
  public static void write(JsonGenerator out, Refusal refusal) throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", refusal.collection().value());
    out.writeNumberField("round", refusal.round());
    out.writeStringField("at", refusal.at().toString());
    out.writeStringField("summary", refusal.summary());
    if (refusal.version().isPresent()) {
      out.writeNumberField("version", refusal.version().get().number());
    }
    VerdictJson.write(out, refusal.version().map(Refusal.Refused::verdict));
    VerdictJson.writePutAside(out, refusal.putAside());
    out.writeEndObject();
  }
}
