package dev.holdfast.continual;

/** Steps weights against their gradient and says in which metric it did. Not thread-safe. */
interface Optimizer {
  /**
   * Steps one run of weights.
   *
   * @param offset where the run begins in the parameters
   * @param gradient of the run, from index 0
   * @param length of the run
   * @param rate size of a step
   * @param metric receives, from index 0, {@code rate · D} of each weight, greater than 0: the step
   *     was the minimum of the linearised loss plus {@code ½ D (θ − θ_before)²}, with the running
   *     mean in the gradient's place where one is kept
   */
  void step(int offset, float[] gradient, int length, float rate, float[] metric);
}
