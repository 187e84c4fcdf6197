package dev.holdfast.network;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * All numbers of one network in one space, handed out in runs; and beside each number, in parallel
 * planes, what a learner keeps about it. Because every part of the network lives here, a learning
 * rule is a loop over runs and covers all parts alike, those that grow later included.
 *
 * <p>Arrays are replaced when the space grows: fetch a plane again after every allocation. Not
 * thread-safe.
 */
public final class Parameters {
  private static final int FIRST_SIZE = 1 << 16;

  private float[][] planes;
  private int used;
  private final SortedMap<Integer, int[]> free = new TreeMap<>();

  /**
   * @param planes how many numbers there are for each parameter: 1 to run a network, more to learn
   */
  public Parameters(int planes) {
    this.planes = new float[planes][FIRST_SIZE];
  }

  /** A plane; 0 is the weights. Valid until the next allocation. */
  public float[] plane(int plane) {
    return planes[plane];
  }

  /** The weights. Valid until the next allocation. */
  public float[] weights() {
    return planes[0];
  }

  public int planes() {
    return planes.length;
  }

  /** One past the highest index that was ever handed out; freed runs below it are zero. */
  public int used() {
    return used;
  }

  /** Makes at least so many planes, new ones of zeros. */
  public void extend(int count) {
    int before = planes.length;
    if (count > before) {
      planes = Arrays.copyOf(planes, count);
      for (int p = before; p < count; p++) {
        planes[p] = new float[planes[0].length];
      }
    }
  }

  /** A run of zeros in every plane. */
  public int allocate(int length) {
    int[] list = free.get(length);
    if (list != null && list[0] > 0) {
      return list[list[0]--];
    }
    int offset = used;
    used = Math.addExact(used, length);
    if (used > planes[0].length) {
      int size = Math.max(used, planes[0].length + (planes[0].length >> 1));
      for (int p = 0; p < planes.length; p++) {
        planes[p] = Arrays.copyOf(planes[p], size);
      }
    }
    return offset;
  }

  /** Gives a run back. */
  void release(int offset, int length) {
    for (float[] plane : planes) {
      Arrays.fill(plane, offset, offset + length, 0f);
    }
    int[] list = free.computeIfAbsent(length, size -> new int[16]);
    if (list[0] + 1 == list.length) {
      list = Arrays.copyOf(list, list.length * 2);
      free.put(length, list);
    }
    list[++list[0]] = offset;
  }

  /** Copies numbers of all planes from one run to another. */
  void copy(int from, int to, int length) {
    for (float[] plane : planes) {
      System.arraycopy(plane, from, plane, to, length);
    }
  }

  /**
   * Closes the gaps that released runs left: what lies behind them moves down, in its order, in
   * place. Runs are only given out again at their own length, so without this a space whose rows
   * grow and go would need ever more room for the same numbers.
   *
   * @return where what lay at an index lies now
   */
  IntUnaryOperator compact() {
    long[] gaps = gaps();
    int[] starts = new int[gaps.length];
    int[] closed = new int[gaps.length];
    int to = used;
    for (int g = 0; g < gaps.length; g++) {
      starts[g] = (int) (gaps[g] >>> Integer.SIZE);
      closed[g] = (int) gaps[g] + (g == 0 ? 0 : closed[g - 1]);
      int from = starts[g] + (int) gaps[g];
      int end = g + 1 < gaps.length ? (int) (gaps[g + 1] >>> Integer.SIZE) : used;
      to = from - closed[g];
      copy(from, to, end - from);
      to += end - from;
    }
    for (float[] plane : planes) {
      Arrays.fill(plane, to, used, 0f);
    }
    used = to;
    free.clear();
    return index -> {
      int gap = Arrays.binarySearch(starts, index);
      int before = gap < 0 ? -gap - 2 : gap;
      return before < 0 ? index : index - closed[before];
    };
  }

  /** Free runs in their order: where each begins in the upper half, its length in the lower. */
  private long[] gaps() {
    return free.entrySet().stream()
        .flatMapToLong(
            runs ->
                IntStream.rangeClosed(1, runs.getValue()[0])
                    .mapToLong(i -> (long) runs.getValue()[i] << Integer.SIZE | runs.getKey()))
        .sorted()
        .toArray();
  }
}
