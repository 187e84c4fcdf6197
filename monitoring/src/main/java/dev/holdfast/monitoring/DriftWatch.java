package dev.holdfast.monitoring;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.version.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches the first collections that come, as many as have meters of their own.
 *
 * <p>Not thread-safe.
 */
final class DriftWatch {
  private final MonitoringSettings settings;
  private final Map<CollectionName, CollectionWatch> watches = new HashMap<>();
  private final List<CollectionWatch.Finding> findings = new ArrayList<>();

  DriftWatch(MonitoringSettings settings) {
    this.settings = settings;
  }

  void document(Document document) {
    watch(document.collection()).flatMap(w -> w.document(document)).ifPresent(findings::add);
  }

  void extraction(Extraction extraction) {
    watch(extraction.document().collection())
        .flatMap(w -> w.extraction(extraction))
        .ifPresent(findings::add);
  }

  void scored(Scored scored) {
    watch(scored.collection()).ifPresent(w -> findings.addAll(w.scored(scored)));
  }

  void manifest(Manifest manifest) {
    watch(manifest.version().collection()).ifPresent(w -> w.learned(manifest.learned().size()));
  }

  /** This was told before and is not over yet. */
  void told(DriftEvent.Subject subject) {
    watch(subject.collection()).ifPresent(w -> w.told(subject));
  }

  /** What has shown since it was last asked. */
  List<CollectionWatch.Finding> found() {
    List<CollectionWatch.Finding> found = List.copyOf(findings);
    findings.clear();
    return found;
  }

  /** How each collection stands now. */
  SortedMap<String, DriftState> now() {
    SortedMap<String, DriftState> now = new TreeMap<>();
    watches.forEach((collection, watch) -> now.put(collection.value(), watch.now()));
    return now;
  }

  private Optional<CollectionWatch> watch(CollectionName collection) {
    if (!watches.containsKey(collection) && watches.size() < settings.maxTagValues()) {
      watches.put(collection, new CollectionWatch(collection, settings));
    }
    return Optional.ofNullable(watches.get(collection));
  }
}
