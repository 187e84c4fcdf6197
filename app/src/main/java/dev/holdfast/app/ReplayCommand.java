package dev.holdfast.app;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.sample.PartialAnnotations;
import dev.holdfast.serving.ServingService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Streams files of labelled documents through the real pipeline and reports how well and how fast it learned.",
      "Each document is sent first and its annotation once its extraction has come back, so every prediction is scored before the model has seen its annotation.",
      "Without --bootstrap-servers the pipeline runs in this process with a Kafka of its own in a temporary folder; with it, the services must be running there.",
      "learnToReadyMillis is the time from an annotation's arrival in Kafka until serving in this process has taken over a version that learned it, looked at every 20 ms; learnToServeMillis is that to the first extraction by such a version, which is made when the next document comes.",
      "servingWordsPerSecond is for each second of the processor that serving in this process took, with reading and writing Kafka and with following the versions; the second half of the documents counts."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final int IN_FLIGHT = 8;
  private static final double PROGRESS_SECONDS = 5;

  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSON Lines, plain or gzip: {\"document\": …, \"annotation\": …}.")
  private List<Path> files;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "Most documents between being sent and being learned; 8 unless given, any number with --rate.")
  private Integer inFlight;

  @Option(names = "--rate", paramLabel = "R", description = "Documents a second, at most.")
  private Double rate;

  @Option(
      names = "--label-fraction",
      paramLabel = "R",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each field of each document is annotated with this probability.")
  private double labelFraction;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Chooses the fields of --label-fraction.")
  private long seed;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N documents.")
  private Integer limit;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      showDefaultValue = Visibility.ALWAYS,
      description = "Fails when no document gets any further for so long.")
  private int patience;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(inFlight == null || inFlight >= 1, "--in-flight", "at least 1", inFlight)
        .that(rate == null || rate > 0, "--rate", "more than 0", rate)
        .that(
            labelFraction > 0 && labelFraction <= 1,
            "--label-fraction",
            "more than 0 and at most 1",
            labelFraction)
        .that(limit == null || limit >= 1, "--limit", "at least 1", limit)
        .that(patience >= 1, "--patience", "at least 1", patience)
        .done();
    Logs.onlyWarnings();
    List<LabelledDocument> documents = documents();
    ReplayReport report = replay(documents);
    output.result(format.of(report, ReplayReport::write, ReplayReport::text));
    return 0;
  }

  private List<LabelledDocument> documents() {
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction);
    return Inputs.read(files).stream()
        .limit(limit == null ? Long.MAX_VALUE : limit)
        .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
        .toList();
  }

  private ReplayReport replay(List<LabelledDocument> documents)
      throws IOException, InterruptedException {
    DataFolder folder = DataFolder.temporary();
    try (StopSignal stop = StopSignal.install()) {
      Configuration configuration = settings.read(0, folder.settings());
      Optional<Kafka> named = Kafka.named(configuration);
      ServingWork serving = new ServingWork(documents);
      if (named.isPresent()) {
        return replay(documents, named.get(), stop, serving, Map::of);
      }
      try (LocalPipeline pipeline = LocalPipeline.start(configuration, folder, stop, output)) {
        ServingService service = pipeline.node().service(ServingService.class).orElseThrow();
        return replay(documents, pipeline.kafka(), stop, serving, service::versions)
            .withServing(serving.wordsPerSecond());
      }
    } finally {
      folder.delete();
    }
  }

  private ReplayReport replay(
      List<LabelledDocument> documents,
      Kafka kafka,
      StopSignal stop,
      ServingWork serving,
      Supplier<Map<CollectionName, Long>> versions) {
    int unbounded = rate == null ? IN_FLIGHT : Integer.MAX_VALUE;
    Replay.Pace pace =
        new Replay.Pace(
            inFlight == null ? unbounded : inFlight,
            rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
            0,
            Duration.ofSeconds(patience));
    try (PipelineClient client = new PipelineClient(kafka.clients())) {
      Replay.Observer observer = new Lines(documents.size(), stop, serving, versions);
      return new Replay(client, pace, observer, System::nanoTime).run(documents.iterator());
    }
  }

  /** A line on stderr every few seconds. */
  private final class Lines implements Replay.Observer {
    private final int total;
    private final StopSignal stop;
    private final ServingWork serving;
    private final Supplier<Map<CollectionName, Long>> versions;
    private double next = PROGRESS_SECONDS;

    Lines(
        int total,
        StopSignal stop,
        ServingWork serving,
        Supplier<Map<CollectionName, Long>> versions) {
      this.total = total;
      this.stop = stop;
      this.serving = serving;
      this.versions = versions;
    }

    @Override
    public boolean goOn(ReplayProgress progress, double seconds) {
      serving.sent(progress.documents());
      long now = System.currentTimeMillis();
      versions.get().forEach((collection, version) -> progress.ready(collection, version, now));
      if (stop.requested()) {
        throw new Failure("stopped; still missing: " + progress.missing());
      }
      if (seconds >= next) {
        next = seconds + PROGRESS_SECONDS;
        output.progress(
            "%d of %d documents, %d versions, F1 of the last 100 %s"
                .formatted(
                    progress.documents(),
                    total,
                    progress.versions(),
                    progress.scores().latest().map("%.3f"::formatted).orElse("-")));
      }
      return true;
    }
  }
}
