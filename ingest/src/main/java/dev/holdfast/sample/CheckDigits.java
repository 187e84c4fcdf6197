package dev.holdfast.sample;

/** Check digits of account numbers and machine readable zones. */
final class CheckDigits {
  private CheckDigits() {}

  /**
   * The two check digits of an international bank account number, ISO 7064 MOD 97-10.
   *
   * @param country two capital letters
   * @param account capital letters and digits
   */
  static String iban(String country, String account) {
    return "%02d".formatted(98 - remainder(account + country + "00"));
  }

  /** Of an account number turned round and spelled in digits, modulo 97; 1 when it is right. */
  static int remainder(String turned) {
    int remainder = 0;
    for (int i = 0; i < turned.length(); i++) {
      int number = Character.digit(turned.charAt(i), 36);
      remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97;
    }
    return remainder;
  }

  /** The check digit of a machine readable zone's part, weights 7, 3, 1; ICAO 9303-3, 4.9. */
  static int zone(String part) {
    int[] weights = {7, 3, 1};
    int sum = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      sum += (c == '<' ? 0 : Character.digit(c, 36)) * weights[i % 3];
    }
    return sum % 10;
  }
}
