package dev.holdfast.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text into the archive that PyTorch loads: a stored zip of the code, a
 * pickled empty module with {@code training = True}, no constants and a version. No Python is
 * needed to make it.
 */
final class TorchScript {
  /**
   * {@code c__torch__ Module ) \x81 } (X "training" \x88 u b .}: an instance of Module with one
   * attribute.
   */
  private static final byte[] MODULE =
      concat(
          new byte[] {(byte) 0x80, 2},
          "c__torch__\nModule\n)".getBytes(StandardCharsets.US_ASCII),
          new byte[] {(byte) 0x81},
          "}(X".getBytes(StandardCharsets.US_ASCII),
          new byte[] {8, 0, 0, 0},
          "training".getBytes(StandardCharsets.US_ASCII),
          new byte[] {(byte) 0x88},
          "ub.".getBytes(StandardCharsets.US_ASCII));

  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};
  private static final byte[] VERSION = {'3', '\n'};

  private TorchScript() {}

  /** The archive of a source text that declares {@code class Module(Module)}. */
  static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "module/data.pkl", MODULE);
      add(zip, "module/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      add(zip, "module/constants.pkl", NO_CONSTANTS);
      add(zip, "module/version", VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
