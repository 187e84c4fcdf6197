package dev.holdfast.chaos;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "chaos",
    description = {
      "Runs ingest, learner, serving, monitoring and brokers as processes of their own, sends"
          + " documents and annotations, and meanwhile kills processes (kill -9), stops them"
          + " (SIGSTOP), delays, resets and swallows their connections, and fills their disk.",
      "An independent consumer counts what was lost, done twice or done differently. Fails unless"
          + " all of that is zero, and says the seed. The seed decides documents, annotations and"
          + " faults in their order; how they meet depends on the machine.",
      "With --kills 0 nothing is disturbed: a soak, which tells how much memory each process has"
          + " and how late extractions are over time, and fails unless both are flat."
    },
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  private static final int FAILED = 2;

  @Spec private CommandSpec command;
  @Mixin private Output output;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "300",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many are sent.")
  private int documents;

  @Option(
      names = "--kills",
      paramLabel = "K",
      defaultValue = "20",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "How often a process is killed; every third time something else goes wrong too.")
  private int kills;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "1 or 3; three have every topic three times.")
  private int brokers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Of documents, annotations and faults.")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents a second, at most.")
  private double rate;

  @Option(
      names = "--annotated",
      paramLabel = "R",
      defaultValue = "0.5",
      showDefaultValue = Visibility.ALWAYS,
      description = "Which share of the documents is annotated.")
  private double annotated;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "For so long at that rate, in place of a number of documents.")
  private Double minutes;

  @Option(
      names = "--rebuild",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "So many of the latest versions of each collection are made again from the log at the"
              + " end, and two earlier ones.")
  private int rebuild;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "After the last fault: nothing more is waited for when nothing came for so long.")
  private int patience;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(documents >= 1, "--documents", "at least 1", documents)
        .that(kills >= 0, "--kills", "at least 0", kills)
        .that(brokers == 1 || brokers == 3, "--brokers", "1 or 3", brokers)
        .that(rate > 0, "--rate", "more than 0", rate)
        .that(annotated >= 0 && annotated <= 1, "--annotated", "from 0 to 1", annotated)
        .that(minutes == null || minutes > 0, "--minutes", "more than 0", minutes)
        .that(rebuild >= 1, "--rebuild", "at least 1", rebuild)
        .that(patience >= 1, "--patience", "at least 1", patience)
        .done();
    Logs.onlyWarnings();
    int count = minutes == null ? documents : (int) Math.ceil(minutes * 60 * rate);
    Plan plan =
        new Plan(
            count, rate, annotated, kills, brokers, seed, rebuild, Duration.ofSeconds(patience));
    Path folder = Files.createTempDirectory("holdfast-chaos-");
    ChaosReport report;
    try {
      report = run(plan, folder);
    } catch (IOException | RuntimeException e) {
      output.progress("logs are in %s; once more: %s".formatted(folder, plan.command()));
      throw e;
    }
    output.result(json ? Json.line(ChaosReport::write, report) : report.text());
    if (!report.clean()) {
      output.progress("logs are in %s; once more: %s".formatted(folder, plan.command()));
      return FAILED;
    }
    Processes.delete(folder);
    return 0;
  }

  private ChaosReport run(Plan plan, Path folder) throws IOException, InterruptedException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path logs = Files.createDirectories(folder.resolve("logs"));
    String main = command.root().userObject().getClass().getName();
    Optional<SmallDisk> disk =
        plan.kills() == 0 ? Optional.empty() : SmallDisk.mount(data, output::progress);
    try {
      return new ChaosRun(plan, main, new Processes.Folders(data, logs), output::progress)
          .run(disk);
    } finally {
      disk.ifPresent(SmallDisk::close);
    }
  }
}
