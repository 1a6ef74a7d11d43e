package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives packets that enter at the output hook the destination that belongs to their connection
 * there.
 *
 * <p>A packet seen at the forward hook has a translated destination already. One that this host
 * sends meets the translation only then, so it must carry the destination of its connection's tuple
 * as the kernel received it; source translation follows behind both hooks. What is found about a
 * flow is kept until {@link #forget}, for the {@value #MAX_FLOWS} flows used last.
 */
final class RawTuples {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_FLOWS = 1 << 16;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;

  /** Where a direction's packets go at the output hook. */
  private record Destination(IpAddress address, int port) {}

  private final KernelFlows flows;
  private final Map<FlowKey, Optional<Destination>> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FlowKey, Optional<Destination>> eldest) {
          return size() > MAX_FLOWS;
        }
      };

  RawTuples(KernelFlows flows) {
    this.flows = flows;
  }

  /** Forgets a flow: another one begins between the same ends. */
  void forget(FlowKey flow) {
    if (!known.isEmpty()) {
      known.remove(flow);
      known.remove(flow.reversed());
    }
  }

  /** Gives the IP packet at {@code start} the destination with which it is to be sent. */
  void translate(byte[] packet, int start, int length) {
    FrameEnds ends = FrameEnds.of(packet, start, length);
    if (ends == null) {
      return;
    }
    Optional<Destination> destination = known.get(ends.key());
    if (destination == null) {
      destination = ask(ends);
    }
    if (destination.isPresent()) {
      rewrite(packet, ends, destination.get());
    }
  }

  private Optional<Destination> ask(FrameEnds ends) {
    try {
      Optional<Flow> flow = flows.find(ends.protocol(), ends.key());
      if (flow.isEmpty()) {
        flow = flows.find(ends.protocol(), ends.key().reversed());
      }
      if (flow.isEmpty()) {
        return Optional.empty();
      }
      Optional<Destination> found = destination(flow.get(), ends);
      known.put(ends.key(), found);
      return found;
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Empty when the packet carries it already. */
  private static Optional<Destination> destination(Flow flow, FrameEnds ends) {
    Tuple original = flow.original();
    boolean forward =
        ends.key().sourcePort() == original.sourcePort()
            && KernelFlows.address(ends.key().source()).equals(original.source());
    Tuple direction = forward ? original : flow.reply();
    Destination to =
        new Destination(
            IpAddress.parse(direction.destination().getHostAddress()), direction.destinationPort());
    boolean same =
        to.port() == ends.key().destinationPort() && to.address().equals(ends.key().destination());
    return same ? Optional.empty() : Optional.of(to);
  }

  private static void rewrite(byte[] packet, FrameEnds ends, Destination to) {
    int checksumAt =
        ends.transportOffset() + (ends.protocol() == TCP ? TCP_CHECKSUM : UDP_CHECKSUM);
    int checksum = number(packet, checksumAt);
    boolean none = ends.protocol() == UDP && checksum == 0;
    byte[] address = to.address().toByteArray();
    for (int i = 0; i < address.length; i += 2) {
      checksum = replace(packet, ends.destinationOffset() + i, number(address, i), checksum);
    }
    checksum = replace(packet, ends.transportOffset() + 2, to.port(), checksum);
    if (!none) {
      SHORT.set(packet, checksumAt, (short) checksum);
    }
  }

  private static int replace(byte[] packet, int at, int number, int checksum) {
    int before = number(packet, at);
    SHORT.set(packet, at, (short) number);
    return InternetChecksum.update16(checksum, before, number);
  }

  private static int number(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }
}
