package dev.holdfast.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of field numbers, each kept once and known by its own number. Set 0 is empty. */
final class FieldSets {
  private final List<int[]> sets = new ArrayList<>();
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();

  FieldSets() {
    number(new int[0]);
  }

  int size() {
    return sets.size();
  }

  /** The fields of a set in ascending order; not to be changed. */
  int[] members(int set) {
    return sets.get(set);
  }

  /** The number of a set of ascending fields. */
  int number(int[] fields) {
    List<Integer> key = Arrays.stream(fields).boxed().toList();
    return numbers.computeIfAbsent(
        key,
        k -> {
          sets.add(fields.clone());
          return sets.size() - 1;
        });
  }

  /** The set with one more field. */
  int with(int set, int field) {
    int[] before = members(set);
    int[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = field;
    Arrays.sort(after);
    return number(after);
  }

  /** Where a field stands in a set, or −1. */
  int position(int set, int field) {
    int position = Arrays.binarySearch(members(set), field);
    return position < 0 ? -1 : position;
  }
}
