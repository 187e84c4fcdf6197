package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.learner.VersionHistory;
import dev.holdfast.learner.VersionHistory.Origin;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Shows where a version comes from: its parent, and which annotations it has learned since, and whose.",
      "Reads the journal and the examples, so that versions can be shown that are no longer kept."
    },
    mixinStandardHelpOptions = true)
final class ShowCommand extends CollectionCommand {
  @Parameters(paramLabel = "N", description = "Number of the version.")
  private long number;

  /** The manifest is there while the version is kept. */
  private record Shown(Origin origin, Optional<Manifest> manifest) {}

  @Override
  int run(Configuration configuration, Map<String, String> kafka) {
    ModelVersion version = version(number);
    try (VersionHistory history = new VersionHistory(configuration.learner(), kafka)) {
      Origin origin =
          history
              .origin(version)
              .orElseThrow(
                  () ->
                      new Failure(
                          "expected version %s in the journal, found none".formatted(version)));
      Shown shown = new Shown(origin, Versions.read(kafka).manifest(version));
      result(shown, ShowCommand::write, text(shown));
    }
    return 0;
  }

  private static String text(Shown shown) {
    Origin origin = shown.origin();
    StringBuilder text = new StringBuilder();
    text.append(
        "version %s, parent %d, %d rounds since, %s%n%s%n"
            .formatted(
                origin.version(),
                origin.parent(),
                origin.rounds(),
                shown
                    .manifest()
                    .map(manifest -> "published " + manifest.createdAt())
                    .orElse("no longer kept"),
                origin.digest()));
    origin.from().ifPresent(from -> text.append("from version %s%n".formatted(from)));
    origin.unlearned().ifPresent(document -> text.append("unlearned %s%n".formatted(document)));
    Map<String, Long> annotators =
        origin.learned().stream()
            .collect(
                Collectors.groupingBy(
                    LearnedExample::annotator, TreeMap::new, Collectors.counting()));
    annotators.forEach(
        (annotator, count) ->
            text.append(
                "%d examples of %s%n"
                    .formatted(count, annotator.isEmpty() ? "no one named" : annotator)));
    for (LearnedExample example : origin.learned()) {
      text.append(
          "  %s %s %s%n".formatted(example.annotatedAt(), example.document(), example.annotator()));
    }
    return text.toString().stripTrailing();
  }

  private static void write(JsonGenerator out, Shown shown) throws IOException {
    Origin origin = shown.origin();
    out.writeStartObject();
    out.writeStringField("collection", origin.version().collection().value());
    out.writeNumberField("version", origin.version().number());
    out.writeNumberField("parent", origin.parent());
    out.writeStringField("digest", origin.digest().text());
    out.writeNumberField("rounds", origin.rounds());
    out.writeBooleanField("kept", shown.manifest().isPresent());
    if (shown.manifest().isPresent()) {
      out.writeStringField("createdAt", shown.manifest().get().createdAt().toString());
      out.writeNumberField("bytes", shown.manifest().get().content().bytes());
      out.writeFieldName("counters");
      ManifestJson.writeCounters(out, shown.manifest().get().counters());
    }
    if (origin.from().isPresent()) {
      out.writeObjectFieldStart("from");
      out.writeStringField("collection", origin.from().get().collection().value());
      out.writeNumberField("version", origin.from().get().number());
      out.writeEndObject();
    }
    if (origin.unlearned().isPresent()) {
      out.writeStringField("unlearned", origin.unlearned().get().value());
    }
    out.writeFieldName("learned");
    ManifestJson.writeLearned(out, origin.learned());
    out.writeEndObject();
  }
}
