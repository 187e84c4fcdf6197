/** File formats: PDF, hOCR, ALTO XML and plain text become documents. */
package dev.holdfast.format;
