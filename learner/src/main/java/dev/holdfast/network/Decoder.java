package dev.holdfast.network;

import dev.holdfast.document.NormalText;
import dev.holdfast.document.TokenSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses a field's values by the posterior probability of whole spans rather than by the best
 * path: probabilities of equal text add up, wherever it stands. A single-valued field gets its most
 * probable value above a low threshold, a many-valued one every value above a higher one; pieces of
 * a piecewise field are joined in reading order.
 */
final class Decoder {
  private static final float LEAST_PROBABILITY = .001f;
  private static final float PIECE_THRESHOLD = .35f;
  private static final int SPARE_LENGTH = 4;

  private Decoder() {}

  private record Candidate(TokenSpan span, float probability) {}

  /**
   * Values worth giving of one field, most confident first, with calibrated confidence; the chain
   * is loaded with the field's logits.
   */
  static List<PredictedValue> values(Reading reading, Field field, Chain chain) {
    Calibration calibration = field.calibration;
    return candidates(reading, field, chain).stream()
        .map(
            value ->
                new PredictedValue(value.text(), calibration.of(value.confidence()), value.spans()))
        .filter(value -> value.confidence() >= calibration.threshold())
        .toList();
  }

  /** The values on the most probable path, most confident first, with calibrated confidence. */
  static List<PredictedValue> bestPath(Reading reading, Field field, Chain chain) {
    byte[] path = Viterbi.path(chain);
    List<Candidate> candidates = new ArrayList<>();
    chain.spans(
        0,
        path.length,
        (start, end, p) -> {
          if (isRun(path, start, end)) {
            candidates.add(new Candidate(new TokenSpan(start, end), p));
          }
        });
    candidates.sort(Comparator.comparingDouble(Candidate::probability).reversed());
    return chosen(reading, field, candidates).stream()
        .map(
            value ->
                new PredictedValue(
                    value.text(), field.calibration.of(value.confidence()), value.spans()))
        .toList();
  }

  private static boolean isRun(byte[] path, int start, int end) {
    if (path[start] != Chain.BEGIN || (end < path.length && path[end] == Chain.INSIDE)) {
      return false;
    }
    for (int t = start + 1; t < end; t++) {
      if (path[t] != Chain.INSIDE) {
        return false;
      }
    }
    return true;
  }

  /** What could be values of one field, most probable first, with raw probabilities. */
  static List<PredictedValue> candidates(Reading reading, Field field, Chain chain) {
    List<Candidate> candidates = new ArrayList<>();
    chain.spans(
        LEAST_PROBABILITY,
        field.maxLength + SPARE_LENGTH,
        (start, end, p) -> candidates.add(new Candidate(new TokenSpan(start, end), p)));
    candidates.sort(Comparator.comparingDouble(Candidate::probability).reversed());
    return chosen(reading, field, candidates);
  }

  private static List<PredictedValue> chosen(
      Reading reading, Field field, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    return field.piecewise() ? joined(reading, candidates) : summed(reading, candidates, field);
  }

  private static List<PredictedValue> joined(Reading reading, List<Candidate> candidates) {
    List<TokenSpan> pieces = new ArrayList<>();
    double confidence = 1;
    for (Candidate candidate : candidates) {
      if (candidate.probability() > PIECE_THRESHOLD
          && pieces.stream().noneMatch(candidate.span()::overlaps)) {
        pieces.add(candidate.span());
        confidence = Math.min(confidence, candidate.probability());
      }
    }
    if (pieces.isEmpty()) {
      return List.of();
    }
    pieces.sort(Comparator.comparingInt(TokenSpan::start));
    return List.of(new PredictedValue(reading.text(pieces), confidence, pieces));
  }

  private static List<PredictedValue> summed(
      Reading reading, List<Candidate> candidates, Field field) {
    boolean single = field.singleValued();
    Map<String, Candidate> best = new LinkedHashMap<>();
    Map<String, Float> total = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      String text = NormalText.of(reading.text(List.of(candidate.span())));
      if (!text.isEmpty()) {
        best.putIfAbsent(text, candidate);
        total.merge(text, candidate.probability(), single ? Float::sum : (p, q) -> p + q - p * q);
      }
    }
    if (single) {
      share(total, field.absentShare());
    }
    return total.entrySet().stream()
        .filter(entry -> entry.getValue() > Reliability.LEAST)
        .sorted(Map.Entry.<String, Float>comparingByValue().reversed())
        .limit(single ? 1 : Long.MAX_VALUE)
        .map(
            entry -> {
              List<TokenSpan> spans = List.of(best.get(entry.getKey()).span());
              double confidence = Math.min(1, entry.getValue());
              return new PredictedValue(reading.text(spans), confidence, spans);
            })
        .toList();
  }

  /**
   * Makes probabilities of candidates of which at most one is right: what they leave over is that
   * there is none, and counts for no more than fields like this one are absent.
   */
  private static void share(Map<String, Float> total, float absentShare) {
    float sum = 0;
    for (float probability : total.values()) {
      sum += probability;
    }
    float all = sum + absentShare * Math.max(0, 1 - sum);
    total.replaceAll((text, probability) -> probability / all);
  }
}
