package dev.holdfast.app;

import static java.util.stream.Collectors.toCollection;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** As much of the query language of Prometheus as it takes to find the series in a query. */
final class Promql {
  /** What may hold other names: label matchers, ranges, lists of labels. */
  private static final Pattern NOT_SERIES =
      Pattern.compile(
          "\\{[^}]*\\}|\\[[^\\]]*\\]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*(?![\\w:])(?!\\s*\\()");

  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern LABELS =
      Pattern.compile(
          "\\{[^}]*\\}|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern LABEL = Pattern.compile("[{(,]\\s*([a-zA-Z_]\\w*)");

  /** What a series is held against: a number, or a part of another series. */
  private static final Pattern THRESHOLD =
      Pattern.compile("(?:==|!=|[<>]=?)\\s*\\d[\\d.e]*(\\s*\\*)?");

  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  private Promql() {}

  /** The names of the series that a query asks for. */
  static SortedSet<String> names(String query) {
    // A function's or aggregation's name stands before its parenthesis, after its labels are gone.
    String bare = NOT_SERIES.matcher(query).replaceAll("");
    return NAME.matcher(bare)
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .collect(toCollection(TreeSet::new));
  }

  /** The names of the labels that a query matches, keeps or joins on. */
  static SortedSet<String> labels(String query) {
    SortedSet<String> labels = new TreeSet<>();
    String bare = TEXT.matcher(query).replaceAll("");
    LABELS
        .matcher(bare)
        .results()
        .flatMap(list -> LABEL.matcher(list.group()).results())
        .forEach(label -> labels.add(label.group(1)));
    return labels;
  }

  /**
   * A condition that every number meets in the place of each threshold: what is left returns data
   * as soon as the series are there and match each other.
   */
  static String withoutThresholds(String alert) {
    return THRESHOLD
        .matcher(alert)
        .replaceAll(threshold -> threshold.group(1) == null ? ">= -Inf" : ">= -Inf +")
        .replaceAll("\\bunless\\b", "and");
  }
}
