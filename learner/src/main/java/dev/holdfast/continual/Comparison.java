package dev.holdfast.continual;

import dev.holdfast.document.FieldName;
import dev.holdfast.network.Extractor;
import dev.holdfast.score.Score;
import dev.holdfast.score.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two versions side by side on the same documents, by type and field.
 *
 * <p>A fall counts when it is larger than the budget and no chance: by the sign test over the
 * fields of documents that one of the two reads better, one-sided, at a significance divided by the
 * number of places that are looked at (Bonferroni).
 *
 * <p>Not thread-safe.
 */
final class Comparison {
  /** All documents of a type, or one field of them. */
  private record Place(String type, Optional<FieldName> field) {}

  private static final class Pair {
    private Tally before = Tally.NONE;
    private Tally after = Tally.NONE;
    private int values;
    private int worse;
    private int better;

    private void add(Tally old, Tally now) {
      before = before.plus(old);
      after = after.plus(now);
      values++;
      worse += now.f1() < old.f1() ? 1 : 0;
      better += now.f1() > old.f1() ? 1 : 0;
    }
  }

  private final GateSettings settings;
  private final Map<Place, Pair> places = new LinkedHashMap<>();
  private final Pair all = new Pair();
  private int documents;

  Comparison(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes in one document.
   *
   * @param before score of the one version
   * @param after score of the other, of the same fields
   */
  void add(String type, Score before, Score after) {
    documents++;
    before
        .fields()
        .forEach(
            (field, old) -> {
              Tally now = after.fields().get(field);
              all.add(old, now);
              pair(type, Optional.empty()).add(old, now);
              pair(type, Optional.of(field)).add(old, now);
            });
  }

  /**
   * Takes in documents that are held back.
   *
   * @param before what the one version scored on each
   * @param after the other version
   */
  void add(List<HeldDocument> documents, List<Score> before, Extractor after) {
    for (int i = 0; i < documents.size(); i++) {
      HeldDocument held = documents.get(i);
      add(held.document().type(), before.get(i), held.score(after));
    }
  }

  private Pair pair(String type, Optional<FieldName> field) {
    return places.computeIfAbsent(new Place(type, field), place -> new Pair());
  }

  /** Whether of any type more was lost than won. */
  boolean seemsWorse() {
    return places.entrySet().stream()
        .anyMatch(
            place ->
                place.getKey().field().isEmpty()
                    && place.getValue().worse > place.getValue().better);
  }

  /** How the two did on all of it; empty when nothing that people spoke of was compared. */
  Optional<Verdict.Compared> compared() {
    return all.values == 0
        ? Optional.empty()
        : Optional.of(
            new Verdict.Compared(
                documents, all.values, all.before.f1(), all.after.f1(), settings.budget()));
  }

  /** Where too much was lost. */
  List<Verdict.Fall> falls() {
    List<Verdict.Fall> falls = new ArrayList<>();
    places.forEach(
        (place, pair) -> {
          double before = pair.before.f1();
          double after = pair.after.f1();
          if (pair.values >= settings.values()
              && before - after > settings.budget()
              && chance(pair.worse, pair.better) * places.size() <= settings.significance()) {
            falls.add(
                new Verdict.Fall(
                    place.type(), place.field(), before, after, pair.worse, pair.better));
          }
        });
    return falls;
  }

  /** How probable it is that so many or more of all are worse when either is as likely. */
  static double chance(int worse, int better) {
    return tail(better, worse + better, .5);
  }

  /**
   * The probability of at most so many successes.
   *
   * @param trials how many
   * @param success probability of each, more than 0 and less than 1
   */
  static double tail(int most, int trials, double success) {
    double log = trials * Math.log1p(-success);
    double sum = Math.exp(log);
    for (int k = 1; k <= most; k++) {
      log += Math.log((double) (trials - k + 1) / k) + Math.log(success) - Math.log1p(-success);
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }
}
