package dev.holdfast.app;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.sample.PartialAnnotations;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Shows Holdfast at work: Kafka and all services in this process, and a stream of made-up documents.",
      "Receipts come first, then invoices, identity documents, resumes and job postings; layouts change on the way. Annotations name only a part of the fields and come a few documents late.",
      "Runs until Ctrl-C. Everything is kept in one folder: the next start goes on where this one ended."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  /** An annotation comes when so many later documents have been extracted. */
  private static final int ANNOTATION_LAG = 3;

  /** Share of the annotated fields that are told without saying where they stand. */
  private static final double VALUE_ONLY = 0.2;

  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "Ends after so many instead of at Ctrl-C.")
  private Integer documents;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where everything is kept; ~/.local/share/holdfast/demo unless given.")
  private Path data;

  @Option(
      names = "--label-fraction",
      paramLabel = "R",
      defaultValue = "0.7",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each field of each document is annotated with this probability.")
  private double labelFraction;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "5",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents a second, at most.")
  private double rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "2",
      showDefaultValue = Visibility.ALWAYS,
      description = "Most documents between being sent and being learned.")
  private int inFlight;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "The same seed makes the same documents.")
  private long seed;

  @Option(
      names = "--json",
      description = "Prints one JSON object at the end, and no live view before.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(documents == null || documents >= 1, "--documents", "at least 1", documents)
        .that(
            labelFraction > 0 && labelFraction <= 1,
            "--label-fraction",
            "more than 0 and at most 1",
            labelFraction)
        .that(rate > 0, "--rate", "more than 0", rate)
        .that(inFlight >= 1, "--in-flight", "at least 1", inFlight)
        .done();
    DataFolder folder = data == null ? DataFolder.ofUser("demo") : new DataFolder(data);
    Configuration configuration = settings.read(0, folder.settings());
    Kafka.mustNotBeNamed(configuration);
    Logs.toFile(folder.path().resolve("holdfast.log"));
    ReplayReport report;
    try (StopSignal stop = StopSignal.install()) {
      try (LocalPipeline pipeline = LocalPipeline.start(configuration, folder, stop, output)) {
        report = play(pipeline, folder, stop);
        output.progress("stopping");
      }
      output.result(json ? Json.line(ReplayReport::write, report) : report.text());
    }
    return 0;
  }

  private ReplayReport play(LocalPipeline pipeline, DataFolder folder, StopSignal stop)
      throws IOException {
    int first = (int) Topics.records(pipeline.kafka().clients(), DocumentTopics.DOCUMENTS_IN);
    DemoView view =
        new DemoView(
            pipeline.node().address(), pipeline.kafka().bootstrap(), folder.path().toString());
    Screen screen = new Screen(output, !json && Screen.onTerminal());
    Replay.Observer observer =
        (progress, seconds) -> {
          pipeline.node().checkLive();
          screen.show(seconds, () -> view.lines(progress, forgetting(pipeline), seconds));
          return !stop.requested();
        };
    Replay.Pace pace =
        new Replay.Pace(inFlight, OptionalDouble.of(rate), ANNOTATION_LAG, Duration.ofMinutes(2));
    try (PipelineClient client = new PipelineClient(pipeline.kafka().clients())) {
      return new Replay(client, pace, observer, System::nanoTime).run(documents(first));
    }
  }

  /** The sample from where an earlier start has left it. */
  private Iterator<LabelledDocument> documents(int first) {
    SampleStream sample = new SampleStream(seed);
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction, VALUE_ONLY);
    int end = documents == null ? Integer.MAX_VALUE : Math.addExact(first, documents);
    return IntStream.range(first, end)
        .mapToObj(sample::at)
        .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
        .iterator();
  }

  /** How much worse each type is now than it once was, as monitoring sees it. */
  private static SortedMap<String, Double> forgetting(LocalPipeline pipeline) {
    SortedMap<String, Double> forgetting = new TreeMap<>();
    pipeline
        .node()
        .service(MonitoringService.class)
        .ifPresent(
            monitoring ->
                monitoring
                    .snapshot()
                    .scores()
                    .types()
                    .forEach((slice, score) -> forgetting.put(slice.name(), score.forgetting())));
    return forgetting;
  }
}
