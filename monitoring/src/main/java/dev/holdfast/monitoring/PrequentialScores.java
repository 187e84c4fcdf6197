package dev.holdfast.monitoring;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.score.AnnotatedValues;
import dev.holdfast.score.Tally;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Scores each prediction against what people say later: predict, then learn.
 *
 * <ul>
 *   <li>A prediction counts only if the version that made it had not learned the document. The
 *       manifests say which versions learned which. Those of versions that are no longer kept are
 *       gone from the topic: an annotation from before the oldest that is there counts only if the
 *       prediction is older by the clocks.
 *   <li>Each statement, one field of one document, is scored once: when it is first known of people
 *       or an import. Who says something else later corrects the learner, not the score.
 *   <li>What a document is scored with at one time is one step of every window.
 *   <li>The last extraction before something is said about a document is its prediction.
 * </ul>
 *
 * <p>Extractions, examples and manifests may come in any order, but each collection's manifests in
 * their own. Bounded: past {@link MonitoringSettings#maxDocuments} the document known for longest
 * is dropped.
 *
 * <p>Not thread-safe.
 */
public final class PrequentialScores {
  private final MonitoringSettings settings;
  private final Consumer<Scored> listener;
  private final Map<DocumentKey, Watched> watched = new LinkedHashMap<>();
  private final Map<CollectionName, Lineage> lineages = new HashMap<>();
  private final RunningScore all;
  private final SlicedScores collections;
  private final SlicedScores types;
  private final SlicedScores fields;

  private long extractions;
  private long repeated;
  private long examples;
  private long dropped;
  private long scored;
  private long learnedBefore;
  private long unverifiable;

  public PrequentialScores(MonitoringSettings settings) {
    this(settings, scored -> {});
  }

  /**
   * @param listener told of each prediction that is scored
   */
  PrequentialScores(MonitoringSettings settings, Consumer<Scored> listener) {
    this.settings = settings;
    this.listener = listener;
    this.all = fresh();
    this.collections = new SlicedScores(settings.maxTagValues(), this::fresh);
    this.types = new SlicedScores(settings.maxTagValues(), this::fresh);
    this.fields = new SlicedScores(settings.maxTagValues(), this::fresh);
  }

  private RunningScore fresh() {
    return new RunningScore(
        settings.fadingFactor(), settings.windowDocuments(), settings.minDocuments());
  }

  /** Takes in what a version predicted for a document. */
  public void extraction(Extraction extraction) {
    DocumentKey key = extraction.document();
    Watched document = watch(key);
    if (document.predict(extraction)) {
      extractions++;
    } else {
      repeated++;
    }
    decide(key, document);
  }

  /**
   * Takes in all that is known of a document by now.
   *
   * @param atMillis timestamp of the record, which is that of the annotation
   */
  public void example(Example example, long atMillis) {
    examples++;
    DocumentKey key = example.document().key();
    Watched document = watch(key);
    example
        .taught()
        .forEach(
            (field, mark) ->
                document.annotate(
                    field, AnnotatedValues.of(example.document(), mark.values()), atMillis));
    decide(key, document);
  }

  /**
   * Drops a document with its prediction and what is said about it. What was scored by then stays.
   */
  void forget(DocumentKey document) {
    watched.remove(document);
    lineage(document.collection()).forget(document);
  }

  /** Takes in what a version has learned. */
  public void manifest(Manifest manifest) {
    ModelVersion version = manifest.version();
    CollectionName collection = version.collection();
    for (LearnedExample learned : manifest.learned()) {
      watch(new DocumentKey(collection, learned.document())).learn(version.number());
    }
    Lineage lineage = lineage(collection);
    lineage.add(manifest);
    for (DocumentKey key : lineage.released()) {
      Watched document = watched.get(key);
      if (document != null) {
        decide(key, document);
      }
    }
  }

  /** How it stands now. */
  public Scores now() {
    SortedMap<String, Scores.Versions> versions = new TreeMap<>();
    lineages.forEach(
        (collection, lineage) ->
            versions.put(
                collection.value(), new Scores.Versions(lineage.versions(), lineage.newest())));
    return new Scores(
        new Scores.Counts(
            extractions,
            repeated,
            examples,
            scored,
            learnedBefore,
            unverifiable,
            watched.size(),
            dropped),
        all.now(),
        collections.now(),
        types.now(),
        fields.now(),
        versions);
  }

  private void decide(DocumentKey key, Watched document) {
    if (!document.decidable()) {
      return;
    }
    Lineage lineage = lineage(key.collection());
    Watched.Verdict verdict = document.verdict(lineage);
    if (verdict == Watched.Verdict.TOO_EARLY) {
      lineage.await(key);
      return;
    }
    Watched.Decision decision = document.decide();
    SortedMap<FieldName, Tally> tallies = decision.tallies();
    switch (verdict) {
      case SCORED -> score(key.collection(), document.type(), decision);
      case LEARNED_BEFORE -> learnedBefore += tallies.size();
      case UNVERIFIABLE -> unverifiable += tallies.size();
      case TOO_EARLY -> throw new AssertionError(verdict);
    }
  }

  private void score(CollectionName collection, String type, Watched.Decision decision) {
    SortedMap<FieldName, Tally> tallies = decision.tallies();
    Tally sum = tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    scored += tallies.size();
    all.add(sum);
    String name = collection.value();
    RunningScore ofCollection = collections.score(new Slice(name, ""));
    ofCollection.add(sum);
    tallies.forEach((field, tally) -> fields.add(new Slice(name, field.value()), tally));
    Slice slice = types.kept(new Slice(name, type));
    RunningScore ofType = types.score(slice);
    double before = ofType.lastF1();
    ofType.add(sum);
    listener.accept(
        new Scored(
            collection,
            slice.name(),
            tallies,
            decision.values(),
            before,
            ofType.now(),
            ofCollection.lastF1()));
  }

  private Lineage lineage(CollectionName collection) {
    return lineages.computeIfAbsent(collection, name -> new Lineage());
  }

  /** The document's entry, made when it is new; then the oldest goes if there are too many. */
  private Watched watch(DocumentKey key) {
    Watched known = watched.get(key);
    if (known != null) {
      return known;
    }
    if (watched.size() >= settings.maxDocuments()) {
      Iterator<Map.Entry<DocumentKey, Watched>> oldest = watched.entrySet().iterator();
      Map.Entry<DocumentKey, Watched> leaving = oldest.next();
      lineage(leaving.getKey().collection()).forget(leaving.getKey());
      dropped += leaving.getValue().wasDecided() ? 0 : 1;
      oldest.remove();
    }
    Watched document = new Watched();
    watched.put(key, document);
    return document;
  }
}
