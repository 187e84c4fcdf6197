package dev.holdfast.app;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Json;
import dev.holdfast.command.Output;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.version.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = {
      "Sends documents to a running system and prints each extraction as it comes, one JSON object a line.",
      "A file is JSON Lines, or one document: PDF with text in it, hOCR, ALTO XML or plain text.",
      "Where a line has an annotation, that is sent once the extraction has come."
    },
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);

  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "JSON Lines, plain or gzip: {\"document\": …, \"annotation\": …} or documents alone; or"
              + " one document, which is called by the name of its file.")
  private List<Path> files;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "default",
      showDefaultValue = Visibility.ALWAYS,
      description = "Of documents that do not name one, since they are no JSON Lines.")
  private String collection;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      showDefaultValue = Visibility.ALWAYS,
      description = "Fails when no extraction comes for so long.")
  private int patience;

  @Override
  public Integer call() {
    new Checks().that(patience >= 1, "--patience", "at least 1", patience).done();
    List<LabelledDocument> documents = Inputs.read(files, collection());
    Configuration configuration = settings.read(0, Map.of());
    Kafka kafka = Kafka.named(configuration).orElseThrow(Kafka::notNamed);
    try (PipelineClient client = new PipelineClient(kafka.clients())) {
      new Submission(client).run(documents);
    }
    return 0;
  }

  private CollectionName collection() {
    try {
      return new CollectionName(collection);
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration(List.of("--collection: " + e.getMessage()));
    }
  }

  /** The documents on their way. */
  private final class Submission implements PipelineClient.Listener {
    private final PipelineClient client;
    private final Map<DocumentKey, LabelledDocument> due = new LinkedHashMap<>();
    private int rejected;

    Submission(PipelineClient client) {
      this.client = client;
    }

    void run(List<LabelledDocument> documents) {
      for (LabelledDocument document : documents) {
        due.put(document.document().key(), document);
        client.send(document.document());
      }
      int before = due.size();
      long latest = System.nanoTime();
      while (!due.isEmpty()) {
        client.poll(LOOK, this);
        if (due.size() < before) {
          before = due.size();
          latest = System.nanoTime();
        } else if (System.nanoTime() - latest > Duration.ofSeconds(patience).toNanos()) {
          throw new Failure(
              "no extraction came for %d s; still missing %d, %s the first"
                  .formatted(patience, due.size(), due.keySet().iterator().next()));
        }
      }
      if (rejected > 0) {
        throw new Failure("%d messages were rejected; topic rejected says why".formatted(rejected));
      }
    }

    @Override
    public void extraction(Extraction extraction, long atMillis) {
      LabelledDocument submitted = due.remove(extraction.document());
      if (submitted != null) {
        output.result(Json.line(ExtractionJson::write, extraction));
        if (!submitted.annotation().marks().isEmpty()) {
          client.send(submitted.annotation());
        }
      }
    }

    @Override
    public void version(Manifest manifest) {}

    @Override
    public void rejected(DocumentId document) {
      if (due.keySet().removeIf(key -> key.id().equals(document))) {
        output.progress("rejected: " + document);
        rejected++;
      }
    }
  }
}
