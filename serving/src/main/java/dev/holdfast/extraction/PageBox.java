package dev.holdfast.extraction;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.Box;

/**
 * A rectangle on one page of a document; written {@code [page,x0,y0,x1,y1]}.
 *
 * @param page index of the page, from 0
 * @param box in thousandths of the page
 */
public record PageBox(int page, Box box) {
  public PageBox {
    requireNonNull(box, "box is null");
    if (page < 0) {
      throw new IllegalArgumentException("expected a page >= 0, was " + page);
    }
  }
}
