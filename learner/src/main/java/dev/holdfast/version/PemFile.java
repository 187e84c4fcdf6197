package dev.holdfast.version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that carry one key in Base64 between two lines that name it (RFC 7468). */
final class PemFile {
  private PemFile() {}

  /**
   * The bytes of the key.
   *
   * @param label that the lines name, such as {@code PUBLIC KEY}
   * @throws IOException when the file cannot be read or has no such key; never quotes it
   */
  static byte[] read(Path file, String label) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher key =
        Pattern.compile(
                "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
            .matcher(text);
    if (!key.find()) {
      throw new IOException("%s: expected a %s in PEM, found none".formatted(file, label));
    }
    try {
      return Base64.getMimeDecoder().decode(key.group(1));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: expected Base64 in its %s".formatted(file, label), e);
    }
  }
}
