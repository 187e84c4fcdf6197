package dev.holdfast.network;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

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
}
