package dev.holdfast.network;

import java.util.Arrays;

/**
 * In how many learned documents the feature of each row was, and how long ago the latest one was.
 *
 * <p>Not thread-safe while it grows.
 */
final class Sightings {
  private int[] documents;
  private int[] latest;

  Sightings(int expectedRows) {
    documents = new int[expectedRows];
    latest = new int[expectedRows];
  }

  /** Makes room for so many rows. */
  void room(int rows) {
    if (rows > documents.length) {
      int size = Math.max(rows, documents.length * 2);
      documents = Arrays.copyOf(documents, size);
      latest = Arrays.copyOf(latest, size);
    }
  }

  /**
   * One more document has the feature of a row.
   *
   * @param now how many documents were learned before it
   * @return how many have it by now
   */
  int count(int row, int now) {
    latest[row] = now;
    return ++documents[row];
  }

  /** At least so many have it, the latest of them no earlier than that. */
  void countAtLeast(int row, int count, int at) {
    documents[row] = Math.max(documents[row], count);
    latest[row] = Math.max(latest[row], at);
  }

  /** Sets what is known of a row. */
  void set(int row, int count, int at) {
    documents[row] = count;
    latest[row] = at;
  }

  int documents(int row) {
    return documents[row];
  }

  /** How many documents were learned before the latest one that has the feature. */
  int latest(int row) {
    return latest[row];
  }

  /** How often the feature is to be expected in documents to come, as far as counts tell. */
  float rate(int row, int now) {
    return Math.max(1, documents[row]) / (1f + Math.max(0, now - latest[row]));
  }

  /** Knows nothing of that row and those behind it any more. */
  void clear(int from) {
    Arrays.fill(documents, from, documents.length, 0);
    Arrays.fill(latest, from, latest.length, 0);
  }

  /** Gives a row the number of an earlier one, which is gone. */
  void move(int from, int to) {
    documents[to] = documents[from];
    latest[to] = latest[from];
  }
}
