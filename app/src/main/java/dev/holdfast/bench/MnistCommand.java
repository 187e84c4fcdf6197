package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "mnist",
    description = {
      "Holds the learner's rules against published figures on the MNIST digits: a small network learns tasks in turn with the same code.",
      "accuracy is the mean over tasks after the last one, in percent; backwardTransfer what was lost of the others since each was learned, in percentage points."
    },
    mixinStandardHelpOptions = true)
final class MnistCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder with the four files of MNIST, train-images-idx3-ubyte.gz and so on.")
  private Path data;

  @Option(
      names = "--protocol",
      paramLabel = "permuted-14k|permuted-20|split|split-class",
      defaultValue = "permuted-14k",
      showDefaultValue = Visibility.ALWAYS,
      converter = ProtocolName.class,
      description =
          "10 permutations of 14,262 digits, 20 of all, or five tasks of two digits with the task known (split) or not (split-class).")
  private MnistProtocol protocol;

  @Option(
      names = "--methods",
      paramLabel = "METHOD",
      split = ",",
      required = true,
      converter = Method.class,
      description = {
        "Methods with commas between them, each of terms with + between them, such as naive,ewc,der-200+ewc@5.",
        "naive or sgd: nothing against forgetting. joint: each task again with all before it.",
        "er-N, der-N: N memories, for their labels or for labels and stored logits.",
        "ewc, ewc-sampled, ewc-exact, ewc-dr, mas, ewc-separate, ewc-explicit: how weights are held; @ sets the strength.",
        "l2-init@R: pull to the first weights."
      })
  private List<MnistMethod> methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each decides permutations, first weights and all else that is random.")
  private List<Long> seeds;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    MnistRun runs = new MnistRun(protocol, Digits.read(data), output::progress);
    List<MnistRun.Result> results = new ArrayList<>();
    for (MnistMethod method : methods) {
      for (long seed : seeds) {
        results.add(runs.run(method, seed));
      }
    }
    output.result(format.of(results, MnistCommand::write, this::text));
    return 0;
  }

  private static void write(JsonGenerator out, List<MnistRun.Result> results) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("results");
    for (MnistRun.Result result : results) {
      out.writeStartObject();
      out.writeStringField("method", result.method());
      out.writeNumberField("seed", result.seed());
      Json.rounded(out, "accuracy", Optional.of(result.accuracy()), 2);
      Json.rounded(out, "backwardTransfer", Optional.of(result.backwardTransfer()), 2);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private String text(List<MnistRun.Result> results) {
    StringBuilder text = new StringBuilder();
    text.append("%-24s %-18s %s%n".formatted("", "accuracy", "backward transfer"));
    for (MnistMethod method : methods) {
      List<MnistRun.Result> own =
          results.stream().filter(result -> result.method().equals(method.name())).toList();
      text.append(
          "%-24s %-18s %s%n"
              .formatted(
                  method.name(),
                  spread(own, MnistRun.Result::accuracy),
                  spread(own, MnistRun.Result::backwardTransfer)));
    }
    return text.toString();
  }

  /** Mean and standard deviation over seeds. */
  private static String spread(
      List<MnistRun.Result> results, ToDoubleFunction<MnistRun.Result> figure) {
    double mean = results.stream().mapToDouble(figure).average().orElseThrow();
    double squares = results.stream().mapToDouble(figure).map(x -> (x - mean) * (x - mean)).sum();
    return results.size() == 1
        ? "%.2f".formatted(mean)
        : "%.2f ± %.2f".formatted(mean, Math.sqrt(squares / (results.size() - 1)));
  }

  private static final class ProtocolName implements ITypeConverter<MnistProtocol> {
    @Override
    public MnistProtocol convert(String name) {
      for (MnistProtocol protocol : MnistProtocol.values()) {
        if (protocol.label().equals(name)) {
          return protocol;
        }
      }
      throw new TypeConversionException("no protocol " + name);
    }
  }

  private static final class Method implements ITypeConverter<MnistMethod> {
    @Override
    public MnistMethod convert(String name) {
      try {
        return MnistMethod.parse(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
