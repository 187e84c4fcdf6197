package dev.holdfast.bench;

import dev.holdfast.continual.Estimator;
import dev.holdfast.continual.ImportanceSettings.Anchor;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How tasks are learned, as terms with {@code +} between them:
 *
 * <ul>
 *   <li>{@code naive}, also {@code sgd}: nothing against forgetting
 *   <li>{@code joint}: every task again with all tasks before it
 *   <li>{@code er-N}, {@code der-N}: N memories, for their labels or for labels and stored logits
 *   <li>{@code ewc}, and with another importance {@code ewc-sampled}, {@code ewc-exact}, {@code
 *       ewc-dr}, {@code mas}; {@code ewc-separate} with one penalty for each task; {@code
 *       ewc-explicit} with the penalty's gradient in place of the elastic step; {@code @λ} behind
 *       it sets another strength than the protocol's
 *   <li>{@code l2-init@ρ}: the pull to the first weights
 * </ul>
 *
 * @param name as it was written
 * @param joint whether tasks are learned again
 * @param memories how many at most
 * @param storesLogits whether memories hold the network to what it said then
 * @param elastic how weights are held, if they are
 * @param startPull ρ
 */
record MnistMethod(
    String name,
    boolean joint,
    int memories,
    boolean storesLogits,
    Optional<Elastic> elastic,
    double startPull) {
  private static final Pattern TERM =
      Pattern.compile(
          "(naive|sgd|joint)|(er|der)-(\\d{1,6})"
              + "|(ewc(?:-(?:sampled|exact|dr|separate|explicit))?|mas|l2-init)(?:@(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?))?");

  private static final Map<String, Estimator> ESTIMATORS =
      Map.of(
          "ewc-sampled", Estimator.SAMPLED,
          "ewc-exact", Estimator.EXACT,
          "ewc-dr", Estimator.REVERSED,
          "mas", Estimator.MAS);

  /**
   * How weights are held.
   *
   * @param estimator of their importance, if another than the protocol's
   * @param anchor what they are held to
   * @param explicit whether by the penalty's gradient
   * @param lambda strength, if another than the protocol's
   */
  record Elastic(
      Optional<Estimator> estimator, Anchor anchor, boolean explicit, OptionalDouble lambda) {}

  /**
   * Reads a method.
   *
   * @throws IllegalArgumentException saying which term is none
   */
  static MnistMethod parse(String name) {
    MnistMethod method = new MnistMethod(name, false, 0, false, Optional.empty(), 0);
    for (String term : name.split("\\+(?=[a-z])", -1)) {
      Matcher matcher = TERM.matcher(term);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "expected terms such as ewc, er-200 or der-200+ewc@10, was %s".formatted(term));
      }
      method = method.with(matcher);
    }
    return method;
  }

  private MnistMethod with(Matcher term) {
    if (term.group(1) != null) {
      boolean again = joint || term.group(1).equals("joint");
      return new MnistMethod(name, again, memories, storesLogits, elastic, startPull);
    }
    if (term.group(2) != null) {
      int count = Integer.parseInt(term.group(3));
      return new MnistMethod(name, joint, count, term.group(2).equals("der"), elastic, startPull);
    }
    String rule = term.group(4);
    OptionalDouble strength =
        term.group(5) == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(term.group(5)));
    if (rule.equals("l2-init")) {
      return new MnistMethod(name, joint, memories, storesLogits, elastic, strength.orElse(1e-5));
    }
    Elastic held =
        new Elastic(
            Optional.ofNullable(ESTIMATORS.get(rule)),
            rule.equals("ewc-separate") ? Anchor.MEAN : Anchor.LATEST,
            rule.equals("ewc-explicit"),
            strength);
    return new MnistMethod(name, joint, memories, storesLogits, Optional.of(held), startPull);
  }
}
