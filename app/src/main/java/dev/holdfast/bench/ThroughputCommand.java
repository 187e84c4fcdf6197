package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.serving.ServingSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "throughput",
    description = {
      "Learns some documents, starts a Kafka in this process with others that wait in it, and measures how fast a serving node serves them: real clients, one transaction for what a poll brings. The first half warms up, the second half counts.",
      "servingWordsPerSecond is for each second of the processor that all threads of serving took, its Kafka clients and the following of versions among them; extractionWordsPerSecond is that of extraction alone on one thread, before. shares is where serving's processor time goes.",
      "Each extraction is compared with what extraction alone finds; if one is missing, comes twice or differs, the command fails."
    },
    mixinStandardHelpOptions = true)
final class ThroughputCommand implements Callable<Integer> {
  private static final List<String> SERVICES = List.of("learner", "serving");

  @Mixin private Output output;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      split = ",",
      description =
          "Labelled documents to learn and to serve, several files with commas between them; the sample stream unless given.")
  private List<Path> train = List.of();

  @Option(
      names = "--learn",
      paramLabel = "N",
      defaultValue = "128",
      showDefaultValue = Visibility.ALWAYS,
      description = "Learns the first N; serves the others, or all when there are no others.")
  private int learn;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "6000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many wait, the same ones again and again under other names.")
  private int documents;

  @Option(
      names = "--versions-every",
      paramLabel = "N",
      defaultValue = "0",
      showDefaultValue = Visibility.ALWAYS,
      description = "Publishes a version each time that N more are served; 0 publishes one only.")
  private int versionsEvery;

  @Option(
      names = "-S",
      paramLabel = "KEY=VALUE",
      description = "A setting of learner or serving, such as serving.poll.max-documents=100.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(learn >= 1, "--learn", "at least 1", learn)
        .that(documents >= 2, "--documents", "at least 2", documents)
        .that(versionsEvery >= 0, "--versions-every", "at least 0", versionsEvery)
        .done();
    checkPrefixes();
    Logs.onlyWarnings();
    SettingsReader learner = new SettingsReader(settings, "learner");
    LearningSettings learning = LearningSettings.from(learner);
    learner.finish();
    SettingsReader server = new SettingsReader(settings, "serving");
    ServingSettings serving = ServingSettings.from(server);
    server.finish();
    List<LabelledDocument> all = all();
    int learned = Math.min(learn, all.size());
    Course course = new Course(learning, 1);
    List<Example> examples =
        all.subList(0, learned).stream().map(LabelledDocument::example).toList();
    course.stream(examples, n -> output.progress("learned %d of %d".formatted(n, learned)));
    List<Document> waiting = waiting(learned < all.size() ? all.subList(learned, all.size()) : all);
    ThroughputReport report =
        new Throughput(course.weights(), learning.encoder(), serving, output)
            .measure(waiting, versionsEvery);
    output.result(format.of(report, ThroughputReport::write, ThroughputReport::text));
    return 0;
  }

  private void checkPrefixes() {
    for (String key : settings.keySet()) {
      if (SERVICES.stream().noneMatch(service -> key.startsWith(service + "."))) {
        throw new BadConfiguration(
            List.of("-S %s: expected a setting of learner. or serving.".formatted(key)));
      }
    }
  }

  private List<LabelledDocument> all() {
    return train.isEmpty()
        ? IntStream.range(0, learn + SampleStream.LENGTH)
            .mapToObj(new SampleStream(1, learn + SampleStream.LENGTH)::at)
            .toList()
        : Inputs.read(train);
  }

  private List<Document> waiting(List<LabelledDocument> from) {
    return IntStream.range(0, documents)
        .mapToObj(
            i -> {
              Document document = from.get(i % from.size()).document();
              return new Document(
                  new DocumentId("%s-%d".formatted(document.id(), i)),
                  document.collection(),
                  document.type(),
                  document.language(),
                  document.pages(),
                  document.tokens());
            })
        .toList();
  }
}
