package dev.holdfast.version;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.Fall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Refusals in words. */
final class RefusalWords {
  /** Places and annotators that are named. */
  private static final int MOST = 3;

  private RefusalWords() {}

  static String of(Refusal refusal) {
    List<String> sentences = new ArrayList<>();
    refusal.version().ifPresent(version -> sentences.add(ofVersion(version)));
    List<String> putAside = new ArrayList<>();
    refusal
        .byAnnotator()
        .forEach(
            (annotator, documents) ->
                putAside.add(
                    "%d of %s"
                        .formatted(
                            documents.size(), annotator.isEmpty() ? "nobody named" : annotator)));
    if (!putAside.isEmpty()) {
      sentences.add("Annotations put aside: " + list(putAside) + ".");
    }
    return String.join(" ", sentences);
  }

  private static String ofVersion(Refusal.Refused refused) {
    Verdict verdict = refused.verdict();
    List<String> places =
        verdict.fell().stream()
            .sorted(Comparator.comparingDouble((Fall fall) -> fall.after() - fall.before()))
            .map(RefusalWords::place)
            .toList();
    String values =
        verdict
            .compared()
            .map(compared -> ", on %d held-back values".formatted(compared.values()))
            .orElse("");
    return "What would have been version %d was refused: since version %d F1 fell %s%s."
        .formatted(refused.number(), verdict.good(), list(places), values);
  }

  private static String place(Fall fall) {
    String type = fall.type().isEmpty() ? "documents without a type" : fall.type();
    return "in %s from %s to %s"
        .formatted(
            fall.field().map(field -> field + " of " + type).orElse(type),
            percent(fall.before()),
            percent(fall.after()));
  }

  private static String list(List<String> all) {
    String named = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
    return all.size() > MOST ? "%s and %d more".formatted(named, all.size() - MOST) : named;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
