package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A number that says how well a stream was learned. With a[i][j] the quality of type j after
 * segment i of T: the measures of Lopez-Paz & Ranzato 2017 (arXiv:1706.08840) and Chaudhry et al.
 * 2018 (arXiv:1801.10112), on a type that returns carried over so: what segment i teaches counts as
 * kept or lost up to the segment before its type is taught again.
 */
enum Measure {
  /** Mean over the types of a[T][j]. */
  ACC("acc", run -> mean(run.last().values())),

  /** Mean over the segments of a[T][j] − a[j][j]; negative when something was lost. */
  BWT(
      "bwt",
      run ->
          spells(run, spell -> at(run, spell.end, spell.type) - at(run, spell.start, spell.type))),

  /** Mean over the segments of (max over i of a[i][j]) − a[T][j]. */
  FORGETTING(
      "forgetting",
      run ->
          spells(
              run,
              spell ->
                  IntStream.rangeClosed(0, spell.end)
                          .mapToDouble(i -> at(run, i, spell.type))
                          .max()
                          .orElseThrow()
                      - at(run, spell.end, spell.type))),

  /** Mean over the new types of what having learned others adds while the first documents come. */
  FORWARD_TRANSFER("forwardTransfer", run -> mean(run.transfer().values())),

  /** Mean over the segments of joint[j] − a[j][j]: what the stream kept from being learned. */
  INTRANSIGENCE(
      "intransigence",
      run ->
          run.joint().isEmpty()
              ? OptionalDouble.empty()
              : IntStream.range(0, run.taught().size())
                  .mapToDouble(
                      j -> run.joint().get(run.taught().get(j)) - at(run, j, run.taught().get(j)))
                  .average()),

  /**
   * Mean over the old types of their lowest quality at any version since they were learned (De
   * Lange et al. 2023, arXiv:2205.13452).
   */
  MIN_ACC("minAcc", run -> mean(since(run).stream().map(Measure::lowest).toList())),

  /** The lowest share that any old type kept, at any version, of its best until then. */
  MIN_SHARE_OF_PEAK(
      "minShareOfPeak", run -> since(run).stream().mapToDouble(Measure::lowestShareOfPeak).min()),

  /** Mean over the types of joint[j], minus ACC. */
  GAP_TO_JOINT(
      "gapToJoint",
      run ->
          run.joint().isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(
                  mean(run.joint().values()).orElseThrow()
                      - mean(run.last().values()).orElseThrow())),

  /** Documents learned in a second of learning, visits and rehearsals counted one by one. */
  UPDATES_PER_SECOND(
      "updatesPerSecond",
      run -> OptionalDouble.of(run.cost().updates() / Math.max(1e-9, run.cost().seconds()))),

  /** Seconds spent on learning. */
  TRAIN_SECONDS("trainSeconds", run -> OptionalDouble.of(run.cost().seconds())),

  /** Documents kept for rehearsal at the end. */
  REMEMBERED("rememberedDocuments", run -> OptionalDouble.of(run.cost().remembered())),

  /** Megabytes (10⁶) of everything that the learner keeps, remembered documents among it. */
  MEMORY("memoryMegabytes", run -> OptionalDouble.of(run.cost().stateBytes() / 1e6));

  private final String key;
  private final Function<StreamRun, OptionalDouble> formula;

  Measure(String key, Function<StreamRun, OptionalDouble> formula) {
    this.key = key;
    this.formula = formula;
  }

  /** Its name in reports. */
  String key() {
    return key;
  }

  /** Its value, empty where it has none. */
  OptionalDouble of(StreamRun run) {
    return formula.apply(run);
  }

  /**
   * The time from when a type was taught until it is taught again or the stream ends.
   *
   * @param start segment that teaches it
   * @param end last segment that belongs to it, after start
   */
  private record Spell(String type, int start, int end) {}

  private static OptionalDouble spells(StreamRun run, Function<Spell, Double> value) {
    List<Spell> spells = new ArrayList<>();
    List<String> taught = run.taught();
    for (int j = 0; j < taught.size(); j++) {
      int again = taught.subList(j + 1, taught.size()).indexOf(taught.get(j));
      int end = again < 0 ? taught.size() - 1 : j + again;
      if (end > j) {
        spells.add(new Spell(taught.get(j), j, end));
      }
    }
    return spells.stream().mapToDouble(value::apply).average();
  }

  private static double at(StreamRun run, int segment, String type) {
    return run.matrix().get(segment).get(type);
  }

  /**
   * For each type but those first taught last: its quality at all versions since it was learned.
   */
  private static List<List<Double>> since(StreamRun run) {
    List<String> taught = run.taught();
    return taught.stream()
        .distinct()
        .filter(type -> taught.indexOf(type) < taught.size() - 1)
        .map(
            type ->
                run.versions().stream()
                    .filter(version -> version.segments() > taught.indexOf(type))
                    .map(version -> version.f1().get(type))
                    .toList())
        .toList();
  }

  private static double lowest(List<Double> qualities) {
    return qualities.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private static double lowestShareOfPeak(List<Double> qualities) {
    double peak = 0;
    double lowest = 1;
    for (double quality : qualities) {
      peak = Math.max(peak, quality);
      lowest = peak == 0 ? lowest : Math.min(lowest, quality / peak);
    }
    return lowest;
  }

  private static OptionalDouble mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average();
  }
}
