package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
          + " the same; fails when anything else happens.",
      "Documents, annotations and names of documents are also sent to the HTTP endpoint of a"
          + " pipeline in this process, which has to answer each as it was read."
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

  @Option(
      names = "--over-http",
      paramLabel = "N",
      defaultValue = "5000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many of them are also sent over HTTP, at most; with 0 no pipeline starts.")
  private int overHttp;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    new Checks()
        .that(messages >= 1, "--messages", "at least 1", messages)
        .that(overHttp >= 0, "--over-http", "at least 0", overHttp)
        .done();
    Logs.onlyWarnings();
    long start = System.nanoTime();
    Fuzz fuzz = new Fuzz(seed);
    int sent = overHttp == 0 ? alone(fuzz) : overHttp(fuzz);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (json) {
      output.result(Json.line((out, done) -> write(out, done, sent, seconds), fuzz));
    } else {
      output.result(
          "%d messages, %d over HTTP, seed %d, %.1f s".formatted(messages, sent, seed, seconds));
      fuzz.counts().forEach((what, count) -> output.result("%-40s %d".formatted(what, count)));
      fuzz.unexpected().forEach(output::result);
    }
    return fuzz.unexpected().isEmpty() ? 0 : 2;
  }

  private int alone(Fuzz fuzz) throws InterruptedException {
    fuzz.run(messages, Fuzz.Witness.NONE);
    return 0;
  }

  private int overHttp(Fuzz fuzz) throws IOException, InterruptedException {
    try (StopSignal stop = StopSignal.install();
        HttpFuzz http = HttpFuzz.start(stop, output)) {
      fuzz.run(
          messages,
          (kind, message, outcome) ->
              http.sent() < overHttp ? http.send(kind, message, outcome) : Optional.empty());
      http.finish().forEach(fuzz::note);
      return http.sent();
    }
  }

  private void write(JsonGenerator out, Fuzz fuzz, int sent, double seconds) throws IOException {
    out.writeStartObject();
    out.writeNumberField("messages", messages);
    out.writeNumberField("overHttp", sent);
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
