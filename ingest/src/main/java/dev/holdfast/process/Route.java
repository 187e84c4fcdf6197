package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;

/**
 * What an {@link HttpEndpoint} answers to one method on one path.
 *
 * @param method in upper case, such as {@code POST}
 * @param path the whole of it, such as {@code /v1/extract}; with {@code *} as its last segment it
 *     stands for any one segment, see {@link Request#lastSegment}
 * @param handler makes the answer; called from several threads at once
 */
public record Route(String method, String path, Handler handler) {
  public Route {
    requireNonNull(handler, "handler is null");
    if (!method.matches("[A-Z]+") || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "expected a method in upper case and a path from '/', was \"%s\" and \"%s\""
              .formatted(method, path));
    }
  }

  /** Makes the answer to a request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one request.
     *
     * @throws BadInput answered as {@link Response#rejection} says
     */
    Response handle(Request request) throws BadInput;
  }
}
