package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "continual",
    description = {
      "Learns segments of documents one after the other, each document once, and tests all types after every segment and the types seen so far at versions in between.",
      "A type whose name is given twice returns: NAME=FILE@0-50%%:TEST at the start and NAME=FILE@50-100%%:TEST at the end."
    },
    mixinStandardHelpOptions = true)
final class ContinualCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--segments",
      paramLabel = StreamSegment.FORM,
      split = ",",
      required = true,
      description =
          "What comes, in order: a type's name, its labelled documents to learn (a part of the file, by percent) and to test with; several with commas between them.")
  private List<String> segments;

  @Option(
      names = "--methods",
      paramLabel = "METHOD",
      split = ",",
      defaultValue = "naive,ewc,replay,holdfast,joint",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "naive remembers and holds nothing, ewc holds the weights, replay remembers documents, holdfast does both; joint learns everything at once, and is what the others are compared with.")
  private List<Method> methods;

  @Option(
      names = "--orders",
      paramLabel = "K",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "Orders of the segments: as given, then shuffled; segments of one type keep their order.")
  private int orders;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Runs of each order; each draws its own labels and its own noise.")
  private int seeds;

  @Option(
      names = "--memory",
      paramLabel = "N",
      defaultValue = "1000",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents that replay and holdfast remember at most.")
  private int memory;

  @Option(
      names = "--versions-every",
      paramLabel = "N",
      defaultValue = "4",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "A version is published after every N rounds of up to 8 documents, before the rehearsal that follows, and at the end of each segment.")
  private int versionsEvery;

  @Option(
      names = "--version-tests",
      paramLabel = "N",
      defaultValue = "20",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "Documents of each test set, always the same, that versions are tested on; the matrix is of whole test sets.")
  private int versionTests;

  @Option(
      names = "--transfer-rounds",
      paramLabel = "N",
      defaultValue = "4",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "First rounds of each new type that are compared with those of a learner that knows nothing else.")
  private int transferRounds;

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description =
          "To write: DIR/METHOD/NAME.jsonl with the final extractions of each test document, of the first order and seed; others in DIR/METHOD/order-K-seed-S.")
  private Path predictions;

  @Option(
      names = "--picture",
      paramLabel = "FILE.svg",
      description =
          "To write: the matrix of each method, and the quality of each type over the stream.")
  private Path picture;

  @Mixin private TrainingOptions training;
  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    check();
    Logs.onlyWarnings();
    for (Method method : methods) {
      learning.read(method.settings(memory)); // says what is wrong before anything takes time
    }
    List<StreamSegment> stream = StreamSegment.read(segments, training.limit());
    int documents = stream.stream().mapToInt(segment -> segment.training().size()).sum();
    ContinualReport report = new ContinualReport(documents, orders, seeds, run(stream));
    if (picture != null) {
      Files.writeString(picture, StreamPicture.of(report));
    }
    output.result(format.of(report, ContinualReport::write, ContinualReport::text));
    return 0;
  }

  private void check() {
    training
        .check(new Checks())
        .that(orders >= 1, "--orders", "at least 1", orders)
        .that(seeds >= 1, "--seeds", "at least 1", seeds)
        .that(memory >= 0, "--memory", "at least 0", memory)
        .that(versionsEvery >= 1, "--versions-every", "at least 1", versionsEvery)
        .that(versionTests >= 1, "--version-tests", "at least 1", versionTests)
        .that(transferRounds >= 0, "--transfer-rounds", "at least 0", transferRounds)
        .done();
  }

  private Map<Method, List<StreamRun>> run(List<StreamSegment> stream) throws IOException {
    Map<Method, List<StreamRun>> runs = new LinkedHashMap<>();
    methods.forEach(method -> runs.put(method, new ArrayList<>()));
    Map<Integer, Map<String, Double>> joint = new HashMap<>();
    if (runs.containsKey(Method.JOINT)) {
      // The order of segments is nothing to it.
      for (int seed = 1; seed <= seeds; seed++) {
        StreamRun run =
            benchmark(Method.JOINT, stream, seed).joint(predictions(Method.JOINT, 1, seed));
        runs.get(Method.JOINT).add(run);
        joint.put(seed, run.joint());
      }
    }
    for (int order = 1; order <= orders; order++) {
      List<StreamSegment> ordered = order == 1 ? stream : shuffled(stream, order);
      for (int seed = 1; seed <= seeds; seed++) {
        for (Method method : runs.keySet()) {
          if (method != Method.JOINT) {
            output.progress("%s, order %d, seed %d".formatted(method.label(), order, seed));
            runs.get(method)
                .add(
                    benchmark(method, ordered, seed).stream(
                        joint.getOrDefault(seed, Map.of()), predictions(method, order, seed)));
          }
        }
      }
    }
    return runs;
  }

  private StreamBenchmark benchmark(Method method, List<StreamSegment> stream, long seed) {
    return new StreamBenchmark(
        stream,
        new StreamBenchmark.Protocol(
            training.labelFraction(), versionsEvery, versionTests, transferRounds),
        learning.read(method.settings(memory)),
        seed,
        output::progress);
  }

  private Optional<Path> predictions(Method method, int order, int seed) {
    return Optional.ofNullable(predictions)
        .map(folder -> folder.resolve(method.label()))
        .map(
            folder ->
                order == 1 && seed == 1
                    ? folder
                    : folder.resolve("order-%d-seed-%d".formatted(order, seed)));
  }

  private static List<StreamSegment> shuffled(List<StreamSegment> stream, int order) {
    List<String> types = new ArrayList<>(stream.stream().map(StreamSegment::type).toList());
    Collections.shuffle(types, new Random(order));
    List<StreamSegment> left = new ArrayList<>(stream);
    List<StreamSegment> shuffled = new ArrayList<>();
    for (String type : types) {
      StreamSegment next =
          left.stream().filter(segment -> segment.type().equals(type)).findFirst().orElseThrow();
      left.remove(next);
      shuffled.add(next);
    }
    return shuffled;
  }
}
