package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "growth",
    description = {
      "Learns made-up forms of collections with more and more fields, a form of each kind for every 25 of them, and reports how the model grows.",
      "modelBytes are those of a version, millisPerUpdate is the mean over all updates, wordsPerSecond is that of extraction, for each second of one thread's processor."
    },
    mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
  private static final int TESTS = 32;
  private static final int WARM_UPS = 20;

  @Mixin private Output output;

  @Option(
      names = "--fields",
      paramLabel = "N",
      split = ",",
      defaultValue = "4,25,100,400",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many fields a collection has.")
  private List<Integer> fields;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "128",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents to learn, whatever the number of fields.")
  private int documents;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  /**
   * A collection with so many fields.
   *
   * @param f1 on forms that were not learned
   */
  private record Size(
      int fields,
      double f1,
      long modelBytes,
      long parameters,
      double millisPerUpdate,
      double wordsPerSecond) {}

  @Override
  public Integer call() {
    new Checks()
        .that(fields.stream().allMatch(n -> n >= 1), "--fields", "numbers from 1", fields)
        .that(documents >= 1, "--documents", "at least 1", documents)
        .done();
    Logs.onlyWarnings();
    LearningSettings settings = learning.read();
    List<Size> sizes = new ArrayList<>();
    for (int count : fields) {
      sizes.add(measure(count, settings));
      output.progress("learned %d fields".formatted(count));
    }
    output.result(format.of(sizes, GrowthCommand::write, GrowthCommand::text));
    return 0;
  }

  private Size measure(int count, LearningSettings settings) {
    List<LabelledDocument> forms = new ManyFields(count, 1).forms(documents + TESTS);
    Course course = new Course(settings, 1);
    course.stream(
        forms.subList(0, documents).stream().map(LabelledDocument::example).toList(),
        learned -> {});
    TestSet tests = new TestSet(forms.subList(documents, forms.size()));
    try (Extractor extractor = course.extractor()) {
      for (int i = 0; i < WARM_UPS; i++) {
        tests.test(extractor);
      }
      Processor processor = new Processor();
      TestSet.Tested tested = processor.run(true, () -> tests.test(extractor));
      return new Size(
          count,
          tested.score().microF1(),
          Safetensors.write(extractor.weights()).length,
          extractor.weights().parameters(),
          1e3 * course.seconds() / course.updates(),
          tests.words() / processor.seconds());
    }
  }

  private static void write(JsonGenerator out, List<Size> sizes) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("sizes");
    for (Size size : sizes) {
      out.writeStartObject();
      out.writeNumberField("fields", size.fields);
      Json.rounded(out, "microF1", Optional.of(size.f1), 4);
      out.writeNumberField("modelBytes", size.modelBytes);
      out.writeNumberField("parameters", size.parameters);
      Json.rounded(out, "millisPerUpdate", Optional.of(size.millisPerUpdate), 3);
      Json.rounded(out, "wordsPerSecond", Optional.of(size.wordsPerSecond), 0);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String text(List<Size> sizes) {
    StringBuilder text = new StringBuilder();
    for (Size size : sizes) {
      text.append(
          "%4d fields  F1 %.4f  %.2f MB  %d parameters  %.2f ms an update  %.0f words/s%n"
              .formatted(
                  size.fields,
                  size.f1,
                  size.modelBytes / 1e6,
                  size.parameters,
                  size.millisPerUpdate,
                  size.wordsPerSecond));
    }
    return text.toString();
  }
}
