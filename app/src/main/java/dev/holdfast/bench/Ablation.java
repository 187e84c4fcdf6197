package dev.holdfast.bench;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Decoding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Extraction with one of its parts taken out, to see what the part is worth. */
enum Ablation {
  /** Nothing is taken out. */
  NONE(Map.of()),
  /** No encoder. */
  WIDE_ONLY(Map.of("encoder-share", "0", "masked-share", "0")),
  /** No hashed features straight to the logits. */
  ENCODER_ONLY(Map.of("wide-rate", "0", "graft", "1")),
  /** The encoder does not guess hidden words. */
  NO_PRETRAINING(Map.of("masked-share", "0")),
  /** Values are those on the most probable path. */
  BEST_PATH(Map.of()),
  /** Where an annotated value's words stand again, that this is not the value. */
  REPEATS_OUTSIDE(Map.of("repeats", "outside")),
  /** Cross-entropy of each token instead of the chain's likelihood. */
  TOKEN_LOSS(Map.of("loss", "tokens")),
  /** A field that is not annotated is taught as absent. */
  MISSING_OUTSIDE(Map.of());

  private static final String PREFIX = "learner.learning.";

  private final Map<String, String> settings;

  Ablation(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Its name on the command line and in reports. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The settings of learning that make it. */
  Map<String, String> settings() {
    Map<String, String> full = new TreeMap<>();
    settings.forEach((key, value) -> full.put(PREFIX + key, value));
    return full;
  }

  /** How values are chosen. */
  Decoding decoding() {
    return this == BEST_PATH ? Decoding.BEST_PATH : Decoding.SPANS;
  }

  /** What the learner is told of documents. */
  List<Example> examples(List<LabelledDocument> documents) {
    if (this != MISSING_OUTSIDE) {
      return documents.stream().map(LabelledDocument::example).toList();
    }
    Set<FieldName> all = new TreeSet<>();
    documents.forEach(labelled -> all.addAll(labelled.annotation().marks().keySet()));
    return documents.stream().map(labelled -> allKnown(labelled, all)).toList();
  }

  private static Example allKnown(LabelledDocument labelled, Set<FieldName> all) {
    SortedMap<FieldName, Mark> marks = new TreeMap<>();
    all.forEach(field -> marks.put(field, Mark.of(List.of())));
    marks.putAll(labelled.example().taught());
    return Example.taught(labelled.document(), marks);
  }
}
