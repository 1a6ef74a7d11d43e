package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.capture.CaptureFormatException;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.stream.StreamObserver;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The streams that are known to be in captures come out byte for byte. */
class StreamCorpusTest {
  private static final List<String> LEFT_OUT =
      List.of("after_rst", "after_fin", "rst_data", "tunnel");

  /** One row of the known streams. */
  private record Known(
      String direction,
      String ends,
      String status,
      int length,
      String first,
      String last,
      int prefixLength,
      String prefix) {}

  /** What came out of one direction: its bytes up to the first gap. */
  private static final class Extracted implements StreamObserver {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] patched = {};
    private boolean broken;

    @Override
    public void data(long streamOffset, byte[] array, int offset, int length) {
      if (!broken) {
        bytes.write(array, offset, length);
      }
    }

    @Override
    public void gap(long streamOffset, long missing) {
      broken = true;
    }

    @Override
    public void replaced(long streamOffset, byte[] array, int offset, int length) {
      if (streamOffset + length <= bytes.size()) {
        patched = bytes.toByteArray();
        System.arraycopy(array, offset, patched, (int) streamOffset, length);
        bytes.reset();
        bytes.writeBytes(patched);
      }
    }

    @Override
    public void finished() {}

    String sha256() throws Exception {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    }
  }

  @Test
  void exact_streams_come_out_byte_for_byte() throws Exception {
    check("exact", OverlapPolicy.FIRST);
  }

  @Test
  void conflicting_streams_come_out_as_the_first_copies_say() throws Exception {
    check("conflict", OverlapPolicy.FIRST);
  }

  @Test
  void conflicting_streams_come_out_as_the_last_copies_say() throws Exception {
    check("conflict", OverlapPolicy.LAST);
  }

  @Test
  void streams_with_gaps_come_out_up_to_the_first_gap() throws Exception {
    check("gap", OverlapPolicy.FIRST);
  }

  private static void check(String status, OverlapPolicy policy) throws Exception {
    Path corpus = SharedMaterial.orSkip("corpus");
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (Map.Entry<String, List<Known>> capture : known(corpus, status).entrySet()) {
      Map<String, List<Extracted>> streams = extract(corpus.resolve(capture.getKey()), policy);
      for (Known row : capture.getValue()) {
        rows++;
        List<Extracted> candidates =
            streams.getOrDefault(row.direction() + " " + row.ends(), List.of());
        if (candidates.stream().noneMatch(stream -> matches(stream, row, policy))) {
          wrong.add(capture.getKey() + " " + row + " got " + describe(candidates));
        }
      }
    }
    assertThat(rows).isPositive();
    assertThat(wrong).as("%d of %d rows", wrong.size(), rows).isEmpty();
  }

  private static List<Integer> describe(List<Extracted> candidates) {
    return candidates.stream().map(stream -> stream.bytes.size()).toList();
  }

  private static boolean matches(Extracted stream, Known row, OverlapPolicy policy) {
    boolean gap = row.status().equals("gap");
    String wanted = gap ? row.prefix() : policy == OverlapPolicy.LAST ? row.last() : row.first();
    try {
      return stream.bytes.size() == (gap ? row.prefixLength() : row.length())
          && stream.sha256().equals(wanted)
          && stream.broken == gap;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, List<Known>> known(Path corpus, String status) throws IOException {
    Map<String, List<Known>> captures = new TreeMap<>();
    for (String line :
        Files.readAllLines(corpus.resolve("streams.tsv")).stream().skip(1).toList()) {
      String[] row = line.split("\t", -1);
      boolean leftOut = Arrays.stream(row[28].split(",", -1)).anyMatch(LEFT_OUT::contains);
      if (row[10].equals(status) && !leftOut) {
        captures
            .computeIfAbsent(row[0], file -> new ArrayList<>())
            .add(
                new Known(
                    row[2],
                    row[4] + " " + row[5] + " " + row[6] + " " + row[7],
                    row[10],
                    Integer.parseInt(row[11]),
                    row[12],
                    row[13],
                    Integer.parseInt(row[14]),
                    row[15]));
      }
    }
    return captures;
  }

  private static Map<String, List<Extracted>> extract(Path capture, OverlapPolicy policy)
      throws IOException {
    Map<String, List<Extracted>> streams = new HashMap<>();
    TcpFixture fixture =
        new TcpFixture(
            EngineMode.OBSERVE,
            TcpConnectionSettings.DEFAULTS.withMidstreamPickup(true).withOverlap(policy));
    fixture.keepsSent = false;
    fixture.connections.setObservers((flow, direction) -> {
      Extracted stream = new Extracted();
      streams.computeIfAbsent(name(flow, direction), ends -> new ArrayList<>()).add(stream);
      return stream;
    });
    try (CaptureReader reader = CaptureReader.open(capture)) {
      fixture.feed(reader);
    } catch (CaptureFormatException broken) {
      // everything before the break counts
    }
    fixture.finish();
    return streams;
  }

  private static String name(TcpFlow flow, Direction direction) {
    String up = flow.sourceAddress() + " " + flow.sourcePort();
    String down = flow.destinationAddress() + " " + flow.destinationPort();
    return direction == Direction.UP ? "c2s " + up + " " + down : "s2c " + down + " " + up;
  }
}
