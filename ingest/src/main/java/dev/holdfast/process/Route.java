package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;
import java.util.Optional;

/**
 * What an {@link HttpEndpoint} answers to one method on one path.
 *
 * @param method in upper case, such as {@code POST}
 * @param path the whole of it, such as {@code /v1/extract}; with {@code *} as its last segment it
 *     stands for any one segment, see {@link Request#lastSegment}
 * @param role that a caller needs; none for what everybody may see
 * @param handler makes the answer; called from several threads at once
 */
public record Route(String method, String path, Optional<Role> role, Handler handler) {
  public Route {
    requireNonNull(role, "role is null");
    requireNonNull(handler, "handler is null");
    if (!method.matches("[A-Z]+") || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "expected a method in upper case and a path from '/', was \"%s\" and \"%s\""
              .formatted(method, path));
    }
  }

  /** For callers with a role. */
  public Route(String method, String path, Role role, Handler handler) {
    this(method, path, Optional.of(role), handler);
  }

  /** For everybody. */
  public static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Optional.empty(), handler);
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
