package dev.holdfast.process;

import java.util.List;

/**
 * Settings that cannot be used: every problem at once, each naming its key, what was expected and
 * what was found.
 */
public final class BadConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public BadConfiguration(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line a problem. */
  public List<String> problems() {
    return problems;
  }
}
