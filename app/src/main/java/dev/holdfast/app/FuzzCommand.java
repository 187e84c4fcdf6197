package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Output;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fuzz",
    description = {
      "Damages messages of every kind and reads them, as the services do.",
      "Each has to be read or refused with a reason, and what is read has to be written and read"
          + " the same; fails when anything else happens."
    },
    mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "100000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many.")
  private int messages;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "The same seed damages the same messages the same way.")
  private long seed;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    new Checks().that(messages >= 1, "--messages", "at least 1", messages).done();
    long start = System.nanoTime();
    Fuzz fuzz = new Fuzz(seed);
    fuzz.run(messages);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (json) {
      output.result(Json.line((out, done) -> write(out, done, seconds), fuzz));
    } else {
      output.result("%d messages, seed %d, %.1f s".formatted(messages, seed, seconds));
      fuzz.counts().forEach((what, count) -> output.result("%-40s %d".formatted(what, count)));
      fuzz.unexpected().forEach(output::result);
    }
    return fuzz.unexpected().isEmpty() ? 0 : 2;
  }

  private void write(JsonGenerator out, Fuzz fuzz, double seconds) throws IOException {
    out.writeStartObject();
    out.writeNumberField("messages", messages);
    out.writeNumberField("seed", seed);
    out.writeObjectFieldStart("counts");
    for (Map.Entry<String, Long> count : fuzz.counts().entrySet()) {
      out.writeNumberField(count.getKey(), count.getValue());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("unexpected");
    for (String line : fuzz.unexpected()) {
      out.writeString(line);
    }
    out.writeEndArray();
    out.writeNumberField("seconds", seconds);
    out.writeEndObject();
  }
}
