package dev.holdfast.process;

import com.sun.net.httpserver.Headers;
import java.util.Optional;
import java.util.Set;

/** Who may be answered, by what a request says of its caller. */
final class Access {
  private Access() {}

  /**
   * What a caller is told who may not be answered.
   *
   * @param route that is asked for
   * @param headers of the request
   * @param tokens whoever bears one may do what it says; everybody may, when there are none
   */
  static Optional<Response> refusal(Route route, Headers headers, Tokens tokens) {
    if (!route.method().equals("GET") && isForeign(headers)) {
      return Optional.of(
          Response.problem(403, "foreign_origin", "expected a page of this server to send this"));
    }
    if (route.role().isEmpty()) {
      return Optional.empty();
    }
    return tokens.isEmpty()
        ? withoutTokens(headers)
        : withTokens(route.role().get(), headers, tokens);
  }

  private static Optional<Response> withTokens(Role needed, Headers headers, Tokens tokens) {
    Optional<Set<Role>> roles =
        tokens.roles(Optional.ofNullable(headers.getFirst("Authorization")));
    if (roles.isEmpty()) {
      return Optional.of(
          Response.problem(401, "unauthorized", "expected Authorization: Bearer with a known token")
              .with("WWW-Authenticate", "Bearer"));
    }
    return roles.get().contains(needed)
        ? Optional.empty()
        : Optional.of(
            Response.problem(403, "forbidden", "expected a token with the role " + needed.text()));
  }

  private static Optional<Response> withoutTokens(Headers headers) {
    return isPublic(headers.getFirst("Host"))
        ? Optional.of(
            Response.problem(
                403,
                "foreign_host",
                "expected an address or a name without dots as Host where nobody needs a token"))
        : Optional.empty();
  }

  /** Whether a browser sends this for a page of another server, whose user may not know of it. */
  private static boolean isForeign(Headers headers) {
    String origin = headers.getFirst("Origin");
    String host = headers.getFirst("Host");
    return origin != null && (host == null || !origin.endsWith("//" + host));
  }

  /**
   * Whether the caller takes this server for one with a name on the Internet. Whoever owns that
   * name can make it stand for an address here, and browsers then take their page for one of this
   * server (DNS rebinding).
   */
  private static boolean isPublic(String host) {
    return host != null
        && !host.startsWith("[")
        && host.contains(".")
        && !host.matches("[0-9.]+(:[0-9]+)?");
  }
}
