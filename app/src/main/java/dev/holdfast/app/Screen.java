package dev.holdfast.app;

import dev.holdfast.command.Output;
import java.util.List;
import java.util.function.Supplier;

/**
 * A view that is drawn anew in its place a few times a second; where there is no terminal, its
 * first line every few seconds.
 *
 * <p>Not thread-safe.
 */
final class Screen {
  private static final double REDRAW_SECONDS = 0.25;
  private static final double LINE_SECONDS = 5;

  private final Output output;
  private final boolean terminal;
  private int drawn;
  private double next;

  /**
   * @param terminal whether escape sequences are understood
   */
  Screen(Output output, boolean terminal) {
    this.output = output;
    this.terminal = terminal;
  }

  /** Whether stderr is a terminal that understands escape sequences, as the launcher has found. */
  static boolean onTerminal() {
    return Boolean.getBoolean("holdfast.terminal");
  }

  /**
   * Shows the lines if it is time.
   *
   * @param seconds on a clock that goes on from call to call
   */
  void show(double seconds, Supplier<List<String>> lines) {
    if (seconds < next) {
      return;
    }
    if (!terminal) {
      next = seconds + LINE_SECONDS;
      output.progress(lines.get().get(0));
      return;
    }
    next = seconds + REDRAW_SECONDS;
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append("\u001b[%dA".formatted(drawn)); // up to its first line
    }
    List<String> view = lines.get();
    view.forEach(line -> frame.append(line).append("\u001b[K\n")); // and clear what is right of it
    frame.append("\u001b[J"); // and below
    drawn = view.size();
    output.frame(frame.toString());
  }
}
