package dev.holdfast.app;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlJson;
import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.ExampleJson;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.document.Source;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.sample.Mutations;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Damaged messages of every kind, read as the services read them. Each has to be read, and then to
 * be written and read the same, or to be refused as bad input.
 *
 * <p>Not thread-safe.
 */
final class Fuzz {
  private static final int MOST_UNEXPECTED = 20;

  /** Documents of all kinds that are damaged in turn. */
  private static final int WHOLE = 60;

  private static final AnnotationJson.Defaults DEFAULTS =
      new AnnotationJson.Defaults(new Source(""), Instant.EPOCH);

  private final long seed;
  private final Mutations mutations;
  private final List<LabelledDocument> whole;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final List<String> unexpected = new ArrayList<>();

  /** Sees each damaged message, and what reading it came to. */
  @FunctionalInterface
  interface Witness {
    /** One that looks at nothing. */
    Witness NONE = (kind, message, outcome) -> Optional.empty();

    /** Says what is wrong with what comes of it elsewhere, if anything is. */
    Optional<String> saw(Kind kind, byte[] message, String outcome) throws InterruptedException;
  }

  Fuzz(long seed) {
    this.seed = seed;
    mutations = new Mutations(seed);
    SampleStream sample = new SampleStream(seed);
    whole =
        IntStream.range(0, WHOLE)
            .mapToObj(i -> sample.at(i * SampleStream.LENGTH / WHOLE))
            .toList();
  }

  /** Reads bytes and writes what it has read. */
  @FunctionalInterface
  private interface Reader {
    byte[] readAndWrite(byte[] bytes) throws BadInput;
  }

  /** What is fuzzed. */
  enum Kind {
    DOCUMENT(Fuzz::document),
    ANNOTATION(Fuzz::annotation),
    LABELLED_LINE(Fuzz::line),
    EXAMPLE(in -> rewrite(ExampleJson.read(json(in)), ExampleJson::write)),
    EXTRACTION(in -> rewrite(ExtractionJson.read(json(in)), ExtractionJson::write)),
    CONTROL(Fuzz::control),
    FORGETTING(Fuzz::forgetting);

    private final Reader reader;

    Kind(Reader reader) {
      this.reader = reader;
    }
  }

  private static <T> byte[] rewrite(T value, JsonOutput.Writer<T> writer) {
    return JsonOutput.bytes(writer, value);
  }

  private static JsonInput json(byte[] bytes) throws BadInput {
    return JsonInput.read(bytes, Limits.DEFAULT.bytes());
  }

  private static byte[] document(byte[] bytes) throws BadInput {
    return rewrite(DocumentJson.read(json(bytes), Limits.DEFAULT), DocumentJson::write);
  }

  private static byte[] annotation(byte[] bytes) throws BadInput {
    return rewrite(
        AnnotationJson.read(json(bytes), Limits.DEFAULT, DEFAULTS), AnnotationJson::write);
  }

  private static byte[] line(byte[] bytes) throws BadInput {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LabelledDocuments.write(out, LabelledDocuments.read(json(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  private static byte[] control(byte[] bytes) throws BadInput {
    ControlMessage message = ControlMessage.of(new ConsumerRecord<>("control", 0, 0, bytes, bytes));
    if (message.fault().isPresent() && message.collection().isEmpty()) {
      // The key was no name; the value is read beside any other key.
      message = ControlMessage.of(new ConsumerRecord<>("control", 0, 0, null, bytes));
    }
    if (message.fault().isPresent()) {
      throw message.fault().get();
    }
    return rewrite(message.control().orElseThrow(), ControlJson::write);
  }

  /** The key of a record without a value: written as it is read, so nothing else can be read. */
  private static byte[] forgetting(byte[] key) throws BadInput {
    return Forgetting.asked(key, new RecordHeaders().add(Forgetting.COLLECTION, key))
        .toString()
        .split("/", 2)[1]
        .getBytes(StandardCharsets.UTF_8);
  }

  void run(int messages, Witness witness) throws InterruptedException {
    Kind[] kinds = Kind.values();
    for (int i = 0; i < messages; i++) {
      Kind kind = kinds[i % kinds.length];
      byte[] damaged = mutations.damage(whole(kind, i / kinds.length));
      String outcome = outcome(kind, damaged, i);
      Optional<String> wrong = witness.saw(kind, damaged, outcome);
      if (wrong.isPresent()) {
        note(kind, i, wrong.get());
      }
      counts.merge(kind.name().toLowerCase(Locale.ROOT) + " " + outcome, 1L, Long::sum);
    }
  }

  private byte[] whole(Kind kind, int index) {
    LabelledDocument labelled = whole.get(index % WHOLE);
    return switch (kind) {
      case DOCUMENT -> rewrite(labelled.document(), DocumentJson::write);
      case ANNOTATION -> rewrite(labelled.annotation(), AnnotationJson::write);
      case LABELLED_LINE -> bytes(labelled);
      case EXAMPLE -> rewrite(labelled.example(), ExampleJson::write);
      case EXTRACTION -> rewrite(extraction(labelled), ExtractionJson::write);
      case CONTROL -> rewrite(control(index), ControlJson::write);
      case FORGETTING -> labelled.document().id().value().getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] bytes(LabelledDocument labelled) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LabelledDocuments.write(out, labelled);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  private static Extraction extraction(LabelledDocument labelled) {
    return new Extraction(
        labelled.document().key(),
        labelled.document().type(),
        7,
        "sha256:" + "0".repeat(64),
        Collections.emptySortedMap(),
        Instant.EPOCH);
  }

  private static Control control(int index) {
    List<Action> actions = List.of(Action.values());
    Action action = actions.get(index % actions.size());
    String name = action == Action.IMPORT ? "sha256:" + "0".repeat(64) : "inv-" + index;
    return new Control(
        action,
        action.numberKey().isEmpty() ? 0 : 1 + index,
        action.nameKey().isEmpty() ? "" : name);
  }

  private String outcome(Kind kind, byte[] damaged, int index) {
    try {
      byte[] once = kind.reader.readAndWrite(damaged);
      byte[] twice = kind.reader.readAndWrite(once);
      if (Arrays.equals(once, twice)) {
        return "read";
      }
      note(kind, index, "what was read and written is read as something else");
    } catch (BadInput e) {
      return e.reason().code();
    } catch (RuntimeException | StackOverflowError e) {
      // What fuzzing is for: whatever it is, it is told with what repeats it.
      note(kind, index, e.getClass().getName());
    }
    return "unexpected";
  }

  private void note(Kind kind, int index, String what) {
    if (unexpected.size() < MOST_UNEXPECTED) {
      unexpected.add("message %d of seed %d, %s: %s".formatted(index, seed, kind, what));
    }
  }

  /** How many of each kind came to what: read, the code of a reason, or unexpected. */
  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** Something that is wrong with all of them together. */
  void note(String what) {
    unexpected.add(what);
  }

  /** What should not have happened, the first {@value #MOST_UNEXPECTED}. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }
}
