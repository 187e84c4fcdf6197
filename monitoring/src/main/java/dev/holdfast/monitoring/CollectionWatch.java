package dev.holdfast.monitoring;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.Token;
import dev.holdfast.drift.Adwin;
import dev.holdfast.drift.HashedWords;
import dev.holdfast.drift.UnlabelledDrift;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.monitoring.DriftEvent.Changes;
import dev.holdfast.monitoring.DriftEvent.Kind;
import dev.holdfast.monitoring.DriftEvent.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How one collection does: whether its documents or the errors made on them have changed, what was
 * forgotten, and how honest confidence is.
 *
 * <p>What alarmed counts as usual again when as many examples as {@link
 * MonitoringSettings#settledExamples} have been learned since; until then nothing more is said
 * about it.
 *
 * <p>Not thread-safe.
 */
final class CollectionWatch {
  /** δ and clock that were quickest at one false alarm in a hundred thousand. */
  private static final double ERROR_DELTA = .05;

  private static final int ERROR_CLOCK = 8;

  /** F1 lost that is told, and less than this is over. */
  private static final double FORGOTTEN = .1;

  private static final double REMEMBERED = .05;

  private final CollectionName collection;
  private final MonitoringSettings settings;
  private final UnlabelledDrift documents = new UnlabelledDrift(UnlabelledDrift.Settings.DEFAULT);
  private final Portrait portrait;
  private final Adwin errors = new Adwin(ERROR_DELTA, ERROR_CLOCK);
  private final Honesty honesty;
  private final BackwardTransfer transfer;
  private final Set<String> forgotten = new HashSet<>();
  private final Map<Kind, Long> learnedSince = new HashMap<>();

  CollectionWatch(CollectionName collection, MonitoringSettings settings) {
    this.collection = collection;
    this.settings = settings;
    this.portrait = new Portrait(settings.maxTagValues());
    this.honesty = new Honesty(settings.fadingFactor(), settings.windowDocuments());
    this.transfer =
        new BackwardTransfer(
            settings.windowDocuments(), settings.minDocuments(), settings.maxTagValues());
  }

  /** Something that has just shown. */
  record Finding(Subject subject, String summary, Changes changes) {}

  Optional<Finding> document(Document document) {
    HashedWords words = HashedWords.of(document.tokens().stream().map(Token::text).toList());
    portrait.document(document.type(), words);
    return documents.words(words) ? Optional.of(documentsChanged()) : Optional.empty();
  }

  Optional<Finding> extraction(Extraction extraction) {
    if (extraction.version() == 0) {
      return Optional.empty();
    }
    portrait.extraction(extraction);
    honesty.extraction(extraction);
    return documents.confidence(extraction.confidence())
        ? Optional.of(documentsChanged())
        : Optional.empty();
  }

  private Finding documentsChanged() {
    learnedSince.put(Kind.DOCUMENTS, 0L);
    Map<String, Double> levels = new TreeMap<>();
    documents.levels().forEach((signal, level) -> levels.put(Signals.text(signal), level));
    Changes changes =
        new Changes(
            levels,
            portrait.fallen(),
            portrait.newTypes(),
            portrait.newWords(),
            DriftEvent.BeforeAndNow.NONE);
    return new Finding(
        new Subject(collection, Kind.DOCUMENTS, ""), DriftSummary.ofDocuments(changes), changes);
  }

  List<Finding> scored(Scored scored) {
    honesty.scored(scored);
    transfer.add(scored.type(), scored.total(), scored.before());
    Optional<Finding> worse = errors(1 - scored.total().f1());
    Optional<Finding> lost = forgetting(scored.type(), scored.after());
    return Stream.of(worse, lost).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> errors(double error) {
    double before = errors.mean();
    boolean alarm = errors.add(error);
    if (!alarm || learnedSince.containsKey(Kind.ERRORS)) {
      return Optional.empty();
    }
    learnedSince.put(Kind.ERRORS, 0L);
    Changes changes = Changes.ofError(before, errors.mean());
    return Optional.of(
        new Finding(
            new Subject(collection, Kind.ERRORS, ""), DriftSummary.ofErrors(changes), changes));
  }

  private Optional<Finding> forgetting(String type, PrequentialF1 f1) {
    if (f1.forgetting() < REMEMBERED) {
      forgotten.remove(type);
    }
    boolean known = f1.documents() >= settings.windowDocuments();
    if (!known || f1.forgetting() < FORGOTTEN || !forgotten.add(type)) {
      return Optional.empty();
    }
    Changes changes = Changes.ofError(1 - f1.best(), 1 - f1.last());
    return Optional.of(
        new Finding(
            new Subject(collection, Kind.FORGETTING, type),
            DriftSummary.ofForgetting(type, f1),
            changes));
  }

  /** A version that learned so many examples was published. */
  void learned(int examples) {
    learnedSince.replaceAll((kind, since) -> since + examples);
    if (settled(Kind.DOCUMENTS)) {
      documents.restart();
      portrait.restart();
    }
    if (settled(Kind.ERRORS)) {
      errors.restart();
    }
  }

  private boolean settled(Kind kind) {
    return learnedSince.containsKey(kind)
        && learnedSince.get(kind) >= settings.settledExamples()
        && learnedSince.remove(kind) != null;
  }

  /** This was told before and is not over yet. */
  void told(Subject subject) {
    switch (subject.kind()) {
      case DOCUMENTS -> {
        documents.alarm();
        learnedSince.put(Kind.DOCUMENTS, 0L);
      }
      case ERRORS -> learnedSince.put(Kind.ERRORS, 0L);
      case FORGETTING -> forgotten.add(subject.type());
    }
  }

  /** How it stands now. */
  DriftState now() {
    SortedMap<String, Double> levels = new TreeMap<>();
    documents.levels().forEach((signal, level) -> levels.put(Signals.text(signal), level));
    levels.put(Signals.ERRORS, errors.level());
    double newTypes = portrait.newTypes().values().stream().mapToDouble(x -> x).sum();
    return new DriftState(
        levels,
        documents.alarmed(),
        learnedSince.containsKey(Kind.ERRORS),
        newTypes,
        portrait.newWords(),
        honesty.calibrationError(),
        honesty.estimatedF1(),
        transfer.now());
  }
}
