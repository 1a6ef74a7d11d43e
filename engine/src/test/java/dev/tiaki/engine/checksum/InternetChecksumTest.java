package dev.tiaki.engine.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.address.IpAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void the_example_of_rfc_1071_sums_to_ddf2() {
    byte[] data = bytes("00 01 f2 03 f4 f5 f6 f7");
    assertThat(InternetChecksum.fold(InternetChecksum.sum(data, 0, 8))).isEqualTo(0xddf2);
    assertThat(InternetChecksum.of(data, 0, 8)).isEqualTo(0x220d);
  }

  @Test
  void a_header_with_its_checksum_sums_to_zero() {
    byte[] header = bytes("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");
    assertThat(InternetChecksum.of(header, 0, 20)).isZero();
    header[10] = 0;
    header[11] = 0;
    assertThat(InternetChecksum.of(header, 0, 20)).isEqualTo(0xb861);
  }

  @Test
  void nothing_sums_to_zero() {
    assertThat(new InternetChecksum().value()).isEqualTo(0xffff);
    assertThat(InternetChecksum.of(new byte[0], 0, 0)).isEqualTo(0xffff);
  }

  @Test
  void the_example_of_rfc_1624_is_not_minus_zero() {
    assertThat(InternetChecksum.update16(0xdd2f, 0x5555, 0x3285)).isEqualTo(0x0000);
  }

  @Test
  void pseudo_headers_of_both_families_are_their_words() {
    byte[] header4 = bytes("c0a80001 c0a800c7 00 06 0014");
    IpAddress source4 = IpAddress.readIpv4(header4, 0);
    IpAddress destination4 = IpAddress.readIpv4(header4, 4);
    int expected4 = InternetChecksum.of(header4, 0, 12);
    assertThat(InternetChecksum.finish(InternetChecksum.pseudoHeader(source4, destination4, 6, 20)))
        .isEqualTo(expected4);
    assertThat(InternetChecksum.finish(InternetChecksum.pseudoHeader(header4, 0, 4, 6, 20)))
        .isEqualTo(expected4);

    byte[] header6 =
        bytes(
            "20010db8000000000000000000000001 fe80000000000000ffff00000000ffff 0001 0014 000000 3a");
    int expected6 = InternetChecksum.of(header6, 0, 40);
    assertThat(
            InternetChecksum.finish(
                InternetChecksum.pseudoHeader(
                    IpAddress.readIpv6(header6, 0), IpAddress.readIpv6(header6, 16), 58, 65556)))
        .isEqualTo(expected6);
    assertThat(InternetChecksum.finish(InternetChecksum.pseudoHeader(header6, 0, 16, 58, 65556)))
        .isEqualTo(expected6);
  }

  @Test
  void random_data_in_random_pieces_has_the_checksum_of_the_whole() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] data = new byte[random.nextInt(200) + 3];
      random.nextBytes(data);
      int from = random.nextInt(3);
      InternetChecksum pieces = new InternetChecksum();
      for (int at = from; at < data.length; ) {
        int length = Math.min(random.nextInt(20), data.length - at);
        pieces.add(data, at, length);
        at += length;
      }
      int expected = naive(data, from);
      assertThat(pieces.value()).as("seed %d round %d", seed, round).isEqualTo(expected);
      assertThat(InternetChecksum.of(data, from, data.length - from)).isEqualTo(expected);
    }
  }

  @Test
  void random_updates_agree_with_a_recomputation() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] data = new byte[40];
    random.nextBytes(data);
    for (int round = 0; round < 2_000; round++) {
      int before = InternetChecksum.of(data, 0, data.length);
      int at = random.nextInt(10) * 4;
      int old = word(data, at);
      int changed = random.nextInt();
      for (int i = 0; i < 4; i++) {
        data[at + i] = (byte) (changed >>> 24 - 8 * i);
      }
      int after = InternetChecksum.of(data, 0, data.length);
      assertThat(InternetChecksum.update32(before, old, changed))
          .as("seed %d round %d", seed, round)
          .isEqualTo(after);
      int high = InternetChecksum.update16(before, old >>> 16, changed >>> 16);
      assertThat(InternetChecksum.update16(high, old & 0xffff, changed & 0xffff)).isEqualTo(after);
    }
  }

  @Test
  void a_checksum_starts_anew_after_reset() {
    InternetChecksum checksum = new InternetChecksum();
    checksum.add(new byte[] {1, 2, 3});
    checksum.reset();
    checksum.add(new byte[] {0x12, 0x34});
    assertThat(checksum.value()).isEqualTo(~0x1234 & 0xffff);
  }

  private static int word(byte[] data, int at) {
    return data[at] << 24
        | (data[at + 1] & 0xff) << 16
        | (data[at + 2] & 0xff) << 8
        | data[at + 3] & 0xff;
  }

  private static int naive(byte[] data, int from) {
    int sum = 0;
    for (int i = from; i < data.length; i++) {
      sum += (data[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }
}
