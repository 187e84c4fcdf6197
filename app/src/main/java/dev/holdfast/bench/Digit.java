package dev.holdfast.bench;

/** One image of a digit, as the pixels that are not black. Immutable. */
final class Digit {
  private final short[] pixels;
  private final float[] intensities;
  private final int label;

  /**
   * @param image intensities 0 to 255, row by row
   * @param label 0 to 9
   */
  Digit(byte[] image, int label) {
    this.label = label;
    int lit = 0;
    for (byte intensity : image) {
      lit += intensity == 0 ? 0 : 1;
    }
    pixels = new short[lit];
    intensities = new float[lit];
    for (int pixel = 0, i = 0; pixel < image.length; pixel++) {
      if (image[pixel] != 0) {
        pixels[i] = (short) pixel;
        intensities[i++] = (image[pixel] & 0xff) / 255f;
      }
    }
  }

  int label() {
    return label;
  }

  /** How many pixels are lit. */
  int lit() {
    return pixels.length;
  }

  /** Where the i-th lit pixel is. */
  int pixel(int i) {
    return pixels[i];
  }

  /** How bright the i-th lit pixel is, more than 0 and at most 1. */
  float intensity(int i) {
    return intensities[i];
  }
}
