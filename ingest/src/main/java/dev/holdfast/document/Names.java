package dev.holdfast.document;

/** The rule that every name and id keeps: what can stand in a key, a tag and a path. */
final class Names {
  private Names() {}

  static void check(String what, String value, int maxLength) {
    if (!valid(value, maxLength)) {
      throw new IllegalArgumentException(
          "expected %s of 1 to %d characters without '/' and control characters, was %d characters"
              .formatted(what, maxLength, value.length()));
    }
  }

  static boolean valid(String value, int maxLength) {
    return !value.isEmpty()
        && value.length() <= maxLength
        && value.chars().noneMatch(c -> c == '/' || Character.isISOControl(c))
        && value.equals(value.strip());
  }
}
