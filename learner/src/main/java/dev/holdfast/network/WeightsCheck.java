package dev.holdfast.network;

/**
 * Whether the tensors of weights that come from elsewhere fit each other as {@link WeightsFormat}
 * says, so that a model can be made of them. Files of an older build may not, whose tensors have
 * the same names and other widths.
 */
final class WeightsCheck {
  private final Weights weights;

  private WeightsCheck(Weights weights) {
    this.weights = weights;
  }

  /**
   * Looks at all of them.
   *
   * @param deep encoder that they are to be learned on with
   * @throws IllegalArgumentException when one does not fit, naming it, what was expected and what
   *     was found
   */
  static void check(Weights weights, Encoder deep) {
    WeightsCheck check = new WeightsCheck(weights);
    int fields = WeightsFormat.names(weights).size();
    check.fields(fields, deep);
    check.sets("companions.ends", "companions.met", fields);
    check.size("companions.documents", fields);
    check.size("companions.ends", fields);
    check.floats("encoder", deep.parameters());
    check.floats("masked.words", deep.readsWords() ? MaskedWords.PARAMETERS : 0);
    check.floats("words.vectors", (long) check.ints("words.features").length * Convolutions.WORD);
    check.sets("sets.ends", "sets.fields", fields);
    check.rows();
  }

  private void fields(int fields, Encoder deep) {
    size("field.counts", (long) fields * Field.COUNTS);
    floats("chain", (long) fields * Chain.RUN);
    floats("head", (long) fields * deep.head());
    floats("calibration", (long) fields * Calibration.NUMBERS);
    floats("applicability", (long) fields * WeightsFormat.APPLICABILITY);
  }

  /** Ends never fall, the last is the number of all members, and each set is of rising fields. */
  private void sets(String ends, String members, int fields) {
    int[] all = ints(members);
    int end = 0;
    for (int next : ints(ends)) {
      within(ends, next, end, all.length);
      for (int i = end; i < next; i++) {
        within(members, all[i], i == end ? 0 : all[i - 1] + 1, fields - 1);
      }
      end = next;
    }
    expect(ends, end == all.length, "a last one of " + all.length, end);
  }

  private void rows() {
    int[] ends = ints("sets.ends");
    int[] sets = ints("wide.sets");
    size("wide.features", sets.length);
    long numbers = 0;
    for (int set : sets) {
      within("wide.sets", set, 0, ends.length - 1);
      int members = ends[set] - (set == 0 ? 0 : ends[set - 1]);
      expect("wide.sets", members > 0, "sets with fields", "one without");
      numbers += (long) WideTable.PAIR * members;
    }
    floats("wide.weights", numbers);
  }

  private int[] ints(String name) {
    Tensor tensor = weights.tensor(name);
    expect(name, !tensor.isFloat(), "numbers of type I32", "F32");
    return tensor.ints();
  }

  private void size(String name, long size) {
    int found = ints(name).length;
    expect(name, found == size, size + " numbers", found);
  }

  private void floats(String name, long size) {
    Tensor tensor = weights.tensor(name);
    expect(name, tensor.isFloat(), "numbers of type F32", "I32");
    expect(name, tensor.size() == size, size + " numbers", tensor.size());
    for (float number : tensor.floats()) {
      expect(name, Float.isFinite(number), "finite numbers", "one that is not");
    }
  }

  private static void within(String name, int number, int least, int most) {
    if (number < least || number > most) { // a text for each number would cost more than the look
      expect(name, false, "numbers from %d to %d".formatted(least, most), number);
    }
  }

  private static void expect(String name, boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "tensor %s: expected %s, was %s".formatted(name, expected, found));
    }
  }
}
