package dev.tiaki.cli.control.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * Memory and collector of the virtual machine. Lua has no memory of its own: what rules keep lives
 * in the same heap as flows do.
 */
final class VirtualMachine {
  private VirtualMachine() {}

  static void addTo(Exposition page) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    page.gauge(
        "tiaki_heap_used_bytes", "Memory of flows, streams and Lua, in use.", heap.getUsed());
    page.gauge(
        "tiaki_heap_max_bytes", "The most that the heap may grow to.", Math.max(0, heap.getMax()));
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      page.gauge(
          "tiaki_buffer_used_bytes",
          "Memory outside the heap, in buffers.",
          Math.max(0, pool.getMemoryUsed()),
          "pool",
          pool.getName());
    }
    for (GarbageCollectorMXBean collector : pausing()) {
      page.counter(
          "tiaki_collector_pauses_total",
          "How often a collector stopped everything.",
          Math.max(0, collector.getCollectionCount()),
          "collector",
          collector.getName());
      page.counter(
          "tiaki_collector_pause_seconds_total",
          "How long a collector stopped everything, in all.",
          Math.max(0, collector.getCollectionTime()) / 1000.0,
          "collector",
          collector.getName());
    }
  }

  /** ZGC has beans for its cycles, during which packets go on, and others for its pauses. */
  private static List<GarbageCollectorMXBean> pausing() {
    List<GarbageCollectorMXBean> all = ManagementFactory.getGarbageCollectorMXBeans();
    List<GarbageCollectorMXBean> pauses =
        all.stream().filter(collector -> collector.getName().endsWith("Pauses")).toList();
    return pauses.isEmpty() ? all : pauses;
  }
}
