package dev.holdfast.process;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an {@link HttpEndpoint} serves, by path and method. Immutable. */
final class Routes {
  private final Map<String, SortedMap<String, Route>> byPath = new HashMap<>();

  /**
   * @throws IllegalArgumentException for two routes with one method and path
   */
  Routes(Stream<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Route before =
        byPath.computeIfAbsent(route.path(), path -> new TreeMap<>()).put(route.method(), route);
    if (before != null) {
      throw new IllegalArgumentException(
          "expected one route for %s %s, was two".formatted(route.method(), route.path()));
    }
  }

  /**
   * What is served at a path, or at any path with its last segment, by method; empty when nothing
   * is.
   */
  SortedMap<String, Route> at(String path) {
    SortedMap<String, Route> exact = byPath.get(path);
    return exact != null
        ? exact
        : byPath.getOrDefault(
            path.substring(0, path.lastIndexOf('/') + 1) + "*", Collections.emptySortedMap());
  }
}
