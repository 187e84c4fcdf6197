package dev.holdfast.bench;

import dev.holdfast.command.Output;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import dev.holdfast.serving.ServingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Measures how fast documents that wait in Kafka are served by one version. */
final class Throughput {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Weights weights;
  private final Optional<EncoderFile> encoder;
  private final ServingSettings serving;
  private final Output output;

  /**
   * @param weights of the version
   * @param encoder from a file that they are over, if any
   */
  Throughput(
      Weights weights, Optional<EncoderFile> encoder, ServingSettings serving, Output output) {
    this.weights = weights;
    this.encoder = encoder;
    this.serving = serving;
    this.output = output;
  }

  /**
   * Serves the documents; the first half warms up.
   *
   * @param versionsEvery how many documents from one version to the next; 0 for one version only
   * @throws IllegalStateException when serving fails, or finds something else than extraction alone
   */
  ThroughputReport measure(List<Document> documents, int versionsEvery)
      throws IOException, InterruptedException, ExecutionException {
    Map<DocumentKey, SortedMap<FieldName, List<ExtractedValue>>> expected = new HashMap<>();
    double alone = extractAlone(documents, expected);
    Path folder = Files.createTempDirectory("holdfast-throughput-");
    try (Backlog backlog = new Backlog(folder, weights)) {
      backlog.fill(documents);
      output.progress("%d documents wait".formatted(documents.size()));
      backlog.serve(serving);
      long half = documents.size() / 2;
      Backlog.Served before = backlog.await(half, PATIENCE, served -> {});
      long versions = backlog.versions();
      ServingProfile profile = ServingProfile.start();
      long start = System.nanoTime();
      Backlog.Served all =
          backlog.await(
              documents.size(),
              PATIENCE,
              served -> {
                long due = versionsEvery == 0 ? 0 : (served.documents() - half) / versionsEvery;
                while (backlog.versions() - versions < due) {
                  backlog.publish();
                }
              });
      double seconds = (System.nanoTime() - start) / 1e9;
      Map<ServingProfile.Work, Double> spent = profile.stop();
      Backlog.Served counted = all.since(before);
      check(backlog.extractions(), expected);
      return new ThroughputReport(
          counted.documents(),
          counted.words(),
          counted.transactions(),
          backlog.versions() - versions,
          backlog.modelBytes(),
          seconds,
          spent,
          alone);
    } finally {
      delete(folder);
    }
  }

  /**
   * Words for each second of the processor.
   *
   * @param found receives what is found in each document
   */
  private double extractAlone(
      List<Document> documents,
      Map<DocumentKey, SortedMap<FieldName, List<ExtractedValue>>> found) {
    Processor processor = new Processor();
    long words = 0;
    try (Extractor extractor = new Extractor(weights, encoder)) {
      Map<FieldName, ValueKind> kinds = extractor.kinds();
      for (int i = 0; i < documents.size(); i++) {
        Document document = documents.get(i);
        boolean counts = i >= documents.size() / 2;
        Prediction prediction = processor.run(counts, () -> extractor.extract(document));
        words += counts ? document.tokens().size() : 0;
        Extraction extraction =
            Extraction.of(document, prediction, 0, "", Instant.EPOCH)
                .normalized(serving.conventions().of(document, kinds::get));
        found.put(document.key(), extraction.fields());
      }
    }
    return words / processor.seconds();
  }

  private static void check(
      List<Extraction> found,
      Map<DocumentKey, SortedMap<FieldName, List<ExtractedValue>>> expected) {
    Map<DocumentKey, SortedMap<FieldName, List<ExtractedValue>>> missing = new HashMap<>(expected);
    for (Extraction extraction : found) {
      SortedMap<FieldName, List<ExtractedValue>> fields = missing.remove(extraction.document());
      if (fields == null || !fields.equals(extraction.fields())) {
        throw new IllegalStateException(
            "document %s: expected %s, was another"
                .formatted(
                    extraction.document(),
                    fields == null ? "one extraction" : "the fields that extraction alone finds"));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "expected an extraction of each of %d documents, was none of %d, %s among them"
              .formatted(expected.size(), missing.size(), missing.keySet().iterator().next()));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
