package dev.holdfast.sample;

import static dev.holdfast.sample.Kind.IDENTITY_DOCUMENT;
import static dev.holdfast.sample.Kind.INVOICE;
import static dev.holdfast.sample.Kind.JOB_POSTING;
import static dev.holdfast.sample.Kind.RECEIPT;
import static dev.holdfast.sample.Kind.RESUME;

import dev.holdfast.sample.Segment.Drift;
import dev.holdfast.sample.Segment.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which types and formats arrive, in three hundredths of the planned length. The last
 * segment goes on for ever.
 */
final class Plan {
  /** What a planned length of 300 starts where. */
  private static final int UNITS = 300;

  private record Step(int start, Drift drift, List<Format> formats) {}

  private static final List<Step> STEPS = steps();

  private Plan() {}

  private static List<Step> steps() {
    List<Format> receipts = formats(RECEIPT, "till", "restaurant", "shop");
    List<Format> allReceipts = formats(RECEIPT, "till", "restaurant", "shop", "fuel");
    List<Format> invoices = formats(INVOICE, "classic", "ledger");
    List<Format> allInvoices = formats(INVOICE, "classic", "ledger", "letter");
    List<Format> identity = formats(IDENTITY_DOCUMENT, "card", "passport");
    List<Format> allIdentity = formats(IDENTITY_DOCUMENT, "card", "passport", "permit");
    List<Format> resumes = formats(RESUME, "sidebar", "timeline", "plain");
    List<Format> postings = formats(JOB_POSTING, "notice", "form", "advert");
    List<Format> all = new ArrayList<>(allInvoices);
    all.addAll(allIdentity);
    all.addAll(resumes);
    all.addAll(postings);
    all.addAll(allReceipts);
    return List.of(
        new Step(0, Drift.START, receipts),
        new Step(45, Drift.NEW_FORMAT, allReceipts),
        new Step(70, Drift.NEW_TYPE, invoices),
        new Step(100, Drift.NEW_FORMAT, allInvoices),
        new Step(130, Drift.NEW_TYPE, identity),
        new Step(150, Drift.NEW_FORMAT, allIdentity),
        new Step(168, Drift.NEW_TYPE, resumes),
        new Step(202, Drift.NEW_TYPE, postings),
        new Step(234, Drift.RETURN, allReceipts),
        new Step(266, Drift.MIXED, all));
  }

  private static List<Format> formats(Kind kind, String... names) {
    return List.of(names).stream().map(name -> new Format(kind.type(), name)).toList();
  }

  /** The segments of a stream whose drifts are all within the first {@code length} documents. */
  static List<Segment> segments(int length) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      int end = i + 1 < STEPS.size() ? start(i + 1, length) : Integer.MAX_VALUE;
      segments.add(new Segment(start(i, length), end, step.drift(), step.formats()));
    }
    return segments;
  }

  private static int start(int step, int length) {
    return (int) ((long) STEPS.get(step).start() * length / UNITS);
  }

  /** Fewer documents than this leave a segment without any. */
  static int shortest() {
    return 20;
  }
}
