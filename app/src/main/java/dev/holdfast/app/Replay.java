package dev.holdfast.app;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Streams labelled documents through a running pipeline: each document first, its annotation once
 * its extraction has arrived.
 *
 * <p>The stream waits for the learner rather than outruns it: no more than so many documents are on
 * their way between being sent and being learned, so predictions are made by a model that is
 * current.
 */
final class Replay {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final PipelineClient client;
  private final Pace pace;
  private final Observer observer;
  private final LongSupplier nanos;
  private final ReplayProgress progress = new ReplayProgress();

  /** Of extracted documents, to be sent; the oldest first. */
  private final Queue<Annotation> annotations = new ArrayDeque<>();

  /**
   * How fast.
   *
   * @param inFlight most documents on their way at once, at least 1
   * @param rate most documents a second; empty for as fast as they are learned
   * @param annotationLag how many more documents are extracted before the annotation of one is sent
   * @param patience how long nothing may come back while something is due
   */
  record Pace(int inFlight, OptionalDouble rate, int annotationLag, Duration patience) {}

  /** Watches the run, many times a second. */
  @FunctionalInterface
  interface Observer {
    /**
     * Called after each look at what has come.
     *
     * @param seconds since the start
     * @return false to end now, whatever is still due
     */
    boolean goOn(ReplayProgress progress, double seconds);
  }

  /**
   * A run that has not started.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  Replay(PipelineClient client, Pace pace, Observer observer, LongSupplier nanos) {
    this.client = client;
    this.pace = pace;
    this.observer = observer;
    this.nanos = nanos;
  }

  /**
   * Sends the documents and waits until each has its extraction and each annotation is learned.
   *
   * @throws Failure when nothing comes back for longer than the patience, naming what is missing
   */
  ReplayReport run(Iterator<LabelledDocument> documents) {
    long start = nanos.getAsLong();
    Arrivals arrivals = new Arrivals();
    Patience patience = new Patience(start);
    do {
      while (documents.hasNext() && due(start)) {
        LabelledDocument next = documents.next();
        progress.sent(next);
        client.send(next.document());
      }
      client.poll(LOOK, arrivals);
      annotate(documents.hasNext() ? pace.annotationLag() : 0);
      patience.check();
    } while (observer.goOn(progress, seconds(start)) && (documents.hasNext() || !progress.done()));
    double seconds = seconds(start);
    client.drain(arrivals);
    return progress.report(seconds);
  }

  private boolean due(long start) {
    return progress.inFlight() - annotations.size() < pace.inFlight()
        && (pace.rate().isEmpty()
            || progress.documents() < pace.rate().getAsDouble() * seconds(start));
  }

  /** Sends the annotations that have waited long enough. */
  private void annotate(int lag) {
    while (annotations.size() > lag) {
      client.send(annotations.remove());
    }
  }

  private double seconds(long start) {
    return (nanos.getAsLong() - start) / 1e9;
  }

  /** Takes in what comes; an extraction releases the document's annotation. */
  private final class Arrivals implements PipelineClient.Listener {
    @Override
    public void extraction(Extraction extraction, long atMillis) {
      progress.extracted(extraction, atMillis).ifPresent(annotations::add);
    }

    @Override
    public void version(Manifest manifest) {
      ModelVersion version = manifest.version();
      progress.published(version.number());
      for (LearnedExample learned : manifest.learned()) {
        DocumentKey document = new DocumentKey(version.collection(), learned.document());
        progress.learned(document, version.number(), learned.annotatedAt().toEpochMilli());
      }
      manifest.leftOut().forEach(id -> progress.leftOut(new DocumentKey(version.collection(), id)));
    }

    @Override
    public void rejected(DocumentId document) {
      progress.rejected(document);
    }
  }

  /** Notices when no document gets any further. */
  private final class Patience {
    private long steps;
    private long latest;

    Patience(long now) {
      latest = now;
    }

    void check() {
      long now = nanos.getAsLong();
      if (progress.steps() != steps || progress.done()) {
        steps = progress.steps();
        latest = now;
      } else if (now - latest > pace.patience().toNanos()) {
        throw new Failure(
            "nothing came back for %d s; still missing: %s"
                .formatted(pace.patience().toSeconds(), progress.missing()));
      }
    }
  }
}
