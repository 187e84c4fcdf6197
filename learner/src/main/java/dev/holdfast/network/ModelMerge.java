package dev.holdfast.network;

/**
 * Brings what one model knows into another. What only the other has – fields, vectors of words,
 * pairs of feature and field – comes over as it is, in all planes; runs that both have are merged.
 * Of counts the larger holds, since nobody knows how many documents both have seen.
 *
 * <p>Used once.
 */
final class ModelMerge {
  private final Model mine;
  private final Model theirs;
  private final RunMerger merger;

  /** By the number of a field there, its number here. */
  private final int[] numbers;

  /**
   * @param mine is changed
   * @param theirs is not
   * @throws IllegalArgumentException when their encoders are not of one kind
   */
  ModelMerge(Model mine, Model theirs, RunMerger merger) {
    if (mine.deep.parameters() != theirs.deep.parameters()
        || mine.deep.head() != theirs.deep.head()) {
      throw new IllegalArgumentException(
          "expected an encoder of %d weights and %d for each field, was %d and %d"
              .formatted(
                  mine.deep.parameters(),
                  mine.deep.head(),
                  theirs.deep.parameters(),
                  theirs.deep.head()));
    }
    this.mine = mine;
    this.theirs = theirs;
    this.merger = merger;
    numbers = new int[theirs.fields.size()];
  }

  void run() {
    int before = mine.fields.size();
    fields();
    mine.companions.take(theirs.companions, numbers, before);
    merge(mine.encoder, theirs.encoder, mine.deep.parameters());
    merge(mine.maskedWords, theirs.maskedWords, mine.maskedParameters());
    words();
    wide();
    mine.documents = Math.max(mine.documents, theirs.documents);
  }

  private void fields() {
    for (int k = 0; k < numbers.length; k++) {
      Field their = theirs.fields.get(k);
      int before = mine.fields.size();
      numbers[k] = mine.number(their.name);
      boolean isNew = mine.fields.size() > before;
      Field own = mine.fields.get(numbers[k]);
      run(isNew, own.chain, their.chain, Chain.RUN);
      run(isNew, own.head, their.head, mine.deep.head());
      run(isNew, own.applicability, their.applicability, Applicability.RUN);
      own.take(their);
    }
  }

  private void words() {
    for (int row = 0; row < theirs.words.rows(); row++) {
      int own = mine.words.row(theirs.words.feature(row));
      count(mine.words.sightings, own, theirs.words.sightings, row);
      int from = theirs.words.offset(row);
      if (from >= 0) {
        boolean isNew = mine.words.offset(own) < 0;
        run(isNew, mine.words.makeVector(own), from, Convolutions.WORD);
      }
    }
  }

  private void wide() {
    for (int row = 0; row < theirs.wide.rows(); row++) {
      int own = mine.wide.row(theirs.wide.feature(row));
      count(mine.wide.sightings, own, theirs.wide.sightings, row);
      int from = theirs.wide.offset(row);
      for (int field : theirs.wide.fields(row)) {
        boolean isNew = mine.wide.pair(own, numbers[field]) < 0;
        run(isNew, mine.wide.makePair(own, numbers[field]), from, WideTable.PAIR);
        from += WideTable.PAIR;
      }
    }
  }

  /** Takes on how often the feature of a row was seen there, and that it was as long ago. */
  private void count(Sightings own, int row, Sightings other, int from) {
    int age = theirs.documents - other.latest(from);
    own.countAtLeast(row, other.documents(from), Math.max(0, mine.documents - age));
  }

  private void run(boolean isNew, int at, int from, int length) {
    if (isNew) {
      int planes = Math.min(mine.parameters.planes(), theirs.parameters.planes());
      for (int plane = 0; plane < planes; plane++) {
        System.arraycopy(
            theirs.parameters.plane(plane), from, mine.parameters.plane(plane), at, length);
      }
    } else {
      merge(at, from, length);
    }
  }

  private void merge(int at, int from, int length) {
    merger.merge(mine.parameters, at, theirs.parameters, from, length);
  }
}
