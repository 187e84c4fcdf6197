package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One HTTP request, read to its end. Immutable as long as nobody writes into the body. */
public final class Request {
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param path decoded, without the query
   * @param query decoded; of a name given twice the last value
   * @param headers by name in any case; of a name given twice the values with commas between them
   * @param body as it came, empty when there was none
   */
  public Request(String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    this.path = requireNonNull(path, "path is null");
    this.query = Map.copyOf(query);
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = requireNonNull(body, "body is null");
  }

  /** The path, decoded, without the query. */
  public String path() {
    return path;
  }

  /** What follows the last slash of the path. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The value of a header; the name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The body as it came, not copied; empty when there was none. */
  public byte[] body() {
    return body;
  }
}
