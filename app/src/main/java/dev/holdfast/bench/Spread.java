package dev.holdfast.bench;

import java.util.List;

/**
 * What several runs gave for one number.
 *
 * @param mean of the runs
 * @param deviation standard deviation of the runs, n − 1 in the denominator; 0 for a single run
 */
record Spread(double mean, double deviation) {
  /** Of at least one number. */
  static Spread of(List<Double> numbers) {
    double mean = numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return new Spread(mean, Math.sqrt(squares / Math.max(1, numbers.size() - 1)));
  }
}
