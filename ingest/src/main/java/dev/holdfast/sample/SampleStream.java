package dev.holdfast.sample;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.document.Source;
import dev.holdfast.sample.Segment.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An endless stream of made-up documents with everything that is to be known of them: receipts,
 * then invoices, identity documents, resumes and job postings, new layouts in between, receipts
 * again, and then all of them in turn. A document is a function of seed, planned length and index
 * alone, so any process makes the same one. Thread-safe.
 */
public final class SampleStream {
  /** The planned length of a stream for which none is given. */
  public static final int LENGTH = 300;

  private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

  private final long seed;
  private final List<Segment> segments;

  /** A stream whose drifts are all within the first {@link #LENGTH} documents. */
  public SampleStream(long seed) {
    this(seed, LENGTH);
  }

  /**
   * A stream of a planned length.
   *
   * @param seed any
   * @param length how many documents see all drifts, at least 20; the stream goes on behind them
   */
  public SampleStream(long seed, int length) {
    if (length < Plan.shortest()) {
      throw new IllegalArgumentException(
          "expected a length of at least %d, was %d".formatted(Plan.shortest(), length));
    }
    this.seed = seed;
    this.segments = Plan.segments(length);
  }

  /** The segments that begin within the first {@code documents}, in order. */
  public List<Segment> segments(int documents) {
    return segments.stream().filter(segment -> segment.start() < documents).toList();
  }

  /**
   * The document of an index with its gold annotation, in the default collection.
   *
   * @param index from 0
   */
  public LabelledDocument at(int index) {
    Dice dice = Dice.of(seed, index);
    Format format = format(index, dice);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(candidate -> candidate.type().equals(format.type()))
            .findFirst()
            .orElseThrow();
    Canvas canvas = kind.draw(format.name(), dice);
    Scan scan = Scan.of(canvas, dice);
    Document document =
        new Document(
            new DocumentId(String.format(Locale.ROOT, "sample-%d-%06d", seed, index)),
            CollectionName.DEFAULT,
            kind.type(),
            canvas.language(),
            scan.pages(),
            scan.tokens());
    Annotation annotation =
        new Annotation(
            document.key(),
            "reviewer-" + dice.between(1, 4),
            Source.HUMAN,
            BEGIN.plusSeconds(60L * index + dice.between(0, 59)),
            scan.marks(kind.fields()));
    return new LabelledDocument(document, annotation);
  }

  /** The type and layout of the document of an index. */
  public Format format(int index) {
    return format(index, Dice.of(seed, index));
  }

  private Format format(int index, Dice dice) {
    Segment segment =
        segments.stream()
            .filter(candidate -> candidate.contains(index))
            .findFirst()
            .orElseThrow(
                () -> new IndexOutOfBoundsException("expected an index >= 0, was " + index));
    List<Format> formats = segment.formats();
    int drawn = dice.between(0, formats.size() - 1);
    return formats.get(index == segment.start() ? formats.size() - 1 : drawn);
  }

  /** The first {@code documents} in order, each made when it is asked for. */
  public Stream<LabelledDocument> documents(int documents) {
    return IntStream.range(0, documents).mapToObj(this::at);
  }

  /** Writes the first {@code documents} as a labelled-document file, plain JSON Lines. */
  public void write(OutputStream out, int documents) throws IOException {
    for (int index = 0; index < documents; index++) {
      LabelledDocuments.write(out, at(index));
    }
  }
}
