package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a target is extracted after its first documents, by what was known before.
 *
 * @param seeds how many runs there were of each
 * @param curves micro F1 by number of documents, in the order of the transfers
 */
record TransferReport(int seeds, Map<Transfer, SortedMap<Integer, Spread>> curves) {
  private static final int DECIMALS = 4;

  /** Gathers the runs of each transfer. */
  static TransferReport of(int seeds, Map<Transfer, List<Map<Integer, Double>>> runs) {
    Map<Transfer, SortedMap<Integer, Spread>> curves = new TreeMap<>();
    runs.forEach(
        (transfer, all) -> {
          SortedMap<Integer, Spread> curve = new TreeMap<>();
          for (int documents : all.get(0).keySet()) {
            curve.put(documents, Spread.of(all.stream().map(run -> run.get(documents)).toList()));
          }
          curves.put(transfer, curve);
        });
    return new TransferReport(seeds, curves);
  }

  /**
   * How many documents a learner that knew nothing needs for as much, between its points in
   * proportion to the logarithm of the documents; empty outside of its curve.
   */
  OptionalDouble worth(Transfer transfer, int documents) {
    SortedMap<Integer, Spread> alone = curves.getOrDefault(Transfer.NONE, new TreeMap<>());
    double wanted = curves.get(transfer).get(documents).mean();
    List<Integer> counts = new ArrayList<>(alone.keySet());
    for (int i = 0; i + 1 < counts.size(); i++) {
      double less = alone.get(counts.get(i)).mean();
      double more = alone.get(counts.get(i + 1)).mean();
      if (less <= wanted && wanted <= more && less < more) {
        double share = (wanted - less) / (more - less);
        double from = Math.log(counts.get(i));
        return OptionalDouble.of(Math.exp(from + share * (Math.log(counts.get(i + 1)) - from)));
      }
    }
    return OptionalDouble.empty();
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, TransferReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("seeds", report.seeds);
    out.writeArrayFieldStart("curves");
    for (Map.Entry<Transfer, SortedMap<Integer, Spread>> curve : report.curves.entrySet()) {
      for (Map.Entry<Integer, Spread> point : curve.getValue().entrySet()) {
        OptionalDouble worth = report.worth(curve.getKey(), point.getKey());
        out.writeStartObject();
        out.writeStringField("transfer", curve.getKey().label());
        out.writeNumberField("documents", point.getKey());
        Json.rounded(out, "f1", Optional.of(point.getValue().mean()), DECIMALS);
        Json.rounded(out, "f1Sd", Optional.of(point.getValue().deviation()), DECIMALS);
        Json.rounded(
            out,
            "worthDocuments",
            worth.isPresent() ? Optional.of(worth.getAsDouble()) : Optional.empty(),
            1);
        out.writeEndObject();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** The same for people, a line for each point. */
  String text() {
    StringBuilder text = new StringBuilder();
    curves.forEach(
        (transfer, curve) ->
            curve.forEach(
                (documents, f1) -> {
                  OptionalDouble worth = worth(transfer, documents);
                  text.append(
                      "%-12s %4d documents  F1 %.4f ± %.4f%s%n"
                          .formatted(
                              transfer.label(),
                              documents,
                              f1.mean(),
                              f1.deviation(),
                              worth.isPresent() && transfer != Transfer.NONE
                                  ? "  as %.0f without".formatted(worth.getAsDouble())
                                  : ""));
                }));
    return text.toString();
  }
}
