package dev.tiaki.engine.libpcap;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * Watches one or several live interfaces through pcap4j. Each has a thread that reads it; their
 * frames meet in one queue, so that both directions of a flow meet though each comes by another
 * interface. Frames are copies: nothing that is decided about them has an effect on the traffic.
 */
public final class Devices implements Closeable {
  private static final int SNAP_LENGTH = 262_144;

  /** How long the kernel may gather frames before it hands them over. */
  private static final int GATHER_MILLIS = 10;

  /** A copy of a frame on its way to the worker. */
  private static final class Frame {
    private final byte[] bytes;
    private final int wireLength;
    private final long nanos;
    private final LinkType link;

    Frame(byte[] bytes, int wireLength, long nanos, LinkType link) {
      this.bytes = bytes;
      this.wireLength = wireLength;
      this.nanos = nanos;
      this.link = link;
    }
  }

  private record Device(String name, PcapHandle handle, LinkType link) {}

  private final BlockingQueue<Frame> frames;
  private final List<Device> devices = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reading = new AtomicInteger();
  private volatile boolean closing;
  private long packets;

  private Devices(int queueFrames) {
    frames = new ArrayBlockingQueue<>(queueFrames);
  }

  /**
   * Opens interfaces and begins to read them.
   *
   * @throws IOException when there is no libpcap, an interface is not there or may not be read, or
   *     the filter makes no sense; the message names the interface
   */
  public static Devices open(List<String> names, DeviceOptions options) throws IOException {
    Devices opened = new Devices(options.queueFrames());
    try {
      for (String name : names) {
        opened.add(name, options);
      }
      opened.devices.forEach(opened::read);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void add(String name, DeviceOptions options) throws IOException {
    try {
      PcapHandle handle = Libpcap.call(() -> handle(name, options));
      devices.add(new Device(name, handle, Libpcap.linkType(handle.getDlt().value())));
      String filter = options.filter();
      if (filter != null) {
        handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
      }
    } catch (IOException | PcapNativeException | NotOpenException e) {
      String reason = String.valueOf(e.getMessage()).strip();
      throw new IOException(
          reason.equals(Libpcap.MISSING) ? reason : "interface " + name + ": " + reason, e);
    }
  }

  private static PcapHandle handle(String name, DeviceOptions options) throws PcapNativeException {
    return new PcapHandle.Builder(name)
        .snaplen(SNAP_LENGTH)
        .promiscuousMode(
            options.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
        .timeoutMillis(GATHER_MILLIS)
        .bufferSize(options.bufferBytes())
        .build();
  }

  private void read(Device device) {
    reading.incrementAndGet();
    Thread thread = new Thread(() -> readAll(device), "device-" + device.name());
    thread.setDaemon(true);
    readers.add(thread);
    thread.start();
  }

  private void readAll(Device device) {
    PcapHandle handle = device.handle();
    try {
      handle.loop(-1, (byte[] bytes) -> put(device, bytes));
    } catch (PcapNativeException | NotOpenException e) {
      if (!closing) {
        problems.add("interface " + device.name() + ": " + String.valueOf(e.getMessage()).strip());
      }
    } catch (InterruptedException broken) {
      Thread.currentThread().interrupt();
    } finally {
      reading.decrementAndGet();
    }
  }

  private void put(Device device, byte[] bytes) {
    PcapHandle handle = device.handle();
    Frame frame =
        new Frame(
            bytes,
            Math.max(bytes.length, handle.getOriginalLength()),
            LibpcapReader.nanos(handle.getTimestamp()),
            device.link());
    try {
      frames.put(frame);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for a frame and fills {@code packet} with it.
   *
   * @return false when none came in time; the packet is untouched then
   */
  public boolean next(Packet packet, long timeoutMillis) throws InterruptedException {
    Frame frame = frames.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    if (frame == null) {
      return false;
    }
    byte[] array = packet.fill(frame.bytes.length, frame.wireLength);
    System.arraycopy(frame.bytes, 0, array, 0, frame.bytes.length);
    packet.describe(frame.link, frame.nanos, ++packets);
    return true;
  }

  /** Tells whether any interface can still give frames, or frames wait. */
  public boolean isOpen() {
    return reading.get() > 0 || !frames.isEmpty();
  }

  /** Returns the next thing that went wrong with an interface, or null. */
  public @Nullable String problem() {
    return problems.poll();
  }

  /** Returns what was counted, for each interface that can still say so. */
  public List<DeviceStatistics> statistics() {
    List<DeviceStatistics> all = new ArrayList<>();
    for (Device device : devices) {
      try {
        PcapStat counted = device.handle().getStats();
        all.add(
            new DeviceStatistics(
                device.name(),
                counted.getNumPacketsReceived(),
                counted.getNumPacketsDropped(),
                counted.getNumPacketsDroppedByIf()));
      } catch (PcapNativeException | NotOpenException gone) {
        // an interface that vanished took its counters along
      }
    }
    return all;
  }

  @Override
  public void close() {
    closing = true;
    for (Device device : devices) {
      try {
        device.handle().breakLoop();
      } catch (NotOpenException e) {
        // closed already
      }
    }
    for (Thread reader : readers) {
      reader.interrupt();
      try {
        reader.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    devices.forEach(device -> device.handle().close());
  }
}
