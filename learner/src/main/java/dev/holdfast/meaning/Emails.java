package dev.holdfast.meaning;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** E-mail addresses as they are printed; quoted local parts and literal addresses are not read. */
final class Emails {
  private static final Pattern ADDRESS =
      Pattern.compile("<?([\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64})@([\\p{L}\\p{N}.-]{1,253})>?");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})");

  private Emails() {}

  static boolean shows(String plain, Locality unused) {
    return !read(plain, unused).isEmpty();
  }

  static List<Reading> read(String plain, Locality unused) {
    Matcher address = ADDRESS.matcher(plain);
    if (!address.matches()) {
      return List.of();
    }
    String local = address.group(1);
    if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      return List.of();
    }
    String domain;
    try {
      domain = IDN.toASCII(address.group(2)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    return DOMAIN.matcher(domain).matches()
        ? List.of(new Reading.Email(local + "@" + domain))
        : List.of();
  }
}
