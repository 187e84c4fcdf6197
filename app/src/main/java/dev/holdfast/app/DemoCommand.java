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
import java.util.List;
import java.util.Optional;
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
      "Shows Holdfast at work: Kafka and all services in this process, and a stream of made-up documents. With --bootstrap-servers it only plays the stream, to the services that run there.",
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
    Optional<Kafka> named = Kafka.named(configuration);
    try (StopSignal stop = StopSignal.install()) {
      ReplayReport report =
          named.isPresent() ? playThere(named.get(), stop) : playHere(configuration, folder, stop);
      output.result(json ? Json.line(ReplayReport::write, report) : report.text());
    }
    return 0;
  }

  /** Plays to services that run elsewhere. */
  private ReplayReport playThere(Kafka kafka, StopSignal stop) {
    output.progress("plays to the services at " + kafka.bootstrap());
    Screen screen = new Screen(output, false);
    return play(
        kafka,
        (progress, seconds) -> {
          screen.show(seconds, () -> List.of(DemoView.summary(progress, seconds)));
          return !stop.requested();
        });
  }

  /** Starts everything in this process and plays to it. */
  private ReplayReport playHere(Configuration configuration, DataFolder folder, StopSignal stop)
      throws IOException, InterruptedException {
    Logs.toFile(folder.path().resolve("holdfast.log"));
    try (LocalPipeline pipeline = LocalPipeline.start(configuration, folder, stop, output)) {
      ReplayReport report = play(pipeline.kafka(), observer(pipeline, folder, stop));
      output.progress("stopping");
      return report;
    }
  }

  private Replay.Observer observer(LocalPipeline pipeline, DataFolder folder, StopSignal stop) {
    DemoView view =
        new DemoView(
            pipeline.node().address(), pipeline.kafka().bootstrap(), folder.path().toString());
    Screen screen = new Screen(output, !json && Screen.onTerminal());
    return (progress, seconds) -> {
      pipeline.node().checkLive();
      screen.show(seconds, () -> view.lines(progress, forgetting(pipeline), seconds));
      return !stop.requested();
    };
  }

  private ReplayReport play(Kafka kafka, Replay.Observer observer) {
    int first = (int) Topics.records(kafka.clients(), DocumentTopics.DOCUMENTS_IN);
    Replay.Pace pace =
        new Replay.Pace(inFlight, OptionalDouble.of(rate), ANNOTATION_LAG, Duration.ofMinutes(2));
    try (PipelineClient client = new PipelineClient(kafka.clients())) {
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
