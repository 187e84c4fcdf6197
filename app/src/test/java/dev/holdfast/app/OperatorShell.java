package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a test types {@code holdfast models …}.
 *
 * @param bootstrap the broker that is asked
 * @param settings given with every command
 */
record OperatorShell(String bootstrap, Map<String, String> settings) {

  /** What a command prints that must exit with this code. */
  String run(int exit, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", bootstrap));
    settings.forEach((key, value) -> all.addAll(List.of("-S", key + "=" + value)));
    int code =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(err.toString()).isEqualTo(exit);
    return out.toString();
  }
}
