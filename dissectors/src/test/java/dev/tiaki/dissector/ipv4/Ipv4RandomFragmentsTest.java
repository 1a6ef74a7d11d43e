package dev.tiaki.dissector.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.traffic.Ipv4Datagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random fragments against a model that looks at each byte alone. */
class Ipv4RandomFragmentsTest {
  private static final int ROUNDS = 400;

  private record Piece(int offset, byte[] data, boolean last) {
    int end() {
      return offset + data.length;
    }
  }

  /** Each byte comes from the lowest offset that covers it, at equal offsets the latest arrival. */
  private static final class Model {
    private final List<Piece> arrived = new ArrayList<>();

    void add(Piece piece) {
      if (piece.last()) {
        // what stands at or behind the last fragment's offset is thrown out by it
        arrived.removeIf(other -> other.offset() >= piece.offset());
      }
      arrived.add(piece);
    }

    byte[] dataIfComplete(int size) {
      if (arrived.stream().noneMatch(Piece::last)) {
        return null;
      }
      byte[] data = new byte[size];
      for (int at = 0; at < size; at++) {
        Piece winner = null;
        for (Piece piece : arrived) {
          boolean covers = piece.offset() <= at && at < piece.end();
          if (covers && (winner == null || piece.offset() <= winner.offset())) {
            winner = piece;
          }
        }
        if (winner == null) {
          return null;
        }
        data[at] = winner.data()[at - winner.offset()];
      }
      return data;
    }
  }

  private static byte[] datagram(int id, Piece piece) {
    Ipv4Datagram datagram =
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2").identification(id).fragmentOffset(piece.offset());
    if (!piece.last()) {
      datagram.moreFragments();
    }
    return datagram.protocol(200).payload(piece.data()).bytes();
  }

  private static Piece randomPiece(Random random, int size) {
    int units = size / 8;
    int first = random.nextInt(units + 1);
    int from = first * 8;
    byte[] data;
    boolean last = from + 8 > size || random.nextInt(4) == 0;
    if (last) {
      data = new byte[size - from];
    } else {
      data = new byte[8 * (1 + random.nextInt(Math.min(6, units - first)))];
      last = from + data.length == size;
    }
    random.nextBytes(data);
    return new Piece(from, data, last);
  }

  @Test
  void random_overlaps_end_as_the_model_says() {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      overlapping(random, round, "seed " + seed + " round " + round);
    }
  }

  private static void overlapping(Random random, int id, String where) {
    IpFixture net = new IpFixture();
    List<byte[]> whole = new ArrayList<>();
    net.onReassembled(ip -> whole.add(IpFixture.payload(ip)));
    int size = 9 + random.nextInt(100);
    Model model = new Model();
    int arrivals = 0;
    while (true) {
      Piece piece = randomPiece(random, size);
      if (piece.data().length == 0 || (piece.offset() == 0 && piece.last())) {
        continue;
      }
      arrivals++;
      model.add(piece);
      net.receive(datagram(id, piece));
      byte[] expected = model.dataIfComplete(size);
      assertThat(whole).as(where).hasSize(expected == null ? 0 : 1);
      if (expected != null) {
        assertThat(whole.getFirst()).as(where).isEqualTo(expected);
        break;
      }
      if (arrivals == 200) {
        break;
      }
    }
    if (!whole.isEmpty()) {
      assertThat(reassembled(net.sent, where)).as(where).isEqualTo(whole.getFirst());
    }
    net.finish();
    assertThat(net.defects).as(where).isEmpty();
    assertThat(net.verdicts).as(where).hasSize(arrivals);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void random_edits_leave_as_fragments_of_the_edited_datagram(boolean shuffled) {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      edited(random, round, shuffled, "seed " + seed + " round " + round);
    }
  }

  private static void edited(Random random, int id, boolean shuffled, String where) {
    IpFixture net = new IpFixture();
    byte[][] edited = new byte[1][];
    net.onReassembled(ip -> {
      edit(ip.payload(), random);
      edited[0] = ip.payload().toByteArray();
    });
    List<byte[]> fragments = new ArrayList<>();
    int size = 20 + random.nextInt(200);
    for (int at = 0; at < size; ) {
      int length = Math.min(size - at, 8 * (1 + random.nextInt(5)));
      byte[] data = new byte[length];
      // few distinct bytes make edits hard to tell from their surroundings
      for (int i = 0; i < length; i++) {
        data[i] = (byte) ('a' + random.nextInt(2));
      }
      boolean last = at + length == size;
      if (at > 0 || !last) {
        fragments.add(datagram(id, new Piece(at, data, last)));
      }
      at += length;
    }
    if (shuffled) {
      Collections.shuffle(fragments, random);
    }
    fragments.forEach(net::receive);
    if (!fragments.isEmpty()) {
      assertThat(reassembled(net.sent, where)).as(where).isEqualTo(edited[0]);
      assertThat(net.verdicts).as(where).hasSize(fragments.size());
    }
    assertThat(net.defects).as(where).isEmpty();
  }

  private static void edit(VirtualBuffer payload, Random random) {
    for (int edits = random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(payload.size() + 1);
      switch (random.nextInt(3)) {
        case 0 -> payload.position(at).insert(VirtualBuffer.of(letters(random)));
        case 1 -> payload.sub(at, random.nextInt(40)).erase();
        default -> payload.set(at, 'c');
      }
    }
  }

  private static byte[] letters(Random random) {
    byte[] letters = new byte[1 + random.nextInt(20)];
    Arrays.fill(letters, (byte) ('a' + random.nextInt(2)));
    return letters;
  }

  /** Puts sent fragments together, which must follow one another without hole or overlap. */
  private static byte[] reassembled(List<byte[]> sent, String where) {
    byte[] data = new byte[0];
    for (int i = 0; i < sent.size(); i++) {
      byte[] out = sent.get(i);
      int total = (out[2] & 0xff) << 8 | (out[3] & 0xff);
      int word = (out[6] & 0xff) << 8 | (out[7] & 0xff);
      assertThat(out).as(where).hasSize(total);
      assertThat((word & 0x1fff) * 8).as(where).isEqualTo(data.length);
      assertThat((word & 0x2000) != 0).as(where).isEqualTo(i < sent.size() - 1);
      assertThat(InternetChecksum.of(out, 0, 20)).as(where).isZero();
      int at = data.length;
      data = Arrays.copyOf(data, at + total - 20);
      System.arraycopy(out, 20, data, at, total - 20);
    }
    return data;
  }
}
