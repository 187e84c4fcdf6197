package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.Refusal;
import dev.holdfast.version.RefusalJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;

@Command(
    name = "refusals",
    description = {
      "Lists what the gate has kept out, oldest first: versions that have lost too much on what is"
          + " held back, and the annotations that are put aside for it, by who said them.",
      "What is put aside is learned when somebody whom the gate trusts says it anew."
    },
    mixinStandardHelpOptions = true)
final class RefusalsCommand extends CollectionCommand {
  @Override
  int run(Configuration configuration, Map<String, String> kafka) {
    List<Refusal> refusals = new ArrayList<>();
    Topics.read(
        kafka,
        ModelTopics.REFUSALS,
        record -> {
          Refusal refusal = refusal(record);
          if (refusal.collection().equals(collection())) {
            refusals.add(refusal);
          }
        });
    result(refusals, RefusalsCommand::write, text(refusals));
    return 0;
  }

  private static Refusal refusal(ConsumerRecord<byte[], byte[]> record) {
    return ModelTopics.REFUSALS.values().deserializer().deserialize(record.topic(), record.value());
  }

  private String text(List<Refusal> refusals) {
    return refusals.isEmpty()
        ? "collection %s: nothing was refused".formatted(collection())
        : refusals.stream()
            .map(RefusalsCommand::text)
            .collect(Collectors.joining("%n".formatted()));
  }

  private static String text(Refusal refusal) {
    StringBuilder text = new StringBuilder();
    text.append("%s round %d: %s".formatted(refusal.at(), refusal.round(), refusal.summary()));
    refusal
        .byAnnotator()
        .forEach(
            (annotator, documents) -> {
              String who = annotator.isEmpty() ? "nobody named" : annotator;
              documents.forEach(document -> text.append("%n  %s of %s".formatted(document, who)));
            });
    return text.toString();
  }

  private static void write(JsonGenerator out, List<Refusal> refusals) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("refusals");
    for (Refusal refusal : refusals) {
      RefusalJson.write(out, refusal);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
