package dev.tiaki.cli.inline;

import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.queue.PacketQueue;
import dev.tiaki.netfilter.queue.QueuedPacket;
import dev.tiaki.netfilter.raw.RawSender;
import org.jspecify.annotations.Nullable;

/**
 * One kernel queue as a worker sees it: packets in, what became of them out.
 *
 * <p>An untouched packet gets a plain verdict, whatever its size. An edited one is handed back as
 * the verdict's payload, unless the kernel joined it from several: its headers would no longer fit
 * what the kernel knows about the pieces, so it is dropped and sent anew through a raw socket, as
 * are packets that were never received. Their mark keeps them out of the queue. Nothing is
 * allocated for a packet that is not sent anew.
 */
public final class InlinePort implements PacketOutput {
  private final PacketQueue queue;
  private final RawSender raw;
  private final RawTuples tuples;
  private final MarkPlan marks;
  private final Counter sentAnew;
  private final Counter notSent;
  private final Counter cut;
  private @Nullable FlowKey markedFlow;
  private int mark;
  private long received;

  /** Makes the port of a queue; what it is given stays the caller's. */
  public InlinePort(
      PacketQueue queue,
      RawSender raw,
      Conntrack conntrack,
      TwiceTranslated translated,
      MarkPlan marks,
      Counters counters) {
    this.queue = queue;
    this.raw = raw;
    this.tuples = new RawTuples(new KernelFlows(conntrack, translated));
    this.marks = marks;
    sentAnew = counters.counter("inline.sentAnew", "packets sent through a raw socket");
    notSent = counters.counter("inline.notSent", "packets that a raw socket refused");
    cut = counters.counter("inline.cut", "packets too long for the queue, seen in part");
  }

  /** Fills {@code packet} with the packet at which the queue stands. */
  public void fill(Packet packet, long nowNanos) {
    QueuedPacket queued = queue.packet();
    int length = queued.length();
    byte[] array = packet.fill(length, queued.wireLength());
    queued.copyTo(array, 0);
    if (queued.wireLength() > length) {
      cut.increment();
    }
    packet.describe(LinkType.RAW, nowNanos, ++received);
    long tag = (long) queued.mark() << 32 | (queued.id() & 0xffff_ffffL);
    packet.setSource(tag, queued.isJoined(), queued.isChecksumMissing());
    markedFlow = null;
  }

  /** Has the packets of {@code flow} that leave before the next one comes carry a mark. */
  void markLeaving(FlowKey flow, int bit) {
    markedFlow = flow;
    mark = bit;
  }

  /** Forgets what is known about a flow's address translation: a new one begins. */
  public void forget(FlowKey flow) {
    tuples.forget(flow);
  }

  @Override
  public void accepted(Packet packet) {
    if (packet.origin() != Origin.CAPTURED) {
      send(packet);
      return;
    }
    int id = (int) packet.sourceTag();
    if (!packet.isModified()) {
      if (markedFlow == null || !isMarked(packet)) {
        queue.accept(id);
      } else {
        queue.accept(id, newMark(packet));
      }
    } else if (packet.isJoined()) {
      queue.drop(id);
      send(packet);
    } else {
      int newMark = markedFlow == null || !isMarked(packet) ? 0 : newMark(packet);
      queue.accept(id, newMark, packet.array(), 0, packet.length());
    }
  }

  private int newMark(Packet packet) {
    int before = (int) (packet.sourceTag() >>> 32);
    return (before & ~marks.used()) | mark;
  }

  private boolean isMarked(Packet packet) {
    FrameEnds ends = FrameEnds.of(packet.array(), 0, packet.length());
    FlowKey flow = markedFlow;
    return ends != null
        && flow != null
        && (ends.key().equals(flow) || ends.key().reversed().equals(flow));
  }

  /** What was decided before leaves before. */
  private void send(Packet packet) {
    queue.flush();
    tuples.translate(packet.array(), 0, packet.length());
    int errno = raw.send(packet.array(), 0, packet.length());
    (errno == 0 ? sentAnew : notSent).increment();
  }

  @Override
  public void dropped(Packet packet, DropReason reason) {
    if (packet.origin() == Origin.CAPTURED) {
      queue.drop((int) packet.sourceTag());
    }
  }
}
