package dev.holdfast.network;

/** Makes one of the numbers that two networks have of the same run of parameters. */
@FunctionalInterface
public interface RunMerger {
  /**
   * Merges one run, in every plane.
   *
   * @param mine where the outcome goes, in place of what is there
   * @param at where the run begins there
   * @param theirs not to be changed
   * @param from where the same run begins there
   * @param length how many numbers
   */
  void merge(Parameters mine, int at, Parameters theirs, int from, int length);
}
