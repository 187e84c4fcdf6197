package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.Operator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that ask something of a collection's learner and of its serving nodes. */
final class OperatorCommands {
  private OperatorCommands() {}

  /** Asks, and says what came of it. */
  abstract static class Ask extends ModelCommand {
    @Option(
        names = "--patience",
        paramLabel = "SECONDS",
        defaultValue = "60",
        showDefaultValue = Visibility.ALWAYS,
        description = "How long to wait for the learner's answer; what is asked stands anyway.")
    private int patience;

    /**
     * What to ask.
     *
     * @param kafka client properties
     */
    abstract Control control(Map<String, String> kafka);

    @Override
    int run(Configuration configuration, Map<String, String> kafka) throws Exception {
      Control control = control(kafka);
      try (Operator operator = new Operator(kafka)) {
        Optional<Operator.Answer> answer = ask(operator, control);
        if (answer.isEmpty()) {
          throw new Failure(
              "collection %s: %s is asked; no learner has answered within %d s"
                  .formatted(collection(), control, patience));
        }
        result(
            answer.get(),
            (out, done) -> write(out, control, done),
            "collection %s: %s, %s in round %d%s"
                .formatted(
                    collection(),
                    control,
                    answer.get().refused().map("refused as "::concat).orElse("done"),
                    answer.get().round(),
                    outcome(answer.get())));
        return answer.get().refused().isPresent() ? 2 : 0;
      }
    }

    /** Asks, and waits for the answer. */
    Optional<Operator.Answer> ask(Operator operator, Control control) throws InterruptedException {
      return operator.ask(collection(), control, Duration.ofSeconds(patience));
    }

    private static String outcome(Operator.Answer answer) {
      String version =
          answer
              .published()
              .map(done -> "; version %d, %s".formatted(done.version(), done.digest()))
              .orElse("");
      String cost =
          answer
              .relearned()
              .map(
                  done ->
                      "; %d rounds learned again in %.3f s".formatted(done.rounds(), seconds(done)))
              .orElse("");
      return version + cost;
    }

    private static double seconds(Operator.Relearned relearned) {
      return relearned.time().toMillis() / 1_000.0;
    }

    private void write(JsonGenerator out, Control control, Operator.Answer answer)
        throws IOException {
      out.writeStartObject();
      out.writeStringField("collection", collection().value());
      out.writeFieldName("control");
      ControlJson.write(out, control);
      out.writeNumberField("offset", answer.offset());
      out.writeNumberField("round", answer.round());
      out.writeBooleanField("done", answer.refused().isEmpty());
      if (answer.refused().isPresent()) {
        out.writeStringField("refused", answer.refused().get());
      }
      if (answer.published().isPresent()) {
        out.writeNumberField("version", answer.published().get().version());
        out.writeStringField("digest", answer.published().get().digest().text());
      }
      if (answer.relearned().isPresent()) {
        out.writeNumberField("roundsRelearned", answer.relearned().get().rounds());
        out.writeNumberField("seconds", seconds(answer.relearned().get()));
      }
      out.writeEndObject();
    }

    static Control control(Action action, String name) {
      try {
        return Control.of(action, new DocumentId(name).value());
      } catch (IllegalArgumentException e) {
        throw new Failure(e.getMessage(), e);
      }
    }

    static Control control(Action action, long number) {
      try {
        return new Control(action, number);
      } catch (IllegalArgumentException e) {
        throw new Failure(e.getMessage(), e);
      }
    }
  }

  /** Asks something of one collection that is about no other. */
  abstract static class AskOne extends Ask {
    @Mixin private CollectionOption collection;

    /** What to ask. */
    abstract Control control();

    @Override
    final Control control(Map<String, String> kafka) {
      return control();
    }

    @Override
    final CollectionName collection() {
      return collection.name();
    }
  }

  @Command(
      name = "rollback",
      description = {
        "Serves that version at once, and learns on from it; what was learned after it is given"
            + " up.",
        "Numbers never go back: the next version gets the next number, and names N as its parent."
      },
      mixinStandardHelpOptions = true)
  static final class Rollback extends AskOne {
    @Parameters(paramLabel = "N", description = "Number of the version, one that is kept.")
    private long number;

    @Override
    Control control() {
      return control(Action.ROLLBACK, number);
    }
  }

  @Command(
      name = "pin",
      description = "Serves that version until unpin, whatever is learned meanwhile.",
      mixinStandardHelpOptions = true)
  static final class Pin extends AskOne {
    @Parameters(paramLabel = "N", description = "Number of the version, one that is kept.")
    private long number;

    @Override
    Control control() {
      return control(Action.PIN, number);
    }
  }

  @Command(
      name = "unpin",
      description = "Serves the newest version again.",
      mixinStandardHelpOptions = true)
  static final class Unpin extends AskOne {
    @Override
    Control control() {
      return Control.of(Action.UNPIN);
    }
  }

  @Command(
      name = "pause",
      description = "Learns nothing until resume; examples wait in Kafka.",
      mixinStandardHelpOptions = true)
  static final class Pause extends AskOne {
    @Override
    Control control() {
      return Control.of(Action.PAUSE);
    }
  }

  @Command(
      name = "resume",
      description = "Learns again, beginning with what waits.",
      mixinStandardHelpOptions = true)
  static final class Resume extends AskOne {
    @Override
    Control control() {
      return Control.of(Action.RESUME);
    }
  }

  @Command(
      name = "consolidate",
      description = "Holds the weights as they are now from here on.",
      mixinStandardHelpOptions = true)
  static final class Consolidate extends AskOne {
    @Override
    Control control() {
      return Control.of(Action.CONSOLIDATE);
    }
  }

  @Command(
      name = "unlearn",
      description = {
        "Makes what is learned as if a document had never been learned, and publishes it as a new"
            + " version.",
        "Versions that had learned it are taken off Kafka, but the one that is pinned.",
        "Takes about as long as learning took since the last checkpoint before its first use."
      },
      mixinStandardHelpOptions = true)
  static final class Unlearn extends AskOne {
    @Parameters(paramLabel = "DOCUMENT", description = "Id of the document.")
    private String document;

    @Override
    Control control() {
      return control(Action.UNLEARN, document);
    }
  }

  @Command(
      name = "trust",
      description = {
        "Learns from an annotator again as from anybody, whom a version was refused for (models"
            + " refusals).",
        "What of theirs is put aside stays so until they say it anew. The gate judges what comes of"
            + " it as before."
      },
      mixinStandardHelpOptions = true)
  static final class Trust extends AskOne {
    @Parameters(paramLabel = "ANNOTATOR", description = "As annotations name them.")
    private String annotator;

    @Override
    Control control() {
      if (annotator.isEmpty()) {
        throw new Failure("expected the name of an annotator, was empty");
      }
      return Control.of(Action.TRUST, annotator);
    }
  }

  @Command(
      name = "prune",
      description =
          "Takes versions off Kafka, but the newest, the one that is pinned and the one that is"
              + " learned on from.",
      mixinStandardHelpOptions = true)
  static final class Prune extends AskOne {
    @Option(
        names = "--keep",
        paramLabel = "K",
        required = true,
        description = "How many of the newest stay.")
    private long keep;

    @Override
    Control control() {
      return control(Action.PRUNE, keep);
    }
  }
}
