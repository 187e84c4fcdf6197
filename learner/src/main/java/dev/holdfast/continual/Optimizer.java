package dev.holdfast.continual;

/**
 * Says which step to take against a gradient, and in which metric. The step of a weight, {@code θ ←
 * θ − push / metric}, is the minimum of the linearised loss plus {@code ½ D (θ − θ_before)²}, with
 * the running mean in the gradient's place where one is kept. Weight by weight, so that a run is
 * gone over once: most are a few numbers that lie anywhere in memory.
 *
 * <p>Not thread-safe.
 */
interface Optimizer {
  /**
   * Takes the gradient of one weight, which stays as it is.
   *
   * @param rate size of a step
   * @return {@code rate} times the gradient, or times the running mean
   */
  float push(int weight, float gradient, float rate);

  /** {@code rate · D} of the weight whose gradient was taken last, greater than 0. */
  float metric(int weight);
}
