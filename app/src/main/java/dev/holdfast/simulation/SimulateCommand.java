package dev.holdfast.simulation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Runs schedules of faults on all services over a Kafka in memory, in one thread: deaths,"
          + " aborted transactions, commits that nobody knows of, twins, moved partitions and"
          + " forgotten offsets between any two steps.",
      "After each, nothing may be lost, done twice or different. Fails with the seed that repeats"
          + " it when anything is."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final int FAILED = 2;
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  @Mixin private Output output;

  @Option(
      names = "--schedules",
      paramLabel = "N",
      defaultValue = "1000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many.")
  private int schedules;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Of the first schedule; the next ones have the numbers after it.")
  private long seed;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  /**
   * What it came to.
   *
   * @param schedules that were run
   * @param deaths of services in them
   * @param failed schedules after which something was wrong
   */
  private record Report(long seed, int schedules, long deaths, int failed, double seconds) {
    void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeNumberField("seed", seed);
      out.writeNumberField("schedules", schedules);
      out.writeNumberField("deaths", deaths);
      out.writeNumberField("failed", failed);
      out.writeNumberField("seconds", Math.round(seconds * 10) / 10.0);
      out.writeEndObject();
    }

    String text() {
      return "%d schedules from seed %d on, %d deaths, %d failed, %.1f s"
          .formatted(schedules, seed, deaths, failed, seconds);
    }
  }

  @Override
  public Integer call() {
    new Checks().that(schedules >= 1, "--schedules", "at least 1", schedules).done();
    if (schedules > 1) {
      // Every fault of every schedule is worth a warning, and there are thousands.
      Logs.none();
    }
    long start = System.nanoTime();
    long tell = start + TELL_EVERY.toNanos();
    long deaths = 0;
    int failed = 0;
    for (int done = 0; done < schedules; done++) {
      Schedule schedule = Schedule.run(seed + done, Set.of());
      deaths += schedule.deaths();
      if (!schedule.wrong().isEmpty()) {
        failed++;
        schedule
            .wrong()
            .forEach(wrong -> output.progress("seed %d: %s".formatted(schedule.seed(), wrong)));
        output.progress(
            "once more: ./holdfast simulate --schedules 1 --seed %d".formatted(schedule.seed()));
      }
      if (System.nanoTime() > tell) {
        tell = System.nanoTime() + TELL_EVERY.toNanos();
        output.progress("%d of %d schedules, %d failed".formatted(done + 1, schedules, failed));
      }
    }
    Report report = new Report(seed, schedules, deaths, failed, (System.nanoTime() - start) / 1e9);
    output.result(json ? Json.line((out, of) -> of.write(out), report) : report.text());
    return failed == 0 ? 0 : FAILED;
  }
}
