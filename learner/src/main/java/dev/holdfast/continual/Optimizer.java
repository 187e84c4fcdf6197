package dev.holdfast.continual;

/** Says which step to take against a gradient, and in which metric. Not thread-safe. */
interface Optimizer {
  /**
   * Decides on the step of one run of weights, {@code θ ← θ − push / metric}, which is the minimum
   * of the linearised loss plus {@code ½ D (θ − θ_before)²}, with the running mean in the
   * gradient's place where one is kept. Weights stay as they are.
   *
   * @param offset where the run begins in the parameters
   * @param push holds the gradient of the run, from index 0, and receives {@code rate} times it, or
   *     times the running mean
   * @param length of the run
   * @param rate size of a step
   * @param metric receives, from index 0, {@code rate · D} of each weight, greater than 0
   */
  void step(int offset, float[] push, int length, float rate, float[] metric);
}
