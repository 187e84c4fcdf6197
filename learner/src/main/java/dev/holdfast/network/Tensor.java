package dev.holdfast.network;

import java.util.Arrays;

/**
 * A named array of 32-bit numbers, immutable, equal by content.
 *
 * <p>Holds floats or ints; row-major; at most 2 GiB. Thread-safe.
 */
public final class Tensor {
  private final String name;
  private final int[] shape;
  private final float[] floats;
  private final int[] ints;

  private Tensor(String name, int[] shape, float[] floats, int[] ints) {
    long size = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    int length = floats == null ? ints.length : floats.length;
    if (size != length) {
      throw new IllegalArgumentException(
          "tensor %s: expected %d numbers for shape %s, was %d"
              .formatted(name, size, Arrays.toString(shape), length));
    }
    this.name = name;
    this.shape = shape.clone();
    this.floats = floats;
    this.ints = ints;
  }

  /** A tensor of floats; the array is taken over and must not be changed any more. */
  public static Tensor of(String name, float[] numbers, int... shape) {
    return new Tensor(name, shape, numbers, null);
  }

  /** A tensor of ints; the array is taken over and must not be changed any more. */
  public static Tensor of(String name, int[] numbers, int... shape) {
    return new Tensor(name, shape, null, numbers);
  }

  public String name() {
    return name;
  }

  /** Its sizes, outermost first; a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** How many numbers it has. */
  public int size() {
    return floats == null ? ints.length : floats.length;
  }

  public boolean isFloat() {
    return floats != null;
  }

  /** Its floats, not copied: for reading within this package only. */
  float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("tensor " + name + ": expected floats, was ints");
    }
    return floats;
  }

  /** Its ints, not copied: for reading within this package only. */
  int[] ints() {
    if (ints == null) {
      throw new IllegalStateException("tensor " + name + ": expected ints, was floats");
    }
    return ints;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(floats, that.floats)
        && Arrays.equals(ints, that.ints);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + size();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + (isFloat() ? " F32" : " I32");
  }
}
