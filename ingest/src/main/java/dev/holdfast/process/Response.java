package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One HTTP answer. Immutable as long as nobody writes into the body. */
public final class Response {
  private final int status;
  private final String contentType;
  private final byte[] body;
  private final SortedMap<String, String> headers;

  /**
   * @param status 200 to 599
   * @param contentType of the body
   * @param body not copied
   */
  public Response(int status, String contentType, byte[] body) {
    this(status, contentType, body, Collections.emptySortedMap());
  }

  private Response(int status, String contentType, byte[] body, SortedMap<String, String> headers) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("expected a status from 200 to 599, was " + status);
    }
    this.status = status;
    this.contentType = requireNonNull(contentType, "contentType is null");
    this.body = requireNonNull(body, "body is null");
    this.headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** An answer in JSON. */
  public static <T> Response json(int status, JsonOutput.Writer<T> writer, T value) {
    return json(status, JsonOutput.bytes(writer, value));
  }

  /** An answer in JSON that is written already. */
  public static Response json(int status, byte[] json) {
    return new Response(status, "application/json", json);
  }

  /** An answer in plain text, or in any other text format that {@code contentType} names. */
  public static Response text(int status, String contentType, String text) {
    return new Response(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The answer to bad input: {@code {"reason": …, "message": …}}, 413 when it is too large, else
   * 400.
   */
  public static Response rejection(BadInput rejected) {
    return problem(
        rejected.reason() == Reason.TOO_LARGE ? 413 : 400,
        rejected.reason().code(),
        rejected.getMessage());
  }

  /**
   * An answer that says what is wrong: {@code {"reason": …, "message": …}}.
   *
   * @param reason one lower-case word for programs
   * @param message one line for people, without document text
   */
  public static Response problem(int status, String reason, String message) {
    return json(
        status,
        (out, unused) -> {
          out.writeStartObject();
          out.writeStringField("reason", reason);
          out.writeStringField("message", message);
          out.writeEndObject();
        },
        null);
  }

  /** The same answer with one more header, or with another value of it. */
  public Response with(String header, String value) {
    SortedMap<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, body, more);
  }

  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  /** Headers besides those of the body. */
  public SortedMap<String, String> headers() {
    return headers;
  }

  /** The body, not copied. */
  public byte[] body() {
    return body;
  }
}
