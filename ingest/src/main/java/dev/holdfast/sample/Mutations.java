package dev.holdfast.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Damages messages as careless writers and broken transport do: bytes flipped, cut, doubled, moved
 * and put in, numbers and texts that nobody expects in place of others. The same seed damages the
 * same messages the same way.
 *
 * <p>Not thread-safe.
 */
public final class Mutations {
  private static final int MOST = 8;
  private static final int LONGEST_RUN = 64;
  private static final int LONGEST_COPY = 1_000;

  /** Values at the edges of what JSON and Java's numbers and texts can say. */
  private static final List<byte[]> VALUES =
      Stream.of(
              "null",
              "true",
              "{}",
              "[]",
              "\"\"",
              "\"\\ud800\"",
              "\"\\u0000\"",
              "\"/\"",
              "\"\u2028\u00a0\"",
              "-1",
              "0",
              "1e999",
              "-0.0",
              "2147483648",
              "-9223372036854775809",
              "1" + "0".repeat(400),
              "[".repeat(31) + "]".repeat(31))
          .map(Mutations::bytes)
          .toList();

  /** What breaks JSON, UTF-8 or a parser that trusts its depth. */
  private static final List<byte[]> BREAKS =
      List.of(
          bytes("[".repeat(64)),
          bytes("{\"a\":".repeat(40)),
          bytes(",\"id\":\"x\""),
          bytes("NaN"),
          new byte[] {(byte) 0xff, (byte) 0xfe},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
          new byte[] {0});

  private final SplittableRandom random;

  public Mutations(long seed) {
    random = new SplittableRandom(seed);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The message with one to {@value #MOST} kinds of damage; it is not changed itself. */
  public byte[] damage(byte[] message) {
    byte[] damaged = message.clone();
    // Half of all stay JSON, since what does not is refused before anything else is looked at.
    boolean asJson = random.nextBoolean();
    for (int left = 1 + random.nextInt(MOST); left > 0; left--) {
      damaged = asJson ? replacedValue(damaged) : once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] message) {
    int from = random.nextInt(message.length + 1);
    int to = Math.min(message.length, from + random.nextInt(LONGEST_RUN));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(message);
      case 1 -> joined(message, from, new byte[0], to); // cut out
      case 2 -> Arrays.copyOf(message, from); // cut off
      case 3 -> joined(message, to, Arrays.copyOfRange(message, from, to), to); // doubled
      case 4 -> joined(message, from, noise(), from);
      case 5 -> joined(message, from, BREAKS.get(random.nextInt(BREAKS.size())), to);
      default -> replacedValue(message);
    };
  }

  private byte[] flipped(byte[] message) {
    byte[] flipped = message.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(16)];
    random.nextBytes(noise);
    return noise;
  }

  /** In place of a value another, of the edges or of the message itself: JSON stays JSON. */
  private byte[] replacedValue(byte[] message) {
    List<Span> values = values(message);
    if (values.isEmpty()) {
      return joined(message, 0, edge(), 0);
    }
    Span gone = values.get(random.nextInt(values.size()));
    Span other = values.get(random.nextInt(values.size()));
    boolean copy = random.nextBoolean() && other.end() - other.begin() < LONGEST_COPY;
    byte[] piece = copy ? Arrays.copyOfRange(message, other.begin(), other.end()) : edge();
    return joined(message, gone.begin(), piece, gone.end());
  }

  private byte[] edge() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private record Span(int begin, int end) {}

  /** Where the values of JSON stand, the whole of it among them; of what is none, what looks so. */
  private static List<Span> values(byte[] json) {
    List<Span> values = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    int at = 0;
    while (at < json.length) {
      int from = at++;
      if (json[from] == '{' || json[from] == '[') {
        open.push(from);
      } else if (json[from] == '}' || json[from] == ']') {
        if (!open.isEmpty()) {
          values.add(new Span(open.pop(), at));
        }
      } else if (json[from] == '"') {
        at = afterText(json, at);
        if (at == json.length || json[at] != ':') {
          values.add(new Span(from, at));
        }
      } else if (isOfLiteral(json[from])) {
        while (at < json.length && isOfLiteral(json[at])) {
          at++;
        }
        values.add(new Span(from, at));
      }
    }
    return values;
  }

  private static int afterText(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return Math.min(json.length, at + 1);
  }

  private static boolean isOfLiteral(byte b) {
    return b == '-' || b == '+' || b == '.' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z');
  }

  /** All up to an offset, then the piece, then all from another offset on. */
  private static byte[] joined(byte[] message, int upTo, byte[] piece, int from) {
    byte[] joined = Arrays.copyOf(message, upTo + piece.length + message.length - from);
    System.arraycopy(piece, 0, joined, upTo, piece.length);
    System.arraycopy(message, from, joined, upTo + piece.length, message.length - from);
    return joined;
  }
}
