package dev.holdfast.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one method made of one stream. All quality is micro F1, 0 to 1, by type.
 *
 * @param taught the type that each segment teaches, in order; empty when everything was learned at
 *     once
 * @param matrix after each segment, of all types, on whole test sets; one row when everything was
 *     learned at once
 * @param versions in order of publication
 * @param transfer of each type but the first: mean over its first documents of what knowing other
 *     types adds
 * @param joint of all types after learning everything at once; empty when that was not done
 * @param cost of learning the stream
 */
record StreamRun(
    List<String> taught,
    List<Map<String, Double>> matrix,
    List<Version> versions,
    Map<String, Double> transfer,
    Map<String, Double> joint,
    Course.Cost cost) {

  StreamRun {
    taught = List.copyOf(taught);
    matrix = matrix.stream().map(StreamRun::ordered).toList();
    versions = List.copyOf(versions);
    transfer = ordered(transfer);
    joint = ordered(joint);
  }

  /**
   * A published version.
   *
   * @param documents learned before it
   * @param segments that had ended
   * @param f1 of the types seen so far, on samples of their test sets
   */
  record Version(int documents, int segments, Map<String, Double> f1) {
    Version {
      f1 = ordered(f1);
    }
  }

  private static Map<String, Double> ordered(Map<String, Double> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Quality at the end of the stream. */
  Map<String, Double> last() {
    return matrix.get(matrix.size() - 1);
  }
}
