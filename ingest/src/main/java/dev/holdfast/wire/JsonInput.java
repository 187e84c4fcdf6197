package dev.holdfast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One place in a JSON message that knows its path, so that every complaint says where. Unknown keys
 * are ignored; a key given twice is refused.
 *
 * <p>Immutable and thread-safe.
 */
public final class JsonInput {
  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  /** The last instant of the year 9999; what is later has no common notation. */
  public static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final int MAX_PATH_KEY = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}]");

  private final JsonNode node;
  private final JsonInput parent;
  private final String key;
  private final int index;

  private JsonInput(JsonNode node, JsonInput parent, String key, int index) {
    this.node = node;
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  /**
   * Reads one JSON value of at most {@code maxBytes} bytes of UTF-8.
   *
   * @throws BadInput with {@link Reason#TOO_LARGE} or {@link Reason#NOT_JSON}
   */
  public static JsonInput read(byte[] bytes, int maxBytes) throws BadInput {
    if (bytes == null) {
      throw new BadInput(Reason.NOT_JSON, "$", "a JSON object", "no value");
    }
    if (bytes.length > maxBytes) {
      throw new BadInput(
          Reason.TOO_LARGE, "$", "at most " + maxBytes + " bytes", bytes.length + " bytes");
    }
    try {
      JsonNode node = READER.readTree(bytes);
      if (node == null || node.isMissingNode()) {
        throw new BadInput(Reason.NOT_JSON, "$", "a JSON object", "nothing");
      }
      return new JsonInput(node, null, "$", -1);
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the input, so only the place is passed on.
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      throw new BadInput(
          Reason.NOT_JSON, "$", "one well-formed JSON value", "a syntax error at byte " + at);
    } catch (IOException e) {
      throw new BadInput(
          Reason.NOT_JSON,
          "$",
          "UTF-8 JSON",
          "bytes that are no text (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Where this is, as in {@code $.tokens[3].box}. */
  public String path() {
    if (parent == null) {
      return key;
    }
    return index >= 0 ? parent.path() + "[" + index + "]" : parent.path() + "." + printable(key);
  }

  /** A key from outside may be as long as the message and hold anything; a complaint must not. */
  private static String printable(String key) {
    String start = key.length() <= MAX_PATH_KEY ? key : key.substring(0, MAX_PATH_KEY) + "…";
    return UNPRINTABLE.matcher(start).replaceAll("?");
  }

  /** The value under {@code name}, or empty when the key is missing or null. */
  public Optional<JsonInput> optional(String name) throws BadInput {
    object();
    JsonNode child = node.get(name);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new JsonInput(child, this, name, -1));
  }

  /** The value under {@code name}, which must be there. */
  public JsonInput required(String name) throws BadInput {
    Optional<JsonInput> child = optional(name);
    if (child.isEmpty()) {
      throw new BadInput(Reason.MISSING_KEY, path(), "a key \"" + name + "\"", "none");
    }
    return child.get();
  }

  /** The text under {@code name}, or {@code otherwise} when it is missing or null. */
  public String text(String name, String otherwise, int maxLength) throws BadInput {
    Optional<JsonInput> child = optional(name);
    return child.isPresent() ? child.get().text(0, maxLength) : otherwise;
  }

  /**
   * This value as text of {@code minLength} to {@code maxLength} characters; a number is not text.
   * Half a surrogate pair is refused, since no UTF-8 could be written of it.
   */
  public String text(int minLength, int maxLength) throws BadInput {
    if (!node.isTextual()) {
      throw wrongType("a string");
    }
    String text = node.textValue();
    if (text.length() > maxLength) {
      throw new BadInput(
          Reason.TOO_LARGE,
          path(),
          "at most " + maxLength + " characters",
          text.length() + " characters");
    }
    if (text.length() < minLength) {
      throw new BadInput(
          Reason.BAD_VALUE,
          path(),
          "at least " + minLength + " characters",
          text.length() + " characters");
    }
    if (!wellFormed(text)) {
      throw bad(Reason.BAD_VALUE, "well-formed Unicode", "half a surrogate pair");
    }
    return text;
  }

  private static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        // A pair is one code point outside the surrogates, a half is itself.
        return text.codePoints().allMatch(c -> Character.getType(c) != Character.SURROGATE);
      }
    }
    return true;
  }

  /** This value as a whole number within the bounds, both included. */
  public int integer(int min, int max) throws BadInput {
    if (!node.isIntegralNumber()) {
      throw wrongType("a whole number");
    }
    if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
      throw new BadInput(
          Reason.BAD_VALUE,
          path(),
          "a whole number from %d to %d".formatted(min, max),
          node.asText());
    }
    return node.intValue();
  }

  /** This value as a whole number of 64 bits. */
  public long longInteger() throws BadInput {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrongType("a whole number of 64 bits");
    }
    return node.longValue();
  }

  /** This value as a finite number. */
  public double number() throws BadInput {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrongType("a finite number");
    }
    return node.doubleValue();
  }

  /**
   * This value as an ISO 8601 instant such as {@code 2026-01-05T10:00:00Z}, from {@link
   * Instant#EPOCH} to {@link #LAST_INSTANT}.
   */
  public Instant instant() throws BadInput {
    String text = text(1, 64);
    Instant instant;
    try {
      instant = Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw badInstant(text.length() + " characters");
    }
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST_INSTANT)) {
      throw badInstant(instant.toString());
    }
    return instant;
  }

  private BadInput badInstant(String found) {
    return bad(Reason.BAD_VALUE, "an ISO 8601 instant from 1970 to 9999", found);
  }

  /** The elements of this array, at most {@code max} of them. */
  public List<JsonInput> array(int max) throws BadInput {
    if (!node.isArray()) {
      throw wrongType("an array");
    }
    if (node.size() > max) {
      throw new BadInput(
          Reason.TOO_LARGE, path(), "at most " + max + " elements", node.size() + " elements");
    }
    List<JsonInput> elements = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(new JsonInput(node.get(i), this, "", i));
    }
    return elements;
  }

  /** The members of this object in their order, at most {@code max} of them. */
  public Map<String, JsonInput> members(int max) throws BadInput {
    object();
    if (node.size() > max) {
      throw new BadInput(
          Reason.TOO_LARGE, path(), "at most " + max + " keys", node.size() + " keys");
    }
    Map<String, JsonInput> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      members.put(member.getKey(), new JsonInput(member.getValue(), this, member.getKey(), -1));
    }
    return members;
  }

  /** A complaint about this place. */
  public BadInput bad(Reason reason, String expected, String found) {
    return new BadInput(reason, path(), expected, found);
  }

  private void object() throws BadInput {
    if (!node.isObject()) {
      throw wrongType("an object");
    }
  }

  private BadInput wrongType(String expected) {
    return bad(
        Reason.WRONG_TYPE,
        expected,
        "a JSON " + node.getNodeType().name().toLowerCase(Locale.ROOT));
  }
}
