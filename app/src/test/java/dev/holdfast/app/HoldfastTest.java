package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HoldfastTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpGoesToStdoutAndIsDone() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: holdfast");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyCommandHasHelpThatSaysWhatItDoes() {
    assertEveryCommandHasHelp(Holdfast.commandLine());
  }

  private static void assertEveryCommandHasHelp(CommandLine commandLine) {
    String name = commandLine.getCommandSpec().qualifiedName();
    assertThat(commandLine.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
    assertThat(commandLine.getCommandSpec().mixinStandardHelpOptions()).as(name).isTrue();
    commandLine
        .getCommandSpec()
        .options()
        .forEach(
            option -> assertThat(option.description()).as(name + option.names()[0]).isNotEmpty());
    commandLine.getSubcommands().values().forEach(HoldfastTest::assertEveryCommandHasHelp);
  }

  @Test
  void noCommandIsWrongUse() {
    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("expected a command").contains("holdfast --help");
  }

  @Test
  void unknownOptionIsWrongUseAndNamesTheHelp() {
    assertThat(run("replay", "--in-fligth", "3", "x.jsonl")).isEqualTo(1);
    assertThat(err.toString()).contains("--in-fligth").contains("holdfast replay --help");
  }

  @Test
  void everyBadOptionIsNamedAtOnce() {
    assertThat(run("replay", "--in-flight", "0", "--limit", "0", "--patience", "0", "x.jsonl"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("--in-flight: expected at least 1, was 0")
        .contains("--limit: expected at least 1, was 0")
        .contains("--patience: expected at least 1, was 0");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void everyBadFileIsNamedAtOnce() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"document\": 3}\n");
    Path missing = folder.resolve("missing.jsonl");
    assertThat(run("replay", bad.toString(), missing.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains(bad + ":1: expected an object at $.document")
        .contains("found none at " + missing);
  }

  @Test
  void everyBadSettingOfEveryServiceIsNamedAtOnce() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("holdfast.properties"), "http.prt=1\nserving.threads=many\nfoo.bar=1\n");
    int exit = run("serving", "--settings", file.toString(), "-S", "serving.max-aborts=-1");
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString())
        .contains("http.prt: unknown setting")
        .contains("serving.threads: expected a whole number from 1 to 256, was \"many\"")
        .contains("serving.max-aborts: expected a whole number from 0 to 1000, was \"-1\"")
        .contains("foo.bar: unknown setting");
  }

  @Test
  void serviceByItselfNeedsToBeToldWhereKafkaIs() {
    assertThat(run("serving")).isEqualTo(1);
    assertThat(err.toString()).contains("--bootstrap-servers");
  }

  private int run(String... arguments) {
    return Holdfast.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
