package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.WorkerEdge;
import dev.tiaki.cli.inline.InlinePort;
import dev.tiaki.cli.inline.KernelEnforcement;
import dev.tiaki.cli.inline.TwiceTranslated;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.PacketQueue;
import dev.tiaki.netfilter.queue.QueueOptions;
import dev.tiaki.netfilter.raw.RawSender;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The kernel around one live worker: its queue, its raw sockets, the connection table. */
final class LiveEdge implements WorkerEdge, AutoCloseable {
  private final LiveSettings settings;
  private final PacketQueue queue;
  private final RawSender raw;
  private final KernelConntrack conntrack;
  private final TwiceTranslated translated;
  private @Nullable InlinePort port;
  private @Nullable Enforcement enforcement;

  private LiveEdge(
      LiveSettings settings,
      PacketQueue queue,
      RawSender raw,
      KernelConntrack conntrack,
      TwiceTranslated translated) {
    this.settings = settings;
    this.queue = queue;
    this.raw = raw;
    this.conntrack = conntrack;
    this.translated = translated;
  }

  /** Opens it for worker {@code number}, whose queue is not taken yet. */
  static LiveEdge open(LiveSettings settings, int number, TwiceTranslated translated)
      throws IOException {
    KernelConntrack conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS);
    RawSender raw = null;
    try {
      raw = RawSender.open(NetworkNamespace.own(), settings.marks().skip());
      PacketQueue queue =
          PacketQueue.prepare(
              QueueOptions.of(settings.queues().first() + number)
                  .withSizes(settings.queueLength(), settings.receiveBufferBytes())
                  .withFailOpen(settings.fail() == FailPolicy.OPEN));
      return new LiveEdge(settings, queue, raw, conntrack, translated);
    } catch (IOException | RuntimeException e) {
      if (raw != null) {
        raw.close();
      }
      conntrack.close();
      throw e;
    }
  }

  PacketQueue queue() {
    return queue;
  }

  InlinePort port() {
    return Objects.requireNonNull(port);
  }

  @Override
  public PacketOutput output(Counters counters) {
    InlinePort made = new InlinePort(queue, raw, conntrack, translated, settings.marks(), counters);
    port = made;
    enforcement = new KernelEnforcement(conntrack, translated, settings.marks(), made, counters);
    return made;
  }

  @Override
  public Enforcement enforcement() {
    return Objects.requireNonNull(enforcement);
  }

  @Override
  public TcpSettings adapt(TcpSettings tcp) {
    return new TcpSettings(tcp.verifyChecksums(), settings.mtuBytes(), false);
  }

  @Override
  public void close() {
    queue.close();
    raw.close();
    conntrack.close();
  }
}
