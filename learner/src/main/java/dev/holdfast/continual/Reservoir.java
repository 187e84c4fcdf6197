package dev.holdfast.continual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A uniform sample of all that was ever offered, at most so many (reservoir sampling, Vitter 1985,
 * algorithm R). Not thread-safe.
 */
public final class Reservoir<T> {
  private final int capacity;
  private final List<T> items = new ArrayList<>();
  private long seen;

  /**
   * @param capacity how many it holds at most; 0 holds none
   */
  public Reservoir(int capacity) {
    this.capacity = capacity;
  }

  /** What it holds, in the order of places. */
  public List<T> items() {
    return Collections.unmodifiableList(items);
  }

  public int size() {
    return items.size();
  }

  /** How many were offered. */
  public long seen() {
    return seen;
  }

  void seen(long count) {
    seen = count;
  }

  /** Offers one more; returns the place that chance gives it, or −1 for none. */
  public int offer(SplittableRandom random) {
    seen++;
    if (items.size() < capacity) {
      return items.size();
    }
    long place = capacity == 0 ? 0 : random.nextLong(seen);
    return place < capacity ? (int) place : -1;
  }

  /** Puts an item into a place, the first free one or one that is taken. */
  public void put(int place, T item) {
    if (place == items.size()) {
      items.add(item);
    } else {
      items.set(place, item);
    }
  }

  /**
   * Takes the item in the last place away. What is offered next gets that place for certain, so
   * that from then on what is new is a little more likely to be there than what is old.
   */
  void removeLast() {
    items.remove(items.size() - 1);
  }

  /** One of what it holds, each as likely as any other; there must be one. */
  public T draw(SplittableRandom random) {
    return items.get(random.nextInt(items.size()));
  }
}
