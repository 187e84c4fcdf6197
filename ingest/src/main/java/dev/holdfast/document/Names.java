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
        && value.codePoints().allMatch(Names::allowed)
        && value.equals(value.strip());
  }

  /** Half a surrogate pair could not be written in UTF-8, so two names would become one. */
  private static boolean allowed(int c) {
    return c != '/' && !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }
}
