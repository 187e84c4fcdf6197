package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as a test types it: what a command prints is kept until the next one. */
final class TestCommand {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command; returns the code that it exits with. */
  int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** The one line of JSON that a command prints which must succeed. */
  JsonNode json(List<String> arguments, String... more) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    all.add("--json");
    assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    return new ObjectMapper().readTree(out.toString());
  }

  /** A file of documents of the sample stream. */
  Path sample(Path file, int documents, int seed) {
    int exit = run("sample", file.toString(), "--documents", "" + documents, "--seed", "" + seed);
    assertThat(exit).as(err.toString()).isZero();
    return file;
  }

  /** What the last command printed as its result. */
  String out() {
    return out.toString();
  }

  /** What the last command printed for the person who waits. */
  String err() {
    return err.toString();
  }

  /** The names of an object, in order. */
  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
