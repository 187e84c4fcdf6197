package dev.holdfast.console;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.process.Request;
import dev.holdfast.process.Response;
import dev.holdfast.process.Role;
import dev.holdfast.process.Route;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the console answers. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET /}: the page, and what it is made of below {@code /console/}
 *   <li>{@code GET /v1/console/state?collection=…&after=…}: all that it shows but documents; 204
 *       when there is nothing new since the revision {@code after}
 *   <li>{@code GET /v1/console/document?collection=…&id=…}: a document with all that is known of
 *       it; 404 when it is not kept
 *   <li>{@code POST /v1/annotations} and {@code POST /v1/extract}, handed on to serving where that
 *       runs elsewhere
 * </ul>
 */
public final class ConsoleRoutes {
  private final Console console;
  private final Optional<ServingRelay> relay;

  public ConsoleRoutes(Console console, ConsoleSettings settings) {
    this.console = console;
    this.relay = settings.serving().map(ServingRelay::new);
  }

  /**
   * All routes.
   *
   * @param servesHere whether the same endpoint has the routes of serving
   */
  public List<Route> all(boolean servesHere) {
    List<Route> routes = new ArrayList<>(PageFiles.routes());
    boolean corrections = servesHere || relay.isPresent();
    routes.add(
        new Route("GET", "/v1/console/state", Role.READ, request -> state(request, corrections)));
    routes.add(new Route("GET", "/v1/console/document", Role.READ, this::document));
    if (!servesHere) {
      relay.ifPresent(serving -> routes.addAll(serving.routes()));
    }
    return routes;
  }

  private Response state(Request request, boolean corrections) throws BadInput {
    return console
        .state(request.query("collection"), revision(request), corrections)
        .map(json -> Response.json(200, json))
        .orElseGet(() -> Response.text(204, "application/json", ""));
  }

  private static long revision(Request request) throws BadInput {
    String text = request.query("after").orElse("-1");
    if (!text.matches("-1|[0-9]{1,18}")) {
      throw new BadInput(
          Reason.BAD_VALUE, "after", "the number of a revision", text.length() + " characters");
    }
    return Long.parseLong(text);
  }

  private Response document(Request request) throws BadInput {
    return console
        .document(key(request))
        .map(json -> Response.json(200, json))
        .orElseGet(
            () ->
                Response.problem(
                    404, "not_kept", "the console keeps the latest documents, not this one"));
  }

  private static DocumentKey key(Request request) throws BadInput {
    String collection = request.query("collection").orElse(CollectionName.DEFAULT.value());
    String id = request.query("id").orElse("");
    try {
      return new DocumentKey(new CollectionName(collection), new DocumentId(id));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          Reason.BAD_VALUE,
          "collection, id",
          "the name of a collection and the id of a document",
          "%d and %d characters".formatted(collection.length(), id.length()));
    }
  }
}
