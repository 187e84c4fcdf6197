package dev.holdfast.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The MNIST digits (LeCun et al. 1998): images of equal size with their labels.
 *
 * @param train to learn
 * @param test to be tested on
 * @param pixels of one image
 */
record Digits(List<Digit> train, List<Digit> test, int pixels) {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  public Digits {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * Reads the four files in the format of the data set, {@code train-images-idx3-ubyte.gz} and so
   * on.
   *
   * @throws IOException when one is missing or is not what its name says
   */
  static Digits read(Path folder) throws IOException {
    List<byte[]> train = images(folder.resolve("train-images-idx3-ubyte.gz"));
    List<byte[]> test = images(folder.resolve("t10k-images-idx3-ubyte.gz"));
    int pixels = train.get(0).length;
    if (test.get(0).length != pixels) {
      throw new IOException(
          "%s: expected test images of %d pixels, was %d"
              .formatted(folder, pixels, test.get(0).length));
    }
    return new Digits(
        labelled(train, folder.resolve("train-labels-idx1-ubyte.gz")),
        labelled(test, folder.resolve("t10k-labels-idx1-ubyte.gz")),
        pixels);
  }

  private static List<byte[]> images(Path file) throws IOException {
    try (DataInputStream in = open(file, IMAGES)) {
      int count = in.readInt();
      int rows = in.readInt();
      int columns = in.readInt();
      if (count < 1 || rows < 1 || columns < 1 || (long) rows * columns > Short.MAX_VALUE) {
        throw new IOException(
            "%s: expected images of at most %d pixels, was %d of %d x %d"
                .formatted(file, Short.MAX_VALUE, count, rows, columns));
      }
      List<byte[]> images = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] image = new byte[rows * columns];
        in.readFully(image);
        images.add(image);
      }
      return images;
    } catch (EOFException e) {
      throw new IOException(file + ": expected more images, was at its end", e);
    }
  }

  private static List<Digit> labelled(List<byte[]> images, Path file) throws IOException {
    try (DataInputStream in = open(file, LABELS)) {
      int count = in.readInt();
      if (count != images.size()) {
        throw new IOException(
            "%s: expected %d labels, was %d".formatted(file, images.size(), count));
      }
      List<Digit> digits = new ArrayList<>();
      for (byte[] image : images) {
        int label = in.readUnsignedByte();
        if (label >= Task.LABELS) {
          throw new IOException("%s: expected labels 0 to 9, was %d".formatted(file, label));
        }
        digits.add(new Digit(image, label));
      }
      return digits;
    } catch (EOFException e) {
      throw new IOException(file + ": expected more labels, was at its end", e);
    }
  }

  private static DataInputStream open(Path file, int magic) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected a file of the MNIST data set, found none at " + file);
    }
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
    int found = in.readInt();
    if (found != magic) {
      in.close();
      throw new IOException(
          "%s: expected to begin with %08x, was %08x".formatted(file, magic, found));
    }
    return in;
  }
}
