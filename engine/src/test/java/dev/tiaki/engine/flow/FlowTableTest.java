package dev.tiaki.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlowTableTest {
  private static final class Entry extends FlowEntry {
    boolean expendable;

    Entry(FlowKey key) {
      super(key);
    }

    @Override
    protected void expired(long nowNanos) {}

    @Override
    protected boolean isExpendable() {
      return expendable;
    }
  }

  private final FlowProbe probe = new FlowProbe();

  private FlowProbe packet(int source, int sourcePort, int destination, int destinationPort) {
    probe.setIpv4(source, destination, sourcePort, destinationPort);
    return probe;
  }

  @Test
  void both_directions_meet_the_same_flow() {
    FlowTable<Entry> table = new FlowTable<>(10);
    Entry flow = new Entry(packet(0x0a000001, 1234, 0x0a000002, 80).toKey());
    table.insert(flow);
    assertThat(table.find(packet(0x0a000001, 1234, 0x0a000002, 80))).isSameAs(flow);
    assertThat(flow.directionOf(probe)).isEqualTo(Direction.UP);
    assertThat(table.find(packet(0x0a000002, 80, 0x0a000001, 1234))).isSameAs(flow);
    assertThat(flow.directionOf(probe)).isEqualTo(Direction.DOWN);
    assertThat(table.find(packet(0x0a000001, 80, 0x0a000002, 1234))).isNull();
    assertThat(flow.key().toString()).isEqualTo("10.0.0.1:1234 -> 10.0.0.2:80");
  }

  @Test
  void ipv6_and_ipv4_with_the_same_bits_are_different_flows() {
    FlowTable<Entry> table = new FlowTable<>(10);
    table.insert(new Entry(packet(1, 1, 2, 2).toKey()));
    probe.set(true, 0, 1, 0, 2, 1, 1 + 1);
    assertThat(table.find(probe)).isNull();
    packet(1, 1, 2, 2).inNetwork(7);
    assertThat(table.find(probe)).as("of a virtual network").isNull();
    Entry virtual = new Entry(probe.toKey());
    table.insert(virtual);
    packet(2, 2, 1, 1).inNetwork(7);
    assertThat(table.find(probe)).isSameAs(virtual);
    probe.set(virtual.key().reversed());
    assertThat(table.find(probe)).isSameAs(virtual);
  }

  @Test
  void a_walk_in_pieces_meets_every_flow_once() {
    FlowTable<Entry> table = new FlowTable<>(1000);
    Set<Entry> all = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Entry flow = new Entry(packet(i, 1, 2, 2).toKey());
      table.insert(flow);
      all.add(flow);
    }
    Set<Entry> met = new HashSet<>();
    int at = 0;
    int pieces = 0;
    while (at >= 0) {
      int[] taken = new int[1];
      at = table.scan(at, 64, flow -> met.add(flow) && ++taken[0] < 10);
      assertThat(taken[0]).isLessThanOrEqualTo(10);
      pieces++;
    }
    assertThat(met).isEqualTo(all);
    assertThat(pieces).isGreaterThan(49);
  }

  @Test
  void flows_come_in_the_order_of_their_numbers_from_the_highest() {
    Random random = new Random(3);
    assertOrdered(new Random(3).ints(300).asLongStream().distinct());
    assertOrdered(random.longs(300).distinct());
    assertOrdered(random.longs(300, 1000, 2000).distinct());
    assertOrdered(LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE, 7));
    assertOrdered(LongStream.of(7));
    assertOrdered(LongStream.empty());
  }

  private void assertOrdered(LongStream numbers) {
    FlowTable<Entry> table = new FlowTable<>(1000);
    numbers.forEach(number -> {
      Entry flow = new Entry(packet(table.size(), 1, 2, 2).toKey());
      flow.touch(number);
      table.insert(flow);
    });
    List<Entry> ordered = table.byNumberDescending(Entry::lastSeenNanos);
    assertThat(ordered)
        .hasSize(table.size())
        .isSortedAccordingTo(Comparator.comparingLong(Entry::lastSeenNanos).reversed());
  }

  @Test
  void a_full_table_refuses_and_offers_what_it_can_spare() {
    FlowTable<Entry> table = new FlowTable<>(1);
    Entry flow = new Entry(packet(1, 1, 2, 2).toKey());
    assertThat(table.insert(flow)).isTrue();
    assertThat(table.isFull()).isTrue();
    assertThat(table.insert(new Entry(packet(3, 3, 4, 4).toKey()))).isFalse();
    assertThat(table.expendableNear(packet(1, 1, 2, 2))).isNull();
    flow.expendable = true;
    assertThat(table.expendableNear(packet(1, 1, 2, 2))).isSameAs(flow);
  }

  @Test
  void random_insertions_and_removals_agree_with_a_map() {
    Random random = new Random(7);
    FlowTable<Entry> table = new FlowTable<>(1 << 20);
    Map<FlowKey, Entry> model = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      FlowKey key =
          packet(random.nextInt(40), 1 + random.nextInt(5), 100 + random.nextInt(40), 80).toKey();
      @Nullable Entry known = model.get(key);
      assertThat(table.find(probe)).isSameAs(known);
      if (known == null) {
        Entry entry = new Entry(key);
        model.put(key, entry);
        assertThat(table.insert(entry)).isTrue();
      } else if (random.nextBoolean()) {
        model.remove(key);
        table.remove(known);
        table.remove(known);
      }
    }
    assertThat(table.size()).isEqualTo(model.size());
    int[] seen = {0};
    table.forEach(entry -> seen[0]++);
    assertThat(seen[0]).isEqualTo(model.size());
  }
}
